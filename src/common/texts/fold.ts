import { withFewMarks } from '../../contracts/composed.js';

/** Letters that no accent makes, as people without them on their keyboard type them. */
const LETTERS: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** Only letters that have no accent: most of what is folded. */
const PLAIN = /^[\n -~]*$/;

/** Text without case and accents, for comparing as people do: `Événement` -> `evenement`, `Cœur` -> `coeur`. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return withFewMarks(text)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđðþı]/g, (letter) => LETTERS[letter] ?? letter);
}

/** The distinct folded words of some texts, for an indexed array. At most `most`, each at most 40 characters. */
export function foldedWords(texts: readonly string[], most = 60): string[] {
  const words = texts.flatMap((text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []);
  return [...new Set(words.map((word) => word.slice(0, 40)))].slice(0, most);
}

/** A regular expression for "a word that begins so": folded letters and digits only, so nothing to escape. Null when nothing is left. */
export function wordPrefix(text: string): RegExp | null {
  const word = foldedWords([text])[0];
  return word ? new RegExp(`^${word}`) : null;
}
