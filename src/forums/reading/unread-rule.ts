const NEW_FOR_MS = 30 * 86_400_000;

/** Since when topics are new for a member: since they joined, for 30 days at most. An admin who is no member never joined. */
export function newSince(joinedAt: Date | null, now: Date): Date {
  return new Date(Math.max(joinedAt?.getTime() ?? 0, now.getTime() - NEW_FOR_MS));
}

/**
 * How many posts after what somebody read are news for them: all up to the last one, without those that are deleted and their own living ones. The numbers of a topic have
 * no gap.
 */
export function unreadOf(
  lastNumber: number,
  readNumber: number,
  { own, deleted }: { own: readonly number[]; deleted: readonly number[] },
): number {
  const after = (numbers: readonly number[]) =>
    numbers.filter((number) => number > readNumber && number <= lastNumber).length;
  return Math.max(0, lastNumber - readNumber - after(own) - after(deleted));
}
