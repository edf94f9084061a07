import { Injectable } from '@nestjs/common';
import { avatarUrl } from '../../auth/profile/avatars.js';
import { type Listed, UsersRepository } from '../../auth/users.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { fold, foldedWords } from '../../common/texts/fold.js';
import { notFound } from '../../common/problem.js';
import type { Member, MembersQuery } from '../../contracts/cohorts/cohorts.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { type MemberRow, MembershipsRepository } from './memberships.repository.js';
import { ProjectsRepository } from '../projects/projects.repository.js';

interface Entry {
  row: MemberRow;
  user: Listed;
  nameKey: string;
}

/**
 * The people of a cohort, by name. A cohort is some hundred people, so a page is found among all its members: one query for the
 * memberships, one for the people, one for the names of projects, whatever is asked.
 */
@Injectable()
export class Directory {
  constructor(
    private readonly memberships: MembershipsRepository,
    private readonly users: UsersRepository,
    private readonly projects: ProjectsRepository,
  ) {}

  async list(actor: CohortActor, query: MembersQuery): Promise<{ items: Member[]; nextCursor: string | null }> {
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2).map(String);
    const entries = (await this.entries(actor, query))
      .filter((entry) => matches(entry, query))
      .sort(byPlace)
      .filter((entry) => !after || compare(placeOf(entry), after) > 0);
    const { items, nextCursor } = pageOf(entries, query.limit, placeOf);
    return { items: await this.present(actor, items), nextCursor };
  }

  async get(actor: CohortActor, userId: string): Promise<Member> {
    const id = toId(userId);
    const row = id && (await this.memberships.find(idOf(actor.cohortId), id));
    const [user] = row ? await this.users.listed([row.userId]) : [];
    const [member] = row && user ? await this.present(actor, [{ row, user, nameKey: '' }]) : [];
    if (!member) throw notFound();
    return member;
  }

  private async entries(actor: CohortActor, query: MembersQuery): Promise<Entry[]> {
    const projectId = query.projectId === undefined ? undefined : toId(query.projectId);
    if (projectId === null) return [];
    const rows = await this.memberships.inCohort(idOf(actor.cohortId), {
      ...(query.role && { roles: [query.role] }),
      ...(projectId && { projectId }),
    });
    const users = new Map(
      (await this.users.listed(rows.map((row) => row.userId))).map((user) => [String(user._id), user]),
    );
    return rows.flatMap((row) => {
      const user = users.get(String(row.userId));
      return user ? [{ row, user, nameKey: fold(user.name) }] : [];
    });
  }

  private async present(actor: CohortActor, entries: readonly Entry[]): Promise<Member[]> {
    const names = await this.projects.names(entries.flatMap(({ row }) => row.projectId ?? []));
    const seesAll = actor.role === 'staff' || actor.role === 'admin';
    return entries.map(({ row, user }) => ({
      userId: String(user._id),
      name: user.name,
      avatarUrl: avatarUrl(user.avatar),
      role: row.role,
      craft: user.craft as Member['craft'],
      gives: user.gives,
      wants: user.wants,
      timeZone: user.timeZone,
      projectId: row.projectId ? String(row.projectId) : null,
      projectName: row.projectId ? (names.get(String(row.projectId)) ?? null) : null,
      joinedAt: row.joinedAt.toISOString(),
      ...(seesAll && {
        givenCraft: (row.craft ?? null) as Member['craft'],
        email: user.email,
        lastSeenAt: user.lastSeenAt?.toISOString() ?? null,
      }),
    }));
  }
}

/** Each word asked for begins a word of the person's name, gives or wants. */
function matches({ user }: Entry, { craft, q }: MembersQuery): boolean {
  if (craft !== undefined && user.craft !== craft) return false;
  return foldedWords([q ?? '']).every((asked) => user.words.some((word) => word.startsWith(asked)));
}

const placeOf = (entry: Entry) => [entry.nameKey, String(entry.row.userId)];
const byPlace = (a: Entry, b: Entry) => compare(placeOf(a), placeOf(b));

function compare(a: readonly string[], b: readonly string[]): number {
  const index = a[0] === b[0] ? 1 : 0;
  return (a[index] ?? '') < (b[index] ?? '') ? -1 : a[index] === b[index] ? 0 : 1;
}
