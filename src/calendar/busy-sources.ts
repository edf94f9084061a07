import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { type Ask, AskedTogether } from '../infra/mongo/asked-together.js';
import { toIds } from '../infra/mongo/ids.js';
import type { RawRows } from '../infra/mongo/raw-rows.js';
import type { TakenBy } from './clash.js';

/** A stretch of somebody's time, [startsAt, endsAt), and what takes it: the session or workshop and its cohort; null for what is elsewhere. */
export interface BusyInterval {
  userId: string;
  startsAt: Date;
  endsAt: Date;
  by: TakenBy;
  id: string | null;
  cohortId: string | null;
}

/** Rows that say when people are taken: how to ask for them, along with those of others, and what they mean. */
export interface BusySource<Row = unknown> {
  /** When some people are taken between two instants; more may be found. */
  ask(people: readonly Types.ObjectId[], from: Date, to: Date): Ask<Row>;
  /** In any order, reaching beyond both ends, and of other people, too. */
  intervals(row: Row): BusyInterval[];
  /** The titles of some of what takes time, by its id; absent where it has none. */
  titles?(ids: readonly string[]): Promise<Map<string, string>>;
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

  /** Whatever keeps these people from coming to something then; with `session` as a transaction sees it. */
  async everything(
    userIds: readonly string[],
    from: Date,
    to: Date,
    session: ClientSession | null = null,
  ): Promise<BusyInterval[]> {
    const { asks, read } = questionsOf([...this.sources, ...this.claims], userIds, from, to);
    const [first, ...others] = asks;
    if (userIds.length === 0 || !first) return [];
    return read(
      await (session ? this.together.within(session, first, ...others) : this.together.all(first, ...others)),
    );
  }

  /** The titles of what takes time, by its id. */
  async titles(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const found = await Promise.all(this.sources.map(async (source) => await source.titles?.(ids)));
    return new Map(found.flatMap((titles) => [...(titles ?? [])]));
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
