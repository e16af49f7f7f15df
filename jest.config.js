import { availableParallelism } from 'node:os';

/** Tests run from source: the export condition `@tenure/source` resolves every workspace import to its TypeScript. */
export default {
  roots: ['<rootDir>/libs', '<rootDir>/services', '<rootDir>/workflows', '<rootDir>/deploy'],
  testMatch: ['**/src/**/*.spec.ts', '**/src/**/*.spec.tsx'],
  testEnvironment: '<rootDir>/libs/testing/src/jest/environment.mjs',
  testRunner: '<rootDir>/libs/testing/src/jest/runner.mjs',
  testSequencer: '<rootDir>/libs/testing/src/jest/sequencer.mjs',
  globalSetup: '<rootDir>/libs/testing/src/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/src/jest/global-teardown.mjs',
  // Only ends hanging tests. Speed depends on the load of the machine, so no test has a shorter timeout.
  testTimeout: 300_000,
  // Four more than the number of cores: specs that start servers, a browser or a stack wait half of the time. All specs
  // took 660 s on two cores with three more, which left a fifth of them idle, and 609 s with four more. They take up to
  // 7.4 GB of memory.
  maxWorkers: Math.min(6, availableParallelism() + 4),
  // Workers never quite release what a spec file loads: without this limit, two had more than 2 GB each halfway
  // through.
  workerIdleMemoryLimit: '1.5GB',
  // A finished worker has nothing open, but takes half a second or more to unload; Jest's own half second reported that
  // as a leak. A worker that does leave something open never ends, and is still reported.
  workerGracefulExitTimeout: 10_000,
  transform: {},
};
