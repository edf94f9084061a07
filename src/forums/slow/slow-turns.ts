import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { idOf } from '../../infra/mongo/ids.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import type { TopicRow } from '../topic.schema.js';
import { freeBefore, heldSlow, isHeldBack, nextAfter, tooSoon } from './slow-mode.js';
import { SlowTurnsRepository } from './slow-turns.repository.js';

/** Whose turn it is to reply in a slow topic. */
@Injectable()
export class SlowTurns {
  constructor(
    private readonly turns: SlowTurnsRepository,
    private readonly clock: Clock,
  ) {}

  /** In the transaction of the reply: of two tabs at once one has it. Throws 409 `slow_mode` with `until`. */
  async take(
    actor: CohortActor,
    { _id: topicId, slow }: Pick<TopicRow, '_id' | 'slow'>,
    at: Date,
    session: ClientSession,
  ): Promise<void> {
    const held = heldSlow(slow, at);
    if (!held || !isHeldBack(actor)) return;
    const userId = idOf(actor.userId);
    try {
      await this.turns.take({ topicId, userId, at }, freeBefore(at, held.minutes), session);
    } catch (error) {
      if (!isDuplicateKey(error, 'turn')) throw error;
      const last = (await this.turns.lastOf(topicId, userId)) ?? at;
      throw tooSoon(earlier(nextAfter(last, held.minutes), held.until));
    }
  }

  /** From when on somebody replies again; null where they may now. */
  async nextOf(actor: CohortActor, { _id: topicId, slow }: Pick<TopicRow, '_id' | 'slow'>): Promise<Date | null> {
    const now = this.clock.now();
    const held = heldSlow(slow, now);
    if (!held || !isHeldBack(actor)) return null;
    const last = await this.turns.lastOf(topicId, idOf(actor.userId));
    const next = last && nextAfter(last, held.minutes);
    return next && next > now ? earlier(next, held.until) : null;
  }
}

/** Slow mode may end before. */
const earlier = (next: Date, until: Date | null | undefined): Date => (until && until < next ? until : next);
