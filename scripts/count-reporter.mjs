import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** So much of what a failed test says is told again at the end. */
const MAX_LINES = 12;

/**
 * A jest reporter that leaves the counts of a run in the file named by `COUNTS_FILE`, for test.mjs to add up.
 * A test file that could not even be loaded counts as one failure. `failures` says each in some lines: a long run ends with them.
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
      failures: results.testResults.flatMap(failuresOf),
    };
    writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts));
  }
}

function failuresOf({ testFilePath, testResults, testExecError }) {
  const file = relative(process.cwd(), testFilePath);
  if (testExecError) return [`${file}\n${inBrief(testExecError.message)}`];
  return testResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => `${file} › ${fullName}\n${inBrief(failureMessages.join('\n'))}`);
}

const inBrief = (message = '') =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('node_modules'))
    .slice(0, MAX_LINES)
    .map((line) => `    ${line.slice(0, 900)}`)
    .join('\n');
