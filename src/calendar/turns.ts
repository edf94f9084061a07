import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { HOUR } from '../common/times/clock.js';
import type { TurnRow } from './turn.schema.js';

/** A stretch of a person's time, [from, to) in ms since the epoch. */
export interface PersonalStretch {
  userId: string;
  from: number;
  to: number;
}

const LONG = 2 * HOUR;
const PARTS_OF_A_DAY = 12;

/**
 * The turns that somebody needs who plans for these stretches: one for each two hours that are touched, the same on every day, so that a
 * person has twelve for good. Two plans that overlap share one; a few that do not share one, too, and then wait a moment for nothing.
 */
export function turnsOf(stretches: readonly PersonalStretch[]): string[] {
  const turns = new Set<string>();
  for (const { userId, from, to } of stretches) {
    const first = Math.floor(from / LONG);
    const last = Math.min(Math.ceil(to / LONG), first + PARTS_OF_A_DAY);
    for (let part = first; part < last; part += 1) turns.add(`${userId}#${part % PARTS_OF_A_DAY}`);
  }
  return [...turns].sort();
}

/**
 * Makes those who plan for a person's time take turns, whatever they plan and in which process: each takes the turn in the transaction in
 * which it looks at what is there and writes. Of two at once one meets a write conflict, is done again, and sees what the other wrote.
 */
@Injectable()
export class Turns {
  constructor(@InjectModel('Turn') private readonly turns: Model<TurnRow>) {}

  async take(stretches: readonly PersonalStretch[], session: ClientSession): Promise<void> {
    await this.takeAll(turnsOf(stretches), session);
  }

  /** The turn of something of which one person may have so many: who does it twice at once does it one after the other, and counts what is there. */
  async takeToCount(userId: string, what: string, session: ClientSession): Promise<void> {
    await this.takeAll([`${userId}#${what}`], session);
  }

  private async takeAll(ids: readonly string[], session: ClientSession): Promise<void> {
    if (ids.length === 0) return;
    await this.turns.bulkWrite(
      ids.map((_id) => ({ updateOne: { filter: { _id }, update: { $inc: { taken: 1 } }, upsert: true } })),
      { session, ordered: true },
    );
  }
}
