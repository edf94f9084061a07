import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { type Ask, AskedTogether } from '../infra/mongo/asked-together.js';
import { toIds } from '../infra/mongo/ids.js';
import type { RawRows } from '../infra/mongo/raw-rows.js';

/** A stretch of somebody's time, [startsAt, endsAt). */
export interface BusyInterval {
  userId: string;
  startsAt: Date;
  endsAt: Date;
}

/** Rows that say when people are taken: how to ask for them, along with those of others, and what they mean. */
export interface BusySource<Row = unknown> {
  /** When some people are taken between two instants; more may be found. */
  ask(people: readonly Types.ObjectId[], from: Date, to: Date): Ask<Row>;
  /** In any order, reaching beyond both ends, and of other people, too. */
  intervals(row: Row): BusyInterval[];
}

/** Questions to be asked along with others, and what their answers, in this order, mean. */
export interface BusyQuestions {
  asks: Ask<unknown>[];
  read: (answers: readonly RawRows<unknown>[]) => BusyInterval[];
}

/**
 * What makes people busy without claiming their time hard: going to a workshop, say. The rooms that know register here, so that the
 * room that offers free slots need not know them. All of them are asked by one command, whatever the number of people.
 */
@Injectable()
export class BusySources {
  private readonly sources: BusySource[] = [];
  private readonly claims: BusySource[] = [];

  constructor(private readonly together: AskedTogether) {}

  /** To be called in `onModuleInit`. */
  register(...sources: BusySource[]): void {
    this.sources.push(...sources);
  }

  /**
   * Registers sources of time that is claimed hard, or taken in a calendar elsewhere. The room that offers free slots knows these by
   * itself; all others ask for {@link everything}. To be called in `onModuleInit`.
   */
  registerClaims(...sources: BusySource[]): void {
    this.claims.push(...sources);
  }

  /** Asks when these people are taken by what claims nothing. */
  questions(userIds: readonly string[], from: Date, to: Date): BusyQuestions {
    return questionsOf(this.sources, userIds, from, to);
  }

  /** Whatever keeps these people from coming to something then. */
  async everything(userIds: readonly string[], from: Date, to: Date): Promise<BusyInterval[]> {
    const { asks, read } = questionsOf([...this.sources, ...this.claims], userIds, from, to);
    const [first, ...others] = asks;
    if (userIds.length === 0 || !first) return [];
    return read(await this.together.all(first, ...others));
  }
}

function questionsOf(sources: readonly BusySource[], userIds: readonly string[], from: Date, to: Date): BusyQuestions {
  const people = toIds(userIds);
  const asked = new Set(people.map(String));
  const intervalsOf = (source: BusySource, answer: RawRows<unknown> | undefined) =>
    (answer?.rows ?? []).flatMap((row) => source.intervals(row));
  return {
    asks: sources.map((source) => source.ask(people, from, to)),
    read: (answers) =>
      sources
        .flatMap((source, index) => intervalsOf(source, answers[index]))
        .filter(({ userId, startsAt, endsAt }) => asked.has(userId) && endsAt > from && startsAt < to),
  };
}
