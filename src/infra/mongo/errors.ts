/** E11000: a unique key settled a race against us. With `index`, only for the index of that name. */
export function isDuplicateKey(error: unknown, index?: string): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 11_000) return false;
  return index === undefined || String((error as { message?: unknown }).message).includes(index);
}

/** Which writes of an unordered bulk failed, by their place in it. */
export function indexesOfErrors(error: unknown): number[] {
  return ([(error as { writeErrors?: unknown }).writeErrors ?? []].flat() as { index: number }[]).map(
    (one) => one.index,
  );
}

/** Did an unordered bulk fail on duplicates alone? Then all its other writes are done. */
export function isOnlyDuplicates(error: unknown): boolean {
  if (!isDuplicateKey(error)) return false;
  const failed = [(error as { writeErrors?: unknown }).writeErrors ?? []].flat() as { code?: number }[];
  return failed.length > 0 && failed.every(({ code }) => code === 11_000);
}

/** Two upserts of one key at once: one of them is refused, and finds the other's row when it tries again. */
export async function againWhenDoubled<T>(upsert: () => Promise<T>): Promise<T> {
  try {
    return await upsert();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return await upsert();
  }
}

/** The row that an upsert answers with. A server that is not MongoDB's own answers with none where another one inserted it while it looked: asked again, it answers with that. */
export async function rowOfUpsert<Row>(upsert: () => Promise<Row | null>): Promise<Row> {
  const row = (await againWhenDoubled(upsert)) ?? (await upsert());
  if (row === null) throw new Error('a row that was upserted is not there');
  return row;
}
