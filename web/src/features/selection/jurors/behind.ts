import type { Juror } from '../../../../../src/contracts/selection/jurors';

/** So many files a juror has still to read. */
export const leftOf = ({ load: { asked, submitted } }: Pick<Juror, 'load'>) => Math.max(asked - submitted, 0);

/** Who is behind comes first: who has the larger part of their files still before them, then who has more; who left comes last. */
export function byBehind(jurors: readonly Juror[]): Juror[] {
  const share = (one: Juror) => (one.load.asked === 0 ? -1 : leftOf(one) / one.load.asked);
  const isGone = ({ state }: Juror) => Number(state === 'left');
  return jurors.toSorted(
    (a, b) => isGone(a) - isGone(b) || share(b) - share(a) || leftOf(b) - leftOf(a) || a.name.localeCompare(b.name),
  );
}
