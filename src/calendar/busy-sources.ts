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

  /** To be called in `onModuleInit`. */
  register(source: BusySource): void {
    this.sources.push(source);
  }

  /** The busy time of these people from all sources; sources are asked side by side. */
  async between(userIds: readonly string[], from: Date, to: Date): Promise<BusyInterval[]> {
    if (userIds.length === 0) return [];
    const answers = await Promise.all(this.sources.map((source) => source(userIds, from, to)));
    return answers.flat();
  }
}
