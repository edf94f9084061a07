import { diff3Merge } from 'node-diff3';
import type { MergePiece } from '../../contracts/forum-posts.js';

/** Texts with more paragraphs are not compared: what that costs grows with the square of their number. */
const MAX_PARAGRAPHS = 500;
/** Nor are texts with more pairs of like paragraphs: each pair is looked at along all that were found before. In honest texts few paragraphs are like others. */
const MAX_LIKE = 20_000;

const paragraphsOf = (text: string): string[] => (text === '' ? [] : text.split(/\n{2,}/));
const textOf = (paragraphs: readonly string[]): string => paragraphs.join('\n\n');

/**
 * Two texts that came of one, paragraph by paragraph: what one of them changed stands, and what both added in one place stands after each other, theirs first. A piece with
 * `mine` and `theirs` was changed by both, each otherwise. Pure.
 */
export function mergedText(mine: string, seen: string, theirs: string): MergePiece[] {
  const [own, base, other] = [mine, seen, theirs].map(paragraphsOf) as [string[], string[], string[]];
  if (Math.max(own.length, base.length, other.length) > MAX_PARAGRAPHS) return [{ mine, theirs }];
  if (likePairs(base, own) + likePairs(base, other) > MAX_LIKE) return [{ mine, theirs }];
  const pieces = diff3Merge(own, base, other, { excludeFalseConflicts: true }).map(({ ok, conflict }): MergePiece => {
    if (!conflict) return { text: textOf(ok ?? []) };
    const { a, o, b } = conflict;
    return o.length === 0 ? { text: textOf([...b, ...a]) } : { mine: textOf(a), theirs: textOf(b) };
  });
  return pieces.filter((piece) => !('text' in piece) || piece.text !== '');
}

function likePairs(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const paragraph of one) counts.set(paragraph, (counts.get(paragraph) ?? 0) + 1);
  return other.reduce((sum, paragraph) => sum + (counts.get(paragraph) ?? 0), 0);
}

/** The whole of it where nothing is left to be settled, else null. */
export function wholeOf(pieces: readonly MergePiece[]): string | null {
  const texts = pieces.map((piece) => ('text' in piece ? piece.text : null));
  return texts.every((text) => text !== null) ? textOf(texts) : null;
}
