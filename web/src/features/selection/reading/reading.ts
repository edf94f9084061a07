import type { StaffReview, StaffReviews } from '../../../../../src/contracts/selection/assignment';
import type { Juror } from '../../../../../src/contracts/selection/jurors';

type File = StaffReviews['files'][number];

/** All files; those that fewer jurors read than most others; those of which a review is still out. */
export type Shown = 'all' | 'few' | 'open';

/** A juror reads the file, or has read it: of a conflict, or of who abstained, nothing comes. */
export const isReading = ({ state }: Pick<StaffReview, 'state'>) => state !== 'conflict' && state !== 'abstained';
const isOut = ({ state }: StaffReview) => state === 'asked' || state === 'begun';
const readersOf = ({ reviews }: File) => reviews.filter(isReading).length;

/** So many jurors most files have. */
export function usualReaders(files: readonly File[]): number {
  const sizes = new Map<number, number>();
  for (const file of files) sizes.set(readersOf(file), (sizes.get(readersOf(file)) ?? 0) + 1);
  const [usual] = [...sizes].toSorted(([a, of], [b, others]) => others - of || b - a)[0] ?? [0];
  return usual;
}

const isShown = (file: File, shown: Shown, usual: number) =>
  shown === 'all' || (shown === 'few' ? readersOf(file) < Math.max(usual, 1) : file.reviews.some(isOut));

/** How many files each way of looking shows. */
export function counts(files: readonly File[]): Record<Shown, number> {
  const usual = usualReaders(files);
  const of = (shown: Shown) => files.filter((file) => isShown(file, shown, usual)).length;
  return { all: files.length, few: of('few'), open: of('open') };
}

/** Files by number, name, or who reads them. */
export function foundIn(
  files: readonly File[],
  jurors: readonly Pick<Juror, 'id' | 'name'>[],
  { words, shown }: { words: string; shown: Shown },
): File[] {
  const usual = usualReaders(files);
  const asked = words.trim().toLowerCase();
  const names = new Map(jurors.map(({ id, name }) => [id, name.toLowerCase()]));
  return files.filter(
    (file) =>
      isShown(file, shown, usual) &&
      (asked === '' ||
        [file.number, file.name].some((word) => word.toLowerCase().includes(asked)) ||
        file.reviews.some(({ jurorId }) => names.get(jurorId)?.includes(asked))),
  );
}
