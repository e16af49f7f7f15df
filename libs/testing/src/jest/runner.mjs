import '../from-source.mjs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import circus from 'jest-circus/runner';

const require = createRequire(import.meta.url);

/**
 * Jest's own runner, except that Node loads the modules, each once per worker. Jest's own loader loads them again for
 * each spec file, which was half of the processor time of a run.
 *
 * @public Jest imports it.
 */
export default function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  const node = Object.create(runtime, {
    unstable_shouldLoadAsEsm: { value: () => true },
    unstable_importModule: { value: (path) => import(pathToFileURL(path).href) },
    requireInternalModule: { value: requireAnew },
  });
  return circus.default(globalConfig, config, environment, node, testPath, sendMessageToJest);
}

/** Circus keeps the tests of a file in a module, and its handlers in a list. */
function requireAnew(path) {
  delete globalThis[Symbol.for('EVENT_HANDLERS')];
  delete require.cache[path];
  return require(path);
}
