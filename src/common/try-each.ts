/** Does this with each in turn: where it fails for one, the others have theirs all the same. What failed is thrown at the end, all together. */
export async function tryEach<T>(those: Iterable<T>, work: (one: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  for (const one of those) {
    try {
      await work(one);
    } catch (error) {
      failures.push(error);
    }
  }
  throwAll(failures);
}

/** Throws what failed as one error that names each; nothing when nothing did. */
export function throwAll(failures: readonly unknown[]): void {
  const each = failures.flatMap((error) => (error instanceof AggregateError ? (error.errors as unknown[]) : [error]));
  if (each.length > 0) throw new AggregateError(each, each.map(wordsOf).join('; '));
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
