import { ModuleMocker } from 'jest-mock';

const witnesses = Symbol.for('tenure.witnesses');

/**
 * Specs see the worker's own globals instead of a copy per file: packages are loaded once (see `runner.mjs`). What a
 * file leaves in the process is cleaned up after it.
 */
export default class WorkerEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #before = { exit: process.exit, getBuiltinModule: process.getBuiltinModule, environment: { ...process.env } };

  /**
   * Before the specs: undoes what Jest overrides in Node for a copy of the globals, and its own reading of source maps.
   */
  async setup() {
    process.getBuiltinModule = this.#before.getBuiltinModule;
    delete Error.prepareStackTrace;
  }

  /** Circus awaits this. What the witnesses of a failed test say appears in the report after its error. */
  async handleTestEvent({ name, test }) {
    if (name !== 'test_fn_failure') return;
    for (const tell of globalThis[witnesses] ?? []) {
      const told = await Promise.resolve()
        .then(tell)
        .catch((error) => `The witness of the failure failed: ${error}`);
      test.errors.push(Object.assign(new Error(told), { stack: told }));
    }
  }

  async teardown() {
    delete globalThis[witnesses];
    process.exit = this.#before.exit;
    for (const name of Object.keys(process.env)) if (!(name in this.#before.environment)) delete process.env[name];
    Object.assign(process.env, this.#before.environment);
  }

  getVmContext() {
    return null;
  }
}
