/**
 * What a text may cost before it is shown as it was typed. Each of these is counted by one walk through the text, before anything is parsed. Together they
 * bound what the parser does: each of its steps begins at a line or at a mark (docs/adr/0031). Honest texts of the greatest length stay far below.
 */
const MAX_CHARACTERS = 60_000;
/** Marks, and lines twice: each may be a block, and what is in it. */
const MAX_WORK = 7_000;
/** Addresses that are written out, each of which is looked at by itself. */
const MAX_ADDRESSES = 1_000;
/** Brackets that open between two empty lines: where one has no end, the parser looks for it as far as the lines go. */
const MAX_OPENINGS = 400;
/** Characters that are looked through for the ends of brackets that have none, in all: each as far as its paragraph goes. */
const MAX_LOOKED = 200_000;
/** Lines that are looked at behind the beginnings of quotes, in all: each looks as far as the next empty line, since a lazy line could still belong to it. */
const MAX_BEHIND_QUOTES = 150_000;
/** Cells of tables, those included that the parser fills in short rows. */
const MAX_CELLS = 4_000;
/** Elements and words that a text may become; a page draws them all. */
export const MAX_NODES = 4_000;

/**
 * So many characters are read on the loop at once: however hostile, that takes some milliseconds, of honest texts 0.5 ms. A thread would cost as much
 * (docs/benchmarks.md).
 */
export const MAX_AT_ONCE = 2000;

/** What begins something within a line: emphasis, code, links, escapes, entities, cells, addresses. */
const MARK = /[*_~[\]<&|\\@]|`+|:\/\/|www\./gi;
const ADDRESS = /:\/\/|www\.|@/gi;
const OPENING = /\[(?![ x]\])/gi;
/** All that may stand before the words of a line. */
const BEFORE_WORDS = /^[ \t>*+\d.)-]*/;
/** A label that ends where it seems to, or a bracket that may have no end. */
const LABEL = /\[[^[\]`<\\]*\]|\[/g;
/** A point of a list and a heading end the paragraph before them, as an empty line does. */
const NEW_PARAGRAPH = /^ {0,3}(?:[-*+] +\S|#{1,6} )/;
const FENCE = /^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/;
/** All that stands in the line between the head of a table and its rows. */
const UNDER_HEAD = /^[ \t>|:+*\d.)-]*$/;

/** True for a text that costs more to show than it says: it is shown as it was typed. Linear in its length. */
export function isTooMuch(source: string): boolean {
  if (source.length > MAX_CHARACTERS) return true;
  let [work, addresses, openings, cells, columns] = [0, 0, 0, 0, 0];
  const brackets = new OpenBrackets();
  let [depth, quotes, behindQuotes] = [0, 0, 0];
  for (const line of source.split(/\r\n?|\n/)) {
    if (line.trim() === '') [openings, columns] = [0, 0];
    const marks = countOf(MARK, line);
    if (line.includes('|') && UNDER_HEAD.test(line)) columns = Math.max(columns, marks + 1);
    work += 2 + marks;
    addresses += countOf(ADDRESS, line);
    openings += countOf(OPENING, line);
    cells += columns;
    if (brackets.after(line) > MAX_LOOKED) return true;
    const deep = (BEFORE_WORDS.exec(line)?.[0].match(/>/g) ?? []).length;
    quotes = line.trim() === '' ? 0 : quotes + Math.max(0, deep - depth);
    depth = deep;
    behindQuotes += quotes;
    if (behindQuotes > MAX_BEHIND_QUOTES) return true;
    if (work > MAX_WORK || addresses > MAX_ADDRESSES || openings > MAX_OPENINGS || cells > MAX_CELLS) return true;
  }
  return false;
}

function countOf(pattern: RegExp, line: string): number {
  pattern.lastIndex = 0;
  let count = 0;
  while (count <= MAX_WORK && pattern.test(line)) count += 1;
  return count;
}

/** How far the parser looks for the ends of brackets that have none, line by line. What stands between fences is code, in which it looks for nothing. */
class OpenBrackets {
  private before = 0;
  private open = 0;
  private begins = 0;
  private length = 0;
  private fence = '';

  /** Of all lines so far. */
  after(line: string): number {
    if (this.isCode(line) || line.trim() === '' || NEW_PARAGRAPH.test(line)) {
      this.before = this.looked;
      [this.open, this.begins, this.length] = [0, 0, 0];
    }
    if (this.fence === '') {
      for (const { 0: label, index } of line.matchAll(LABEL)) {
        if (label !== '[') continue;
        this.open += 1;
        this.begins += this.length + index;
      }
      this.length += line.length + 1;
    }
    return this.looked;
  }

  private get looked(): number {
    return this.before + this.open * this.length - this.begins;
  }

  /** Only fences that stand in nothing else: it is sure that they are ones. */
  private isCode(line: string): boolean {
    if (this.fence !== '') {
      const isEnd =
        line
          .trimEnd()
          .replace(/^ {0,3}/, '')
          .startsWith(this.fence) && /^ {0,3}[`~]+\s*$/.test(line);
      if (isEnd) this.fence = '';
      return true;
    }
    const [, ticks, waves] = FENCE.exec(line) ?? [];
    this.fence = ticks ?? waves ?? '';
    return this.fence !== '';
  }
}
