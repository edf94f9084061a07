import type { SubscriptionLevel } from '../../contracts/forums.js';

/** Where somebody stands with a topic; as the row says it. */
export interface PlainStand {
  level?: SubscriptionLevel | null | undefined;
  byItself?: boolean | null | undefined;
  readNumber?: number | null | undefined;
  readAt?: Date | null | undefined;
}

/** What goes from one topic to another. */
export interface Carried {
  at: Date;
  /** The numbers of the moved posts where they stood, in their order; none where only who follows goes along. */
  numbers: readonly number[];
  /** The last number of the other topic before; 0 where that is new. */
  last: number;
  /** Whether who follows the one follows the other. Of replies that go to a topic that is there, only their authors do. */
  levels: 'all' | 'authors';
}

/** From the least attention to the most. */
const ATTENTION: readonly SubscriptionLevel[] = ['muted', 'normal', 'tracking', 'watching'];
const attention = (level: SubscriptionLevel) => ATTENTION.indexOf(level);

/**
 * Where somebody stands with the other topic then; null where nothing changes. What they chose there stands; what they chose here holds where they chose nothing. Who had read the other topic to
 * its end has read of what comes what they had read before. Who wrote one of the posts has opened it.
 */
export function standAlong(
  from: PlainStand,
  there: PlainStand,
  { isAuthor, begins }: { isAuthor: boolean; begins: boolean },
  { at, numbers, last, levels }: Carried,
): PlainStand | null {
  const [readHere, readThere] = [from.readNumber ?? 0, there.readNumber ?? 0];
  const read = readThere >= last ? numbers.filter((number) => number <= readHere).length : 0;
  const level = levels === 'all' || isAuthor ? levelAlong(from, there, last === 0) : null;
  const begun = begins && (there.level ?? level?.level) !== 'muted' ? watching(level ?? there) : null;
  const change: PlainStand = {
    ...level,
    ...begun,
    ...(read > 0 && { readNumber: last + read }),
    ...(!there.readAt && (read > 0 || isAuthor) && { readAt: read > 0 ? (from.readAt ?? at) : at }),
  };
  return Object.keys(change).length > 0 ? change : null;
}

/** A topic that is new is muted with the one from which it comes; one that was there is not. */
function levelAlong(from: PlainStand, there: PlainStand, isNew: boolean): PlainStand | null {
  if (!from.level) return null;
  const along = { level: from.level, byItself: from.byItself ?? false };
  if (!there.level) return from.level === 'muted' && !isNew ? null : along;
  return there.byItself && attention(from.level) > attention(there.level) ? along : null;
}

/** With whose words a topic begins watches it, as who opens one. */
const watching = ({ level, byItself }: PlainStand): PlainStand | null =>
  level && !byItself ? null : { level: 'watching', byItself: true };
