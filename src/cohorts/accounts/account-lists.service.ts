import { Injectable } from '@nestjs/common';
import { AccountActs } from '../../auth/accounts/account-acts.repository.js';
import { type AccountRow, AccountsRepository } from '../../auth/accounts/accounts.repository.js';
import { avatarUrl } from '../../auth/profile/avatars.js';
import { People } from '../../auth/people.js';
import type { Actor } from '../../common/actor.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { notFound } from '../../common/problem.js';
import type { Account, AccountAct, AccountCohort, AccountsQuery } from '../../contracts/auth/accounts.js';
import type { PageQuery } from '../../contracts/primitives.js';
import { toId } from '../../infra/mongo/ids.js';
import type { CohortRow } from '../cohort.schema.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import { type SuspendedRow, SuspensionsRepository } from './suspensions.repository.js';

/** The accounts of the installation and what was done with them, for its admins. Each page is a handful of queries, whoever is on it. */
@Injectable()
export class AccountLists {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly acts: AccountActs,
    private readonly suspensions: SuspensionsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly people: People,
  ) {}

  async page(actor: Actor, query: AccountsQuery): Promise<{ items: Account[]; nextCursor: string | null }> {
    const rows = await this.accounts.page(query, placeOf(query), query.limit + 1);
    const { items, nextCursor } = pageOf(rows, query.limit, (row) => [String(row._id)]);
    return { items: await this.present(actor, items), nextCursor };
  }

  /** Throws 404. */
  async get(actor: Actor, userId: string): Promise<Account> {
    const id = toId(userId);
    const row = id && (await this.accounts.byId(id));
    const [account] = row ? await this.present(actor, [row]) : [];
    if (!account) throw notFound();
    return account;
  }

  /** What was done with accounts, the latest first. */
  async log(query: PageQuery): Promise<{ items: AccountAct[]; nextCursor: string | null }> {
    const rows = await this.acts.page(placeOf(query), query.limit + 1);
    const { items, nextCursor } = pageOf(rows, query.limit, (row) => [String(row._id)]);
    const [faces, cohorts] = await Promise.all([
      this.people.byId(items.flatMap((row) => [row.userId, ...(row.byId ? [row.byId] : [])]).map(String)),
      this.cohorts.byIds(items.flatMap((row) => row.cohortId ?? [])),
    ]);
    return {
      nextCursor,
      items: items.map((row) => ({
        id: String(row._id),
        at: row.at.toISOString(),
        by: faces.get(String(row.byId)) ?? null,
        person: faces.get(String(row.userId)) ?? null,
        act: row.act,
        reason: row.reason ?? null,
        cohortName: cohorts.find((one) => row.cohortId && one._id.equals(row.cohortId))?.name ?? null,
      })),
    };
  }

  private async present(actor: Actor, rows: readonly AccountRow[]): Promise<Account[]> {
    const belongings = await this.suspensions.ofPeople(rows.map((row) => row._id));
    const [cohorts, counts, faces] = await Promise.all([
      this.cohorts.byIds(belongings.map((one) => one.cohortId)),
      this.memberships.counts(belongings.filter((one) => one.role === 'staff').map((one) => one.cohortId)),
      this.people.byId(rows.flatMap((row) => (row.ended?.byId ? [String(row.ended.byId)] : []))),
    ]);
    const byId = new Map(cohorts.map((cohort) => [String(cohort._id), cohort]));
    const staff = new Map(
      counts.filter(({ role }) => role === 'staff').map(({ cohortId, count }) => [String(cohortId), count]),
    );
    const admins = actor.isAdmin;
    return rows.map((row) => {
      const isEnded = Boolean(row.ended);
      return {
        id: String(row._id),
        name: row.name,
        avatarUrl: avatarUrl(row.avatar),
        email: row.email,
        isAdmin: row.isAdmin,
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
        ended: row.ended
          ? {
              at: row.ended.at.toISOString(),
              by: faces.get(String(row.ended.byId))?.name ?? null,
              reason: row.ended.reason ?? null,
            }
          : null,
        cohorts: belongings
          .filter((one) => one.userId.equals(row._id))
          .flatMap((one) => cohortOf(one, byId.get(String(one.cohortId)), staff)),
        abilities: {
          deactivate: admins && !isEnded && String(row._id) !== actor.userId,
          reactivate: admins && isEnded,
          makeAdmin: admins && !isEnded && !row.isAdmin && !row.unconfirmedIn,
          takeAdmin: admins && row.isAdmin,
        },
      };
    });
  }
}

function cohortOf(
  { role, endedAt }: SuspendedRow,
  cohort: CohortRow | undefined,
  staff: ReadonlyMap<string, number>,
): AccountCohort[] {
  if (!cohort) return [];
  const cohortId = String(cohort._id);
  const isOnlyStaff = endedAt === null && role === 'staff' && staff.get(cohortId) === 1;
  return [{ cohortId, name: cohort.name, color: cohort.color, state: cohort.state, role, isOnlyStaff }];
}

const placeOf = ({ cursor }: PageQuery) => (cursor === undefined ? null : toId(String(decodeCursor(cursor, 1)[0])));
