import { availableParallelism } from 'node:os';

/** Tests run from source: the export condition `@tenure/source` leads every workspace import to its TypeScript. */
export default {
  roots: ['<rootDir>/libs', '<rootDir>/services', '<rootDir>/workflows', '<rootDir>/deploy'],
  testMatch: ['**/src/**/*.spec.ts', '**/src/**/*.spec.tsx'],
  testEnvironment: '<rootDir>/libs/testing/src/jest/environment.mjs',
  testRunner: '<rootDir>/libs/testing/src/jest/runner.mjs',
  testSequencer: '<rootDir>/libs/testing/src/jest/sequencer.mjs',
  globalSetup: '<rootDir>/libs/testing/src/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/src/jest/global-teardown.mjs',
  // It ends what hangs. How fast something is depends on what else the machine does: no test has a shorter one.
  testTimeout: 300_000,
  // Two more than there are cores: who starts servers, a browser or a stack waits for them nearly half of the time. With one
  // more, two cores took 603 s for all; with two more, 490 s.
  maxWorkers: Math.min(4, availableParallelism() + 2),
  // What a spec file loads is never quite forgotten: without this, two had more than 2 GB each halfway through.
  workerIdleMemoryLimit: '1.5GB',
  // A worker that has ended its work has nothing open, and takes half a second or more to unload what it had loaded; Jest's
  // own half second called that a leak. One that does leave something open never ends, and is told of as before.
  workerGracefulExitTimeout: 10_000,
  modulePathIgnorePatterns: ['/dist/', '/.local/'],
  transform: {},
};
