import { Injectable } from '@nestjs/common';
import { avatarUrl } from '../../auth/profile/avatars.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { PersonCard } from '../../contracts/bridges/link-cards.js';
import { idOf, toId, toIds } from '../../infra/mongo/ids.js';
import { type CardSource, type CohortThing, type LinkReader, placeOf } from './card-source.js';

/** The people of a cohort, for all its members. */
@Injectable()
export class PersonCards implements CardSource {
  readonly kind = 'person';

  constructor(
    private readonly members: Members,
    private readonly users: UsersRepository,
  ) {}

  async of(_reader: LinkReader, links: readonly CohortThing[]) {
    const pairs = links.flatMap(({ cohortId, id }) => {
      const userId = toId(id);
      return userId ? [{ cohortId: idOf(cohortId), userId }] : [];
    });
    const found = [...(await this.members.findAll(pairs)).values()];
    const rows = await this.users.listed(toIds([...new Set(found.map(({ userId }) => userId))]));
    const listed = new Map(rows.map((row) => [String(row._id), row]));
    return new Map(
      found.flatMap(({ cohortId, userId, role }) => {
        const user = listed.get(userId);
        if (!user) return [];
        const { name, avatar, craft } = user;
        const person = { id: userId, cohortId, name, avatarUrl: avatarUrl(avatar), role, craft } as PersonCard;
        return [[placeOf(person), { kind: 'person', person } as const] as const];
      }),
    );
  }
}
