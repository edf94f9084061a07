import { relative } from 'node:path';
import Sequencer from '@jest/test-sequencer';
import { measured } from '../test/suites.mjs';

/** Begins with the files that take longest (test/times.json): a worker that begins one last would keep the other waiting. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const secondsOf = measured();
    const seconds = new Map(tests.map((test) => [test, secondsOf(relative(process.cwd(), test.path))]));
    return [...tests].sort((a, b) => seconds.get(b) - seconds.get(a) || (a.path < b.path ? -1 : 1));
  }
}
