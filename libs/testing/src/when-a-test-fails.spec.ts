import { whenATestFails } from './when-a-test-fails.js';

/** Jest's side: what it calls, and what it then reports about a test. */
interface Environment {
  handleTestEvent(event: { name: string; test: { errors: unknown[] } }): Promise<void>;
}

let environment: Environment;
beforeAll(async () => {
  const file = new URL('jest/environment.mjs', import.meta.url).href;
  const { default: WorkerEnvironment } = (await import(file)) as { default: new () => Environment };
  environment = new WorkerEnvironment();
});

const reportedOf = async (name: string) => {
  const test = { errors: [['its own error']] as unknown[] };
  await environment.handleTestEvent({ name, test });
  return test.errors.map((error) => (error instanceof Error ? error.stack : error));
};

it('a failed test reports what every witness says, after its own error; a passed one reports nothing', async () => {
  whenATestFails(() => 'At /queue:\n- main');
  whenATestFails(() => Promise.reject(new Error('the page is closed')));
  expect(await reportedOf('test_fn_failure')).toEqual([
    ['its own error'],
    'At /queue:\n- main',
    'The witness of the failure failed: Error: the page is closed',
  ]);
  expect(await reportedOf('test_fn_success')).toEqual([['its own error']]);
});
