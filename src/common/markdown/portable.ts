import MarkdownIt, { type Token } from 'markdown-it';
import { isTooMuch } from './markdown-bounds.js';

const options = { html: false, maxNesting: 30 };
const blocks = new MarkdownIt(options);

/** An escaped character, a run of backticks, an address between angles, or what another program could take for the beginning of HTML. */
const PARTS = /\\[\s\S]|`+|<(?:https?:|mailto:)[^\s<>]*>|<(?=[a-z/!?])/gi;

/**
 * A text of ours as markdown for other programs, in which it says the same: here `<b>` is a text, elsewhere it could be HTML, so it is escaped outside of code. It ends by
 * itself, whatever comes after it: a block of code that was left open is closed. Pure; a thread can run it.
 */
export function portableMarkdown(source: string): string {
  const text = source.replace(/\r\n?/g, '\n');
  if (isTooMuch(text)) return escaped(text);
  const lines = text.split('\n');
  const tokens: Token[] = [];
  blocks.block.parse(text, blocks, {}, tokens);
  let [at, last]: [number, Token | null] = [0, null];
  const written: string[] = [];
  for (const token of tokens) {
    if ((token.type !== 'fence' && token.type !== 'code_block') || !token.map) continue;
    const [from, to] = token.map;
    written.push(...lines.slice(at, from).map(outsideCode), ...lines.slice(from, to));
    [at, last] = [to, token];
  }
  written.push(...lines.slice(at).map(outsideCode));
  return written.join('\n') + (last && at >= lines.length ? endOf(last, lines) : '');
}

const escaped = (text: string) => text.replace(/<(?=[a-z/!?])/gi, '\\<');

/** A line in which spans of code stay as they are. */
function outsideCode(line: string): string {
  let written = '';
  let at = 0;
  PARTS.lastIndex = 0;
  for (let part = PARTS.exec(line); part; part = PARTS.exec(line)) {
    const [found] = part;
    if (found === '<') {
      written += `${line.slice(at, part.index)}\\`;
      at = part.index;
    } else if (found.startsWith('`')) {
      const end = endOfSpan(line, found, PARTS.lastIndex);
      if (end !== null) PARTS.lastIndex = end;
    }
  }
  return written + line.slice(at);
}

function endOfSpan(line: string, mark: string, from: number): number | null {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let run = runs.exec(line); run; run = runs.exec(line)) if (run[0] === mark) return runs.lastIndex;
  return null;
}

/** What closes the block of code with which a text ends; nothing where it is closed, or stands in what ends by itself. */
function endOf({ type, level, markup, map }: Token, lines: readonly string[]): string {
  if (type !== 'fence' || level > 0 || !map) return '';
  const last = (lines[map[1] - 1] ?? '').trim();
  const isClosed = map[1] - 1 > map[0] && last.startsWith(markup) && /^(`+|~+)$/.test(last);
  return isClosed ? '' : `\n${markup}`;
}
