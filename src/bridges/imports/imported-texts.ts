import { beginningOf, cutAt } from '../../common/texts/cut.js';
import { Line, Text } from '../../contracts/primitives.js';

/** Of a name, so much is looked at. */
const MOST = 1000;

/** What is called something elsewhere, as one line that may be written here, too: nothing in it begins another line, or turns the direction of what stands behind it. */
export const lineFrom = (given: string, most: number): string =>
  beginningOf(Line(MOST, 0).safeParse(given.slice(0, MOST)).data ?? '', most).trim();

/** A text of elsewhere as one that may be written here, cut after so many characters. */
export const textFrom = (given: string, most: number): string =>
  cutAt(Text(most * 4).safeParse(given.slice(0, most * 2)).data ?? '', most);
