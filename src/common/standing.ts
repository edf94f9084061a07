/** What a person says of themselves may end by itself: `until` is the first instant at which it holds no more (null: it stays). */
export interface Ending {
  until?: Date | string | null | undefined;
}

/** The status as it is now: null for none, and from its end on. The same for a row of the database and for what a browser holds. */
export function statusNow<S extends Ending>(status: S | null | undefined, now: Date | number): S | null {
  if (!status) return null;
  const { until = null } = status;
  return until === null || isAhead(until, now) ? status : null;
}

/** The end of not being disturbed while it lies ahead, else null. */
export function quietNow<T extends Date | string>(until: T | null | undefined, now: Date | number): T | null {
  return until !== null && until !== undefined && isAhead(until, now) ? until : null;
}

const isAhead = (until: Date | string, now: Date | number) => new Date(until).getTime() > Number(now);
