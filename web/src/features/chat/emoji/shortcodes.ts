import { fold } from '../../../../../src/common/texts/fold';
import { codePieces } from '../../../../../src/common/markdown/code-pieces';
import type { Typed } from '../../../ui/naming/useSuggestions';

/** An emoji with its shortcodes, the one that is shown first, and the folded words it is found by. */
export interface Emoji {
  emoji: string;
  codes: readonly string[];
  words: readonly string[];
}

const MAX_FOUND = 8;
/** A colon that hangs on no word (`12:30`, `https://`, `::`), then at least two letters: `:)` and `:p` stay what they are. */
const TYPED = /(?<![\p{L}\p{N}:/]):([\p{L}\p{M}\p{N}_+-]{2,40})$/u;
const WHOLE = /(?<![\p{L}\p{N}:/]):([\p{L}\p{M}\p{N}_+-]{1,40}):$/u;

/** The shortcode that is being typed at the caret: `:tad` gives `tad` and where its colon stands. */
export function typedShortcode(text: string, caret: number): Typed | null {
  const before = text.slice(0, caret);
  const [typed, query = ''] = TYPED.exec(before) ?? [];
  return typed === undefined || isInCode(before) ? null : { query, at: caret - typed.length };
}

/** The text with the shortcode that ends at the caret as its emoji; null when there is none. */
export function withShortcode(
  text: string,
  caret: number,
  emojis: readonly Emoji[],
): { text: string; caret: number } | null {
  const before = text.slice(0, caret);
  const [typed, code = ''] = WHOLE.exec(before) ?? [];
  if (typed === undefined || isInCode(before)) return null;
  const wanted = codeOf(code);
  const found = emojis.find(({ codes }) => codes.includes(wanted));
  if (!found) return null;
  const start = `${before.slice(0, -typed.length)}${found.emoji}`;
  return { text: start + text.slice(caret), caret: start.length };
}

/** Emoji whose codes or words begin so: whole codes first, then beginnings of codes, then words. */
export function emojiFor(emojis: readonly Emoji[], query: string, most = MAX_FOUND): Emoji[] {
  const [code, word] = [codeOf(query), fold(query).replaceAll('_', ' ').trim()];
  const rank = ({ codes, words }: Emoji) => {
    if (codes.includes(code)) return 0;
    if (codes.some((one) => one.startsWith(code))) return 1;
    if (words.some((one) => one.startsWith(word))) return 2;
    return codes.some((one) => one.includes(`_${code}`)) ? 3 : null;
  };
  const ranked = emojis.flatMap((emoji) => {
    const place = rank(emoji);
    return place === null ? [] : [{ emoji, place }];
  });
  return ranked
    .sort((a, b) => a.place - b.place)
    .slice(0, most)
    .map(({ emoji }) => emoji);
}

/** As codes are kept: without accents, words joined by `_`. */
export const codeOf = (name: string) => fold(name).replaceAll('-', '_');

/** Is the end of this text within code? A span that is not closed counts: that is how one is typed. */
export function isInCode(before: string): boolean {
  const last = codePieces(`${before}x`).at(-1);
  if (last?.isCode) return true;
  const line = last?.text.slice(last.text.lastIndexOf('\n') + 1) ?? '';
  return line.replaceAll('\\`', '').includes('`');
}
