import { withoutCode } from '../markdown/code-pieces.js';

const EVERYBODY = /(^|[\s(])@channel(?![\w-])/;

/** Does a text speak to all who are in its channel, by `@channel`? Not in code. */
export function namesEverybody(body: string): boolean {
  return EVERYBODY.test(body) && EVERYBODY.test(withoutCode(body));
}
