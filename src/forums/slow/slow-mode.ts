import type { CohortActor } from '../../common/actor.js';
import { Problem, conflict } from '../../common/problem.js';

const MINUTE = 60_000;

/** Slow mode while it holds: with a last day it ends by itself. */
export const heldSlow = <Slow extends { until?: Date | null }>(slow: Slow | null | undefined, now: Date): Slow | null =>
  slow && (!slow.until || slow.until > now) ? slow : null;

/** Who waits between two replies in a slow topic: all but staff, its author too. */
export const isHeldBack = ({ role }: Pick<CohortActor, 'role'>): boolean => role !== 'staff';

/** So long before now a reply leaves the next one free. */
export const freeBefore = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * MINUTE);

/** From when on somebody replies again. */
export const nextAfter = (lastAt: Date, minutes: number): Date => new Date(lastAt.getTime() + minutes * MINUTE);

/** 409 for a reply that comes too early, with the instant from which on it is taken. */
export const tooSoon = (until: Date): Problem =>
  conflict('slow_mode', 'This topic is in slow mode: wait before you reply again.', { until: until.toISOString() });

export const isTooSoon = (error: unknown): boolean => error instanceof Problem && error.code === 'slow_mode';

/** The last reply of each, by who wrote it. */
export function lastOfEach<Id extends { toString: () => string }>(
  replies: readonly { authorId: Id; createdAt: Date }[],
): { userId: Id; at: Date }[] {
  const last = new Map<string, { userId: Id; at: Date }>();
  for (const { authorId: userId, createdAt: at } of replies)
    if ((last.get(String(userId))?.at ?? 0) < at) last.set(String(userId), { userId, at });
  return [...last.values()];
}
