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
   * The ids of those whose name has words that begin so, among who is or was a member of these cohorts and some others; who left has
   * written, too. A whole name beats beginnings.
   */
  async named(
    name: string,
    cohortIds: readonly string[],
    otherIds: readonly string[],
    most: number,
  ): Promise<string[]> {
    const asked = foldedWords([name]);
    if (asked.length === 0) return [];
    const rows = await this.memberships.inCohorts(toIds(cohortIds), { ended: true });
    const users = await this.usersOf([...rows.map((row) => String(row.userId)), ...otherIds]);
    const fitting = [...users.values()].filter(({ name: own }) => {
      const words = foldedWords([own]);
      return asked.every((word) => words.some((one) => one.startsWith(word)));
    });
    const whole = fitting.filter((user) => fold(user.name) === fold(name.trim()));
    return (whole.length > 0 ? whole : fitting).slice(0, most).map((user) => String(user._id));
  }

  private async usersOf(userIds: readonly string[]): Promise<Map<string, Listed>> {
    const rows = await this.users.listed(toIds([...new Set(userIds)]));
    return new Map(rows.map((row) => [String(row._id), row]));
  }
}
