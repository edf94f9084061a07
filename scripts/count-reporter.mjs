import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** So much of what a failed test says is told again at the end. */
const MAX_LINES = 12;

/** How a wait says that it ran out: `eventually` (test/support), Playwright, an acknowledgement of socket.io, Jest. */
const LATE =
  /^(?:\w*Error: )?(?:Late: |[\w.]+: Timeout \d+ms exceeded|operation has timed out|thrown: "Exceeded timeout of)/m;

/** Whether the words of a failed test tell of a wait that ran out, and not of a wrong value. */
export const isLateText = (text) => LATE.test(stripVTControlCharacters(text));

/**
 * A jest reporter that leaves the counts of a run in the file named by `COUNTS_FILE`, for runners.mjs to read. A test file that could not
 * even be loaded counts as one failure. `failures` says each in some lines: a long run ends with them. `late` names the files all of
 * whose failures are waits that ran out.
 */
export default class CountReporter {
  onRunComplete(_contexts, { testResults, numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const unfinished = testResults.flatMap((file) =>
      file.testResults.filter(({ status }) => ['pending', 'todo'].includes(status)).map(({ fullName }) => fullName),
    );
    const counts = {
      passed: numPassedTests,
      failed: numFailedTests + numRuntimeErrorTestSuites,
      unfinished,
      failures: testResults.flatMap(failuresOf),
      late: testResults.filter(isLate).map((file) => {
        const failures = failuresOf(file);
        return { file: failures[0].file, first: failures[0].text, failed: failures.length };
      }),
      seconds: Object.fromEntries(testResults.map((file) => [pathOf(file), secondsOf(file)])),
    };
    writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts));
  }
}

const pathOf = ({ testFilePath }) => relative(process.cwd(), testFilePath);

const secondsOf = ({ perfStats }) => (perfStats.end - perfStats.start) / 1000;

const failed = ({ testResults }) => testResults.filter(({ status }) => status === 'failed');

/** Not one of its failures is a wrong value. */
const isLate = (file) =>
  !file.testExecError &&
  failed(file).length > 0 &&
  failed(file).every(({ failureMessages }) => failureMessages.every(isLateText));

function failuresOf(file) {
  const path = pathOf(file);
  if (file.testExecError) return [{ file: path, text: `${path}\n${inBrief(file.testExecError.message)}` }];
  return failed(file).map(({ fullName, failureMessages }) => ({
    file: path,
    text: `${path} › ${fullName}\n${inBrief(failureMessages.join('\n'))}`,
  }));
}

const inBrief = (message = '') =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('node_modules'))
    .slice(0, MAX_LINES)
    .map((line) => `    ${line.slice(0, 900)}`)
    .join('\n');
