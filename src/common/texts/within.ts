/** So many characters of texts are in one answer: two thousand messages as they are mostly written, fifty of the longest, which cost as much to look at. */
export const MAX_CHARACTERS = 400_000;

/** The first of some rows whose texts have no more characters together; one at least, so that whoever goes on from the last one gets on. */
export function within<T>(rows: readonly T[], lengthOf: (row: T) => number, characters = MAX_CHARACTERS): readonly T[] {
  let read = 0;
  const end = rows.findIndex((row) => (read += lengthOf(row)) > characters);
  return end < 0 ? rows : rows.slice(0, Math.max(1, end));
}

/** How long the text of a row is that may have none. */
export const lengthOfBody = ({ body }: { body?: string | null }) => body?.length ?? 0;
