import { Injectable } from '@nestjs/common';

/** A stretch of somebody's time, [startsAt, endsAt). */
export interface BusyInterval {
  userId: string;
  startsAt: Date;
  endsAt: Date;
}

/**
 * Answers when some people are taken between two instants, in any order; intervals may reach beyond both ends.
 * One query, whatever the number of people.
 */
export type BusySource = (userIds: readonly string[], from: Date, to: Date) => Promise<BusyInterval[]>;

/**
 * What makes people busy without claiming their time hard: going to a workshop, say. The rooms that know register here, so that the
 * room that offers free slots need not know them.
 */
@Injectable()
export class BusySources {
  private readonly sources: BusySource[] = [];
  private readonly claims: BusySource[] = [];

  /** To be called in `onModuleInit`. */
  register(source: BusySource): void {
    this.sources.push(source);
  }

  /**
   * Registers a source of time that is claimed hard, or taken in a calendar elsewhere. The room that offers free slots knows these by
   * itself; all others ask for {@link everything}. To be called in `onModuleInit`.
   */
  registerClaims(source: BusySource): void {
    this.claims.push(source);
  }

  /** The busy time of these people from all sources that claim nothing; sources are asked side by side. */
  async between(userIds: readonly string[], from: Date, to: Date): Promise<BusyInterval[]> {
    return await ask(this.sources, userIds, from, to);
  }

  /** The same with what is claimed: whatever keeps these people from coming to something then. */
  async everything(userIds: readonly string[], from: Date, to: Date): Promise<BusyInterval[]> {
    return await ask([...this.sources, ...this.claims], userIds, from, to);
  }
}

async function ask(
  sources: readonly BusySource[],
  userIds: readonly string[],
  from: Date,
  to: Date,
): Promise<BusyInterval[]> {
  if (userIds.length === 0) return [];
  const answers = await Promise.all(sources.map((source) => source(userIds, from, to)));
  return answers.flat();
}
