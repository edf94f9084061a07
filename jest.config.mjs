import { swc } from './scripts/swc.mjs';

/** One project per layer (docs/architecture.md): unit beside the code, the rest against real parts. */
const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.tsx?$': ['@swc/jest', { ...swc, sourceMaps: 'inline' }] },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/web/dist/', '<rootDir>/.cordee/'],
};

/**
 * Modules are loaded by Node itself, once in a worker and not once in each file (docs/adr/0043): a fifth of the time. What mocks a module or the timers, or needs
 * one that nobody has touched, is a `*.sandbox.spec.ts`, and has Jest's sandbox.
 */
const native = {
  testEnvironment: '<rootDir>/test/support/native/environment.mjs',
  runtime: '<rootDir>/test/support/native/runtime.cjs',
};

const real = {
  ...native,
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

/** Where the tests of rules are that stand beside them. */
const BESIDE = ['<rootDir>/src', '<rootDir>/web/src', '<rootDir>/scripts', '<rootDir>/test/unit'];
const SANDBOXED = '\\.sandbox\\.spec\\.tsx?$';

export default {
  testSequencer: '<rootDir>/scripts/longest-first.mjs',
  // Unit tests: those against real parts take theirs from test/support/patience.ts.
  testTimeout: 240_000,
  // A file leaves a little of itself behind in its worker.
  workerIdleMemoryLimit: '1500MB',
  projects: [
    {
      ...shared,
      ...native,
      displayName: 'unit',
      testMatch: BESIDE.map((folder) => `${folder}/**/*.spec.ts?(x)`),
      testPathIgnorePatterns: ['/node_modules/', SANDBOXED],
    },
    {
      ...shared,
      displayName: 'sandboxed',
      testMatch: BESIDE.map((folder) => `${folder}/**/*.sandbox.spec.ts?(x)`),
    },
    { ...shared, ...real, displayName: 'medium', testMatch: ['<rootDir>/test/medium/**/*.spec.ts'] },
    { ...shared, ...real, displayName: 'api', testMatch: ['<rootDir>/test/api/**/*.spec.ts'] },
    { ...shared, ...real, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.spec.ts'] },
  ],
};
