import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { Person } from '../contracts/primitives.js';
import { toId, toIds } from '../infra/mongo/ids.js';
import { avatarUrl } from './profile/avatars.js';
import { UsersRepository } from './users.repository.js';

/** Faces and names of people, for replies that name ids. */
@Injectable()
export class People {
  constructor(private readonly users: UsersRepository) {}

  /** The people of these ids, in their order, without doubles; unknown ones are left out. */
  async faces(userIds: readonly string[]): Promise<Person[]> {
    const byId = await this.byId(userIds);
    return [...new Set(userIds)].flatMap((id) => byId.get(id) ?? []);
  }

  /** Null for who has said none. */
  async craftOf(userId: string): Promise<string | null> {
    const id = toId(userId);
    return id ? ((await this.users.crafts([id])).get(String(id)) ?? null) : null;
  }

  /** The crafts of some people, by id; null for who has said none. */
  async craftsOf(userIds: readonly string[]): Promise<Map<string, string | null>> {
    return await this.users.crafts(toIds(userIds));
  }

  /** The same as a map, for many rows at once. */
  async byId(userIds: readonly string[]): Promise<Map<string, Person>> {
    const distinct = [...new Set(userIds)];
    const rows = distinct.length > 0 ? await this.users.faces(distinct) : [];
    return new Map(
      rows.map((row) => [String(row._id), { id: String(row._id), name: row.name, avatarUrl: avatarUrl(row.avatar) }]),
    );
  }

  /** Whether the topics that a person reads or writes in are to be followed by themselves. */
  async tracksTopics(userId: Types.ObjectId): Promise<boolean> {
    return !(await this.users.hasChosen(userId, 'tracksNoTopics'));
  }

  /** Until when what was made in the name of a person may be another's, as `isTheirs` asks; null where that never happened. */
  async disputedUntil(userId: string): Promise<Date | null> {
    return (await this.disputed([userId])).get(userId) ?? null;
  }

  /** The same of many, by id, without those to whom it never happened. One query. */
  async disputed(userIds: readonly string[]): Promise<Map<string, Date>> {
    return await this.users.disputedUntil(toIds([...new Set(userIds)]));
  }

  /**
   * Takes a person's row into a transaction, so that two acts that both count what this person has come one after the other: of two at once the
   * database ends one, and it counts anew.
   */
  async hold(userId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.users.hold(userId, session);
  }
}
