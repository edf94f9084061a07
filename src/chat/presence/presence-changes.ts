/** Somebody with a live socket: where they are seen (rooms of cohorts), and when they were last there (ms). */
export interface Seen {
  rooms: readonly string[];
  at: number;
}

/** What changed since the last look. */
export interface PresenceChanges {
  came: string[];
  left: string[];
  /** Who stays, and is seen in other rooms than before, with those where they are seen no more. */
  moved: Map<string, string[]>;
  next: Map<string, Seen>;
}

/**
 * Compares who is here now with who was. Who is gone for less than `graceMs` (a page that is loaded again) has not left; who hides
 * (`unseen`) is not here, and has left at once.
 * `next` is what to compare with the next time.
 */
export function presenceChanges(
  before: ReadonlyMap<string, Seen>,
  here: ReadonlyMap<string, readonly string[]>,
  now: number,
  graceMs: number,
  unseen: ReadonlySet<string> = new Set(),
): PresenceChanges {
  const next = new Map<string, Seen>();
  for (const [userId, rooms] of here) if (!unseen.has(userId)) next.set(userId, { rooms, at: now });
  const left: string[] = [];
  for (const [userId, seen] of before) {
    if (next.has(userId)) continue;
    if (now - seen.at < graceMs && !unseen.has(userId)) next.set(userId, seen);
    else left.push(userId);
  }
  const moved = new Map<string, string[]>();
  for (const [userId, seen] of next) {
    const was = before.get(userId);
    if (was && isElsewhere(was, seen))
      moved.set(
        userId,
        was.rooms.filter((room) => !seen.rooms.includes(room)),
      );
  }
  return { came: [...next.keys()].filter((userId) => !before.has(userId)), left, moved, next };
}

const isElsewhere = (before: Seen, now: Seen) =>
  before.rooms.length !== now.rooms.length || now.rooms.some((room) => !before.rooms.includes(room));

/** People by the rooms in which they are seen, for one event to each room. */
export function byRoom(
  userIds: readonly string[],
  roomsOf: (userId: string) => readonly string[],
): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const userId of userIds)
    for (const room of roomsOf(userId)) grouped.set(room, [...(grouped.get(room) ?? []), userId]);
  return grouped;
}
