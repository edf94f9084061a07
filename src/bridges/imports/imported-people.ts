import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { type Placeholder, UsersRepository } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock } from '../../common/times/clock.js';
import { idOf } from '../../infra/mongo/ids.js';

/** Somebody of where it was written, as far as they are needed. */
export interface ImportedPerson {
  id: string;
  name: string;
  /** What they are known by when nobody of the cohort has their address. */
  placeholderFor: string;
  email: string | null;
}

/** Who of elsewhere is who of a cohort: by mail address; who is not found gets a placeholder of this cohort. */
@Injectable()
export class ImportedPeople {
  constructor(
    private readonly users: UsersRepository,
    private readonly members: Members,
    private readonly clock: Clock,
  ) {}

  /**
   * The members of the cohort among these people, by their id there. Only members, since an import must not tell who else has an account, and only those who
   * have shown that the address is theirs: for all others a placeholder stands until they do (`found-people.ts`).
   */
  async matched(cohortId: string, people: readonly ImportedPerson[]): Promise<Map<string, Types.ObjectId>> {
    const owners = await this.users.ownersOf(people.flatMap(({ email }) => email ?? []));
    const inCohort = await this.members.list(cohortId, { userIds: [...owners.values()].map(String) });
    const isMember = new Set(inCohort.map(({ userId }) => userId));
    const byMail = new Map([...owners].filter(([, userId]) => isMember.has(String(userId))));
    return new Map(
      people.flatMap(({ id, email }) => {
        const userId = email === null ? undefined : byMail.get(email);
        return userId ? [[id, userId] as const] : [];
      }),
    );
  }

  /** All of these people, with placeholders for who is not matched. Throws where somebody neither is a member nor keeps a placeholder: to be tried again. */
  async ensured(cohortId: string, people: readonly ImportedPerson[]): Promise<Map<string, Types.ObjectId>> {
    const matched = await this.matched(cohortId, people);
    const others = people.filter(({ id }) => !matched.has(id));
    const distinct = new Map<string, Placeholder>(
      others.map(({ placeholderFor, name }) => [placeholderFor, { placeholderFor, name }]),
    );
    const placeholders = await this.users.placeholders(idOf(cohortId), [...distinct.values()], this.clock.now());
    for (const { id, placeholderFor } of others) {
      const userId = placeholders.get(placeholderFor);
      if (userId) matched.set(id, userId);
    }
    const lost = others.filter(({ id }) => !matched.has(id));
    if (lost.length === 0) return matched;
    // Who accepted an invitation at that moment is a member by now, and has no placeholder any more.
    const came = await this.matched(cohortId, lost);
    if (came.size < lost.length) throw new Error(`${lost.length - came.size} people of the import have no account`);
    return new Map([...matched, ...came]);
  }
}
