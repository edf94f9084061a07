const SIGNS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The longest beginning of at most `most` characters that cuts nothing that is read as one sign: an emoji of several, a letter with its marks. Pure. */
export function beginningOf(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  // Whether a sign ends there is told by the next character, which may be two halves.
  for (const { index, segment } of SIGNS.segment(text.slice(0, most + 2))) {
    if (index + segment.length > most) break;
    end = index + segment.length;
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
