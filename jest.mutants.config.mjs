import jest from './jest.config.mjs';

const sandboxed = jest.projects.find(({ displayName }) => displayName === 'sandboxed');

/** The tests of the pure rules alone, where mutants are looked for (stryker.config.mjs): each mutant is a module that is loaded anew. */
export default {
  ...sandboxed,
  rootDir: import.meta.dirname,
  testMatch: ['<rootDir>/src/notifications/**/*.spec.ts', '<rootDir>/src/reminders/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
