import { randomBytes } from 'node:crypto';
import { Types } from 'mongoose';
import { Temporal } from 'temporal-polyfill';
import { AccessTokens } from '../../src/auth/tokens/access-tokens.js';
import { hashPassword } from '../../src/auth/logins/passwords.js';
import { UsersRepository } from '../../src/auth/users.repository.js';
import { CohortsRepository } from '../../src/cohorts/cohorts.repository.js';
import { MembershipsRepository } from '../../src/cohorts/members/memberships.repository.js';
import type { Craft, Role } from '../../src/contracts/roles.js';
import { EventBus } from '../../src/infra/events/event-bus.js';
import { Transactions } from '../../src/infra/mongo/transactions.js';
import { Outbox } from '../../src/infra/outbox/outbox.js';
import { memberJoined } from '../../src/cohorts/cohorts.events.js';
import { type Client, clientOf } from './client.js';
import type { TestWorld } from './app.js';

export const PASSWORD = 'a long enough password';
let passwordHash: Promise<string> | undefined;

/** A signed-in person of a test, with a client that speaks for them. */
export interface TestPerson {
  id: string;
  name: string;
  email: string;
  token: string;
  client: Client;
  /** The cohort in which they were made a member: what they upload is for there. */
  cohortId?: string;
}

export interface NewPerson {
  name?: string;
  email?: string;
  isAdmin?: boolean;
  locale?: 'en' | 'fr';
  timeZone?: string;
  craft?: Craft;
  gives?: string[];
  wants?: string[];
}

/** A person with an account, signed in (by a token of their own, without a login row). */
export async function aPerson(world: TestWorld, options: NewPerson = {}): Promise<TestPerson> {
  passwordHash ??= hashPassword(PASSWORD);
  const tag = randomBytes(4).toString('hex');
  const name = options.name ?? `Person ${tag}`;
  const email = options.email ?? `p${tag}@people.test`;
  const id = String(
    await world.app.get(UsersRepository).insert({
      locale: 'en',
      timeZone: 'Europe/Paris',
      ...options,
      name,
      email,
      passwordHash: await passwordHash,
      createdAt: world.clock.now(),
    }),
  );
  const token = await aTokenOf(world, id, options.isAdmin);
  return { id, name, email, token, client: clientOf(world.url, token) };
}

/** A token of a login of its own: the same person on another device. */
export async function aTokenOf(world: TestWorld, userId: string, isAdmin = false): Promise<string> {
  const signed = await world.app
    .get(AccessTokens)
    .sign({ userId, loginId: String(new Types.ObjectId()), isAdmin }, 'api');
  return signed.token;
}

/** Ten months: September 2026 to June 2027, or such that the clock stands in the second of them when those are over. */
function residencyAt(now: Date) {
  const today = Temporal.PlainDate.from(now.toISOString().slice(0, 10));
  const usual = Temporal.PlainDate.from('2026-09-01');
  const isOver = Temporal.PlainDate.compare(today, usual.add({ months: 10 })) >= 0;
  const start = isOver ? today.with({ day: 1 }).subtract({ months: 1 }) : usual;
  const span = (from: number, to: number) => ({
    startsOn: start.add({ months: from }).toString(),
    endsOn: start.add({ months: to }).subtract({ days: 1 }).toString(),
  });
  return {
    ...span(0, 10),
    phases: [
      { key: 'discover', name: null, ...span(0, 2) },
      { key: 'build', name: null, ...span(2, 5) },
      { key: 'deploy', name: null, ...span(5, 8) },
      { key: 'handover', name: null, ...span(8, 10) },
    ],
  };
}

/** A country of which no holiday is known: for cohorts of tests that plan days ahead of the one on which they run, whichever that is. */
export const NO_HOLIDAYS = 'XX';

/** A running cohort without people, in Paris; see {@link residencyAt}. */
export async function aCohort(
  world: TestWorld,
  options: { name?: string; timeZone?: string; country?: string } = {},
): Promise<string> {
  const _id = new Types.ObjectId();
  const { phases, ...days } = residencyAt(world.clock.now());
  await world.app.get(CohortsRepository).insert({
    _id,
    name: options.name ?? 'Cohort 7',
    color: 'bruyere',
    ...days,
    timeZone: options.timeZone ?? 'Europe/Paris',
    locale: 'fr',
    country: options.country ?? 'FR',
    phases: phases as never,
    meeting: { kind: 'jitsi', pattern: 'https://meet.example/{session}' },
    createdAt: world.clock.now(),
  });
  return String(_id);
}

/** A new person who is a member, as what they say of themselves: staff gave them their craft. What a join tells is told, too. */
export async function aMember(
  world: TestWorld,
  cohortId: string,
  role: Role,
  options: NewPerson & { projectId?: string } = {},
): Promise<TestPerson> {
  const { projectId, ...person } = options;
  const member = await aPerson(world, person);
  await join(world, cohortId, member.id, role, projectId, person.craft);
  return { ...member, cohortId };
}

/** Makes somebody a member. */
export async function join(
  world: TestWorld,
  cohortId: string,
  userId: string,
  role: Role,
  projectId?: string,
  craft?: Craft,
): Promise<void> {
  const joining = { cohortId, userId, role, projectId: projectId ?? null };
  const membership = {
    cohortId: new Types.ObjectId(cohortId),
    userId: new Types.ObjectId(userId),
    role,
    projectId: projectId ? new Types.ObjectId(projectId) : null,
    craft: craft ?? null,
    joinedAt: world.clock.now(),
  };
  await world.app.get(Transactions).run(async (session) => {
    await world.app.get(MembershipsRepository).join(membership, session);
    await world.app.get(Outbox).write(memberJoined, joining, session);
  });
  world.app.get(EventBus).publish(memberJoined, joining);
  await world.settled();
}
