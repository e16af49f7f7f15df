/**
 * Starts something before the tests of a spec file or a `describe`, and closes it after them. @returns what was started,
 * empty until then
 */
export function forAllTests<T extends { close(): Promise<void> }>(start: () => Promise<T>): T {
  const started = {} as T;
  beforeAll(async () => {
    Object.assign(started, await start());
  });
  afterAll(() => started.close?.());
  return started;
}
