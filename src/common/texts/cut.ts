const SIGNS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** No sign is longer that means one. Looked for from so far before the end: to find all signs of a long text takes as long as a page. */
const MAX_SIGN = 300;

/** The longest beginning of at most `most` characters that cuts nothing that is read as one sign: an emoji of several, a letter with its marks. Pure. */
export function beginningOf(text: string, most: number): string {
  if (text.length <= most) return text;
  const from = Math.max(0, most - MAX_SIGN);
  let end = from;
  // Whether a sign ends there is told by the next character, which may be two halves.
  for (const { index, segment } of SIGNS.segment(text.slice(from, most + 2))) {
    if (from + index + segment.length > most) break;
    end = from + index + segment.length;
  }
  return text.slice(0, end);
}

/** A text of at most `most` characters: where it is longer it ends with `…`, after a whole sign. Pure. */
export const cutAt = (text: string, most: number): string =>
  text.length <= most ? text : `${beginningOf(text, most - 1).trimEnd()}…`;

/** The same, after a word, where that leaves half of it. Pure. */
export function cutAtWord(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = beginningOf(text, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > most / 2 ? space : undefined)}…`;
}

const LONGEST_TITLE = 120;

/** A text of several lines as a title: its first line, cut. Pure. */
export const titleFrom = (text: string): string => cutAt(text.split('\n', 1)[0] ?? '', LONGEST_TITLE);
