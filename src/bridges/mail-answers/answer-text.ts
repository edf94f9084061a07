import EmailReplyParser from 'email-reply-parser';

/** More than what can be written anywhere: what is below is cut off, and what is above it then does not fit. */
export const MAX_ANSWER = 40_000;
/** With the quotes below it, which go. */
const MAX_LOOKED_AT = 300_000;
/** No line that opens a quote or a signature is longer. */
const MAX_LINE = 400;
const MARK = '\u{f0000}';

/**
 * What somebody wrote above what they answer to, without signature; empty when that is nothing. Runs on a thread, which is ended when its time is
 * over: the expressions of the library look back. What they see is small: no empty or quoted line twice, no long line, no more than fits.
 */
export function answerText(text: string): string {
  const { lines, long } = briefly(text);
  const visible = new EmailReplyParser().read(lines.join('\n')).getVisibleText();
  return visible
    .split(MARK)
    .map((part, at) => (at % 2 === 0 ? part : (long[Number(part)] ?? '')))
    .join('')
    .trim();
}

/** Line by line: `lines` without what the parser need not see, long ones as a mark and their place in `long`. */
function briefly(text: string): { lines: string[]; long: string[] } {
  const lines: string[] = [];
  const long: string[] = [];
  let length = 0;
  for (const given of text.slice(0, MAX_LOOKED_AT).replace(UNSEEN, '').split('\n')) {
    const line = seen(given.trimEnd());
    if (ONCE.has(line) && lines.at(-1) === line) continue;
    length += line.length + 1;
    lines.push(line.length <= MAX_LINE ? line : `${MARK}${long.push(line) - 1}${MARK}`);
    if (length > MAX_ANSWER) break;
  }
  return { lines, long };
}

const UNSEEN = /[\u200b\u200e\u200f\ufeff\r\u{f0000}]/gu;
/** Of these, several one below the other say what one says. */
const ONCE = new Set(['', '>', '-- ']);
const seen = (line: string) => (line.startsWith('>') ? '>' : line === '--' ? '-- ' : line);
