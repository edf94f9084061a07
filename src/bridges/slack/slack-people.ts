import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { type Placeholder, UsersRepository, placeholderOfMail } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock } from '../../common/times/clock.js';
import { beginningOf } from '../../common/texts/cut.js';
import { Email } from '../../contracts/primitives.js';
import { idOf } from '../../infra/mongo/ids.js';
import type { SlackMessage, SlackUser } from './slack-shapes.js';

/** Somebody of the workspace, as far as they are needed. */
export interface SlackPerson {
  id: string;
  name: string;
  /** What they are known by when nobody of the cohort has their address. */
  placeholderFor: string;
  email: string | null;
}

const LONGEST_NAME = 80;
const SOMEBODY = 'Slack user';

/** A person from the list of the workspace, else from what a message says of its author. */
export function slackPersonOf(
  id: string,
  user: SlackUser | undefined,
  seen?: SlackMessage['user_profile'],
): SlackPerson {
  const profile = user?.profile;
  const names = [profile?.real_name, user?.real_name, profile?.display_name, user?.name];
  const name = [...names, seen?.real_name, seen?.display_name, seen?.name].find((one) => one?.trim()) ?? SOMEBODY;
  const email = Email.safeParse(profile?.email ?? '').data ?? null;
  return {
    id,
    name: beginningOf(name.trim(), LONGEST_NAME),
    email,
    placeholderFor: email ? placeholderOfMail(email) : `slack:${user?.team_id ?? ''}:${id}`,
  };
}

/** Who of a workspace is who of a cohort: by mail address; who is not found gets a placeholder of this cohort. */
@Injectable()
export class SlackPeople {
  constructor(
    private readonly users: UsersRepository,
    private readonly members: Members,
    private readonly clock: Clock,
  ) {}

  /**
   * The members of the cohort among these people, by their id at Slack. Only members: an import must not tell who else has an account.
   */
  async matched(cohortId: string, people: readonly SlackPerson[]): Promise<Map<string, Types.ObjectId>> {
    const rows = await this.users.byEmails(people.flatMap(({ email }) => email ?? []));
    const inCohort = await this.members.list(cohortId, { userIds: rows.map(({ _id }) => String(_id)) });
    const isMember = new Set(inCohort.map(({ userId }) => userId));
    const byMail = new Map(rows.filter(({ _id }) => isMember.has(String(_id))).map((row) => [row.email, row._id]));
    return new Map(
      people.flatMap(({ id, email }) => {
        const userId = email === null ? undefined : byMail.get(email);
        return userId ? [[id, userId] as const] : [];
      }),
    );
  }

  /** All of these people, with placeholders for who is not matched. Throws where somebody neither is a member nor keeps a placeholder: to be tried again. */
  async ensured(cohortId: string, people: readonly SlackPerson[]): Promise<Map<string, Types.ObjectId>> {
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
    if (came.size < lost.length) throw new Error(`${lost.length - came.size} people of the workspace have no account`);
    return new Map([...matched, ...came]);
  }
}
