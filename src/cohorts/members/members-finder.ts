import { Injectable } from '@nestjs/common';
import { avatarUrl } from '../../auth/profile/avatars.js';
import { type Listed, UsersRepository } from '../../auth/users.repository.js';
import { fold, foldedWords } from '../../common/texts/fold.js';
import { toIds } from '../../infra/mongo/ids.js';
import { MembershipsRepository } from './memberships.repository.js';

/** A member as search shows them; `words` are the folded ones of name, gives and wants, `can` is what they give and want. */
export interface MemberFound {
  userId: string;
  cohortId: string;
  name: string;
  avatarUrl: string | null;
  words: string[];
  can: string[];
  joinedAt: Date;
}

/** Members of some cohorts, for search. Cohorts are some hundred people: they are read whole. It checks nobody's rights. */
@Injectable()
export class MembersFinder {
  constructor(
    private readonly memberships: MembershipsRepository,
    private readonly users: UsersRepository,
  ) {}

  /** The members of these cohorts now, each person once. */
  async in(cohortIds: readonly string[]): Promise<MemberFound[]> {
    const rows = await this.memberships.inCohorts(toIds(cohortIds), { ended: false });
    const users = await this.usersOf(rows.map((row) => String(row.userId)));
    const found = new Map<string, MemberFound>();
    for (const { userId, cohortId, joinedAt } of rows) {
      const user = users.get(String(userId));
      if (!user || found.has(String(userId))) continue;
      found.set(String(userId), {
        userId: String(userId),
        cohortId: String(cohortId),
        name: user.name,
        avatarUrl: avatarUrl(user.avatar),
        words: user.words,
        can: [...user.gives, ...user.wants],
        joinedAt,
      });
    }
    return [...found.values()];
  }

  /**
   * By each of these names the ids of those whose own has words that begin so, among who is or was a member of these cohorts and some others; who left has
   * written, too. A whole name beats beginnings. The people are read once for all names.
   */
  async named(
    names: readonly string[],
    cohortIds: readonly string[],
    otherIds: readonly string[],
  ): Promise<Map<string, string[]>> {
    if (names.length === 0) return new Map();
    const rows = await this.memberships.inCohorts(toIds(cohortIds), { ended: true });
    const faces = await this.users.faces([...new Set([...rows.map((row) => String(row.userId)), ...otherIds])]);
    const people = faces.map(({ _id, name }) => ({ id: String(_id), whole: fold(name), words: foldedWords([name]) }));
    return new Map(
      names.map((name) => {
        const asked = foldedWords([name]);
        const fitting = people.filter(
          ({ words }) => asked.length > 0 && asked.every((word) => words.some((one) => one.startsWith(word))),
        );
        const whole = fitting.filter((one) => one.whole === fold(name.trim()));
        return [name, (whole.length > 0 ? whole : fitting).map(({ id }) => id)];
      }),
    );
  }

  private async usersOf(userIds: readonly string[]): Promise<Map<string, Listed>> {
    const rows = await this.users.listed(toIds([...new Set(userIds)]));
    return new Map(rows.map((row) => [String(row._id), row]));
  }
}
