/** Mutants of the pure rules (npm run mutants): what decides is a plain function, and its tables and properties must notice a change. */
export default {
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    projectType: 'custom',
    configFile: 'jest.mutants.config.mjs',
    enableFindRelatedTests: true,
  },
  coverageAnalysis: 'off',
  mutate: [
    'src/notifications/rules/delivery-rules.ts',
    'src/notifications/rules/quiet.ts',
    'src/notifications/digests/digest-items.ts',
    'src/notifications/digests/digest-times.ts',
    'src/reminders/planning/reminder-plan.ts',
    'src/reminders/schedule/ladder-times.ts',
    'src/reminders/days/rest-days.ts',
    'src/reminders/days/letter-days.ts',
  ],
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: '.cordee/mutants.json' },
  clearTextReporter: { allowColor: false, logTests: false },
  thresholds: { high: 95, low: 85, break: 85 },
  tempDirName: '.cordee/mutants',
  ignorePatterns: ['dist', 'web', 'bench', 'docs', 'docker', '.cordee', 'test'],
  concurrency: 2,
  timeoutMS: 20_000,
};
