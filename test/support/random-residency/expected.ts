import type { Facts } from './facts.js';
import { type Due, planByHand } from './plan-by-hand.js';

/** A reminder that must have come, and when. */
export interface Expected extends Due {
  at: Date;
}

/**
 * What must have come of a plan that kept changing: follows every act from the facts as they are then, and lives along with the clock.
 * A reminder whose time is past when it is first wanted never comes; one that has come does not come again.
 */
export class ExpectedReminders {
  readonly came = new Map<string, Expected>();
  /** What was planned for a time at which it was not to come any more: moved, cancelled, left, switched off. */
  readonly withdrawn: Due[] = [];
  private readonly coming = new Map<string, Due>();
  private now = new Date(0);

  constructor(private readonly things: ReadonlySet<string>) {}

  /** Something changed at an instant. */
  follow(facts: Facts, now: Date): void {
    const wanted = planByHand(facts, this.things);
    for (const [key, due] of this.coming) {
      const to = wanted.get(key);
      if (to?.dueAt.getTime() !== due.dueAt.getTime()) this.withdrawn.push(due);
      if (!to) this.coming.delete(key);
    }
    for (const [key, due] of wanted) {
      if (this.came.has(key)) continue;
      if (this.coming.has(key) || due.dueAt > now) this.coming.set(key, due);
    }
    this.now = now;
  }

  /** Time passes until an instant, without any act. */
  live(until: Date): void {
    for (const [key, due] of this.coming) {
      if (due.dueAt > until) continue;
      this.coming.delete(key);
      const at = due.dueAt > this.now ? due.dueAt : this.now;
      if (at < due.until) this.came.set(key, { ...due, at });
    }
    this.now = until;
  }
}
