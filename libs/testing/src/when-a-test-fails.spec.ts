import { whenATestFails } from './when-a-test-fails.js';

/** Jest's side of it: what it calls, and what of a test it then reports. */
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

it('a test that fails reports what every witness tells, after its own error; one that passes reports nothing', async () => {
  whenATestFails(() => 'At /queue:\n- main');
  whenATestFails(() => Promise.reject(new Error('the page is closed')));
  expect(await reportedOf('test_fn_failure')).toEqual([
    ['its own error'],
    'At /queue:\n- main',
    'What is to be told cannot be: Error: the page is closed',
  ]);
  expect(await reportedOf('test_fn_success')).toEqual([['its own error']]);
});
