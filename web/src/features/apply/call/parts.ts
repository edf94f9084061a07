/** A part of a call's text: its heading, and the markdown under it. What stands before the first heading has none. */
export interface TextPart {
  title: string | null;
  body: string;
}

const FENCE = /^ {0,3}(```+|~~~+)/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*)$/;
/** Of a longer heading the rest is left out: nobody reads it in a list of parts. */
const LONGEST = 200;

/**
 * The text of a call by its highest headings, which are parts of the page like those that every call has; headings under them come one step below. Lines within a block of code are no
 * headings.
 */
export function partsOf(text: string): TextPart[] {
  const lines = text.split('\n');
  const levels = headingsOf(lines);
  const top = Math.min(...levels.filter((level) => level > 0));
  const parts: { title: string | null; lines: string[] }[] = [{ title: null, lines: [] }];
  for (const [at, line] of lines.entries()) {
    const level = levels[at] ?? 0;
    if (level > 0 && level === top) parts.push({ title: wordsOf(line), lines: [] });
    else parts.at(-1)?.lines.push(level > 0 ? line.replace(/#+/, '#'.repeat(level - top)) : line);
  }
  return parts
    .map(({ title, lines: own }) => ({ title, body: own.join('\n').trim() }))
    .filter(({ title, body }) => title !== null || body !== '');
}

/** Of each line how deep a heading it is; 0: none. */
function headingsOf(lines: readonly string[]): number[] {
  let fence: string | null = null;
  return lines.map((line) => {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null;
      return 0;
    }
    if (mark) fence = mark;
    return HEADING.exec(line)?.[1]?.length ?? 0;
  });
}

/** The words of a heading without its marks. */
const wordsOf = (line: string) =>
  (HEADING.exec(line)?.[2] ?? '')
    .slice(0, LONGEST)
    .replace(/[ \t]+#+[ \t]*$/, '')
    .trim()
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`~]{1,3}(\S(?:.*?\S)?)[*_`~]{1,3}/g, '$1')
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '');

/** The text of a part with as few marks as can be taken out without reading it as markdown. */
export const plainOf = (body: string) =>
  body
    .split('\n')
    .filter((line) => !/^[ \t|:-]*$/.test(line) || line === '')
    .map((line) =>
      line
        .replace(/^ {0,3}[-*+] /, '• ')
        .replace(/^ {0,3}#{1,6} /, '')
        .replace(/^\||\|$/g, '')
        .replaceAll('**', ''),
    )
    .join('\n');
