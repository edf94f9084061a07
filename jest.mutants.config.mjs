import jest from './jest.config.mjs';

const [unit] = jest.projects;

/** The tests of the pure rules alone, where mutants are looked for (stryker.config.mjs). */
export default {
  ...unit,
  rootDir: import.meta.dirname,
  testMatch: ['<rootDir>/src/notifications/**/*.spec.ts', '<rootDir>/src/reminders/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
