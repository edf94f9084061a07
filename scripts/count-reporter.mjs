import { writeFileSync } from 'node:fs';

/**
 * A jest reporter that leaves the counts of a run in the file named by `COUNTS_FILE`, for test.mjs to add up.
 * A test file that could not even be loaded counts as one failure.
 */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    const unfinished = results.testResults.flatMap((file) =>
      file.testResults
        .filter((test) => test.status === 'pending' || test.status === 'todo')
        .map((test) => test.fullName),
    );
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      unfinished,
    };
    writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts));
  }
}
