/**
 * Above what a post quotes of another one stands whose it is, alone on a line of the quotation: `> <#65f0…>` with the post's id, as it is kept, or `> <#3 Zoé>` with its
 * number in the topic, as it is typed (the name is for who types).
 */
const KEPT = /^([ \t>]*>[ \t]*)<#([0-9a-f]{24})>[ \t]*$/gim;
const TYPED = /^([ \t>]*>[ \t]*)<#(\d{1,6})(?: [^<>\n]{0,200})?>[ \t]*$/gm;

/** Whether a text quotes any, as it is kept; for the database. */
export const ANY_MARK = '>[ \\t]*<#[0-9a-fA-F]{24}>';

/** So many posts one post quotes by their marks; what comes after is text. */
const MAX_QUOTED = 20;

/** The numbers of the posts that a text quotes as it was typed. */
export const typedNumbers = (body: string): number[] =>
  [...new Set([...body.matchAll(TYPED)].map(([, , number]) => Number(number)))].slice(0, MAX_QUOTED);

/** The text as it is kept; a number of which there is no post stays as it was typed. */
export const asKept = (body: string, idOf: (number: number) => string | undefined): string =>
  body.replace(TYPED, (typed, quote: string, number: string) => {
    const id = idOf(Number(number));
    return id === undefined ? typed : `${quote}<#${id}>`;
  });

/** The ids of the posts that a text quotes, without doubles. */
export const quotedIn = (body: string | null | undefined): string[] =>
  [...new Set([...(body ?? '').matchAll(KEPT)].map(([, , id = '']) => id.toLowerCase()))].slice(0, MAX_QUOTED);

/** The text for those who read it elsewhere: marks say nothing there. */
export const withoutMarks = (body: string): string => body.replace(KEPT, '$1').replace(TYPED, '$1');

/** The text with something else in the place of each mark, by the id of the post. */
export const withMarksAs = (body: string, said: (postId: string) => string): string =>
  body.replace(KEPT, (_mark, quote: string, id: string) => `${quote}${said(id.toLowerCase())}`);

const ONE_MARK = new RegExp(KEPT.source, 'i');

/** How deep a line stands in quotations. */
const depthOf = (line: string): number => /^[ \t>]*/.exec(line)?.[0].replace(/[ \t]/g, '').length ?? 0;

/**
 * The text without what it quotes of posts that are not there: their words are away everywhere. The mark stands alone then, down to where its quotation ends or, in
 * the same one, another post is quoted.
 */
export function withoutGone(body: string, isThere: (id: string) => boolean): string {
  if (quotedIn(body).every(isThere)) return body;
  const shown: string[] = [];
  /** How deep the quotation is of which nothing is shown; null outside of such. */
  let gone: number | null = null;
  for (const line of body.split('\n')) {
    const depth = depthOf(line);
    const [, , id] = ONE_MARK.exec(line) ?? [];
    const isOut = gone !== null && (depth < gone || (depth === gone && id !== undefined));
    if (gone !== null && !isOut) continue;
    // What comes right below would be of the quotation otherwise.
    if (gone !== null && depth < gone && line.trim() !== '') shown.push('>'.repeat(depth));
    gone = id !== undefined && !isThere(id.toLowerCase()) ? depth : null;
    shown.push(line);
  }
  return shown.join('\n');
}

/** The words of who wrote it alone: nothing of what it quotes of other posts. */
export const withoutQuoted = (body: string): string => withoutGone(body, () => false);
