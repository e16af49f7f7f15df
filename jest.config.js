import { availableParallelism } from 'node:os';

/** Tests run from source: the export condition `@tenure/source` leads every workspace import to its TypeScript. */
export default {
  roots: ['<rootDir>/libs', '<rootDir>/services', '<rootDir>/workflows', '<rootDir>/deploy'],
  testMatch: ['**/src/**/*.spec.ts', '**/src/**/*.spec.tsx'],
  // Not `import`: it would hold for what CommonJS packages require, too.
  testEnvironmentOptions: { customExportConditions: ['@tenure/source', 'node'] },
  globalSetup: '<rootDir>/libs/testing/src/global-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/src/global-teardown.ts',
  testTimeout: 60_000,
  // By itself Jest leaves one core to a process that only waits: on two cores that is half of what there is.
  maxWorkers: Math.min(4, availableParallelism()),
  // What a spec file loads is never quite forgotten: without this, two had more than 2 GB each halfway through.
  workerIdleMemoryLimit: '1.5GB',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['/dist/', '/.local/'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true, tsx: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
