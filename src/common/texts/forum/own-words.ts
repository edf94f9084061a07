import { withMarksAs, withoutQuoted } from './quote-marks.js';

/** What stands in the place of words of others. */
export const ELSEWHERE = '…';
/** Who is named by a mark, as it is kept. */
export const MENTION = /<@([0-9a-f]{24})>/gi;
/** A line of a quotation (CommonMark 5.1), within a list too. */
const QUOTED = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*>/;

/** The text without what it quotes of posts by their marks: a mark says nothing elsewhere. */
export const withoutMarkedQuotes = (text: string): string => withMarksAs(withoutQuoted(text), () => ELSEWHERE);

/** The words of whoever wrote a text: what it quotes is `…`, by a mark or typed by hand, since whose words these are is not known. */
export const withoutQuotations = (text: string): string => withoutTyped(withoutMarkedQuotes(text));

/** A text in which nobody is named by a mark who is not there: their name is theirs to bring. */
export const namingOnly = (text: string, isThere: (userId: string) => boolean): string =>
  text.replace(MENTION, (mention, id: string) => (isThere(id.toLowerCase()) ? mention : `@${ELSEWHERE}`));

/** `> …` in the place of each quotation, and of a line of code that looks like one: what is shown before says so, and nothing of others goes along by mistake. */
function withoutTyped(text: string): string {
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    const isQuoted = QUOTED.test(line);
    const said = isQuoted ? `> ${ELSEWHERE}` : line;
    if (!isQuoted || kept.at(-1) !== said) kept.push(said);
  }
  return kept.join('\n');
}
