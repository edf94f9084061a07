import type { MergePiece } from '../../../../../src/contracts/forum-posts';

export type Choice = 'mine' | 'theirs' | 'both';

/** The text as it was settled; a piece for which nothing was chosen has both, theirs first. */
export function settledText(pieces: readonly MergePiece[], choices: ReadonlyMap<number, Choice>): string {
  return pieces
    .flatMap((piece, at) => {
      if ('text' in piece) return piece.text;
      const { mine, theirs } = piece;
      return { mine: [mine], theirs: [theirs], both: [theirs, mine] }[choices.get(at) ?? 'both'];
    })
    .filter((text) => text !== '')
    .join('\n\n');
}
