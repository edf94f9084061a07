import { fold, foldedWords } from '../../../../src/common/texts/fold';
import type { Member } from '../../api/types';

/** Why somebody was found. */
export interface Found {
  name: Member[];
  gives: Member[];
  wants: Member[];
}

const beginsAWord = (texts: readonly string[], asked: string) =>
  foldedWords(texts, Infinity).some((word) => word.startsWith(asked));

/** People found by `q`, each once: by their name, else for what they give, else for what they want. */
export function sortFound(members: readonly Member[], q: string): Found {
  const asked = foldedWords([q]);
  const found: Found = { name: [], gives: [], wants: [] };
  for (const member of members) {
    const fits = (texts: readonly string[]) => asked.some((word) => beginsAWord(texts, word));
    if (fits([member.name])) found.name.push(member);
    else if (fits(member.gives)) found.gives.push(member);
    else found.wants.push(member);
  }
  return found;
}

/** A text in pieces, those that answer `q` marked; letters with accents count as without. */
export function marked(text: string, q: string): { text: string; hit: boolean }[] {
  const asked = foldedWords([q]);
  const pieces: { text: string; hit: boolean }[] = [];
  for (const part of text.split(/([\p{L}\p{N}]+)/u)) {
    const length = longestStart(part, asked);
    if (length > 0) pieces.push({ text: part.slice(0, length), hit: true });
    if (length < part.length) pieces.push({ text: part.slice(length), hit: false });
  }
  return pieces;
}

function longestStart(word: string, asked: readonly string[]): number {
  const folded = fold(word);
  return Math.max(0, ...asked.filter((one) => folded.startsWith(one)).map((one) => Math.min(one.length, word.length)));
}
