import { getModelToken } from '@nestjs/mongoose';
import { type Model, Types } from 'mongoose';
import { ReminderAlarms } from '../../../src/reminders/reminder-alarms.js';
import { ReminderPlanner } from '../../../src/reminders/planning/reminder-planner.js';
import type { ReminderRow } from '../../../src/reminders/reminder.schema.js';
import type { TestWorld } from '../app.js';

const HOUR = 3_600_000;
const KIND = 'workshop.1h';
const OPEN = ['planned', 'sending', 'handing'];

/** Reminders of one workshop, all due at one instant. */
export interface Wave {
  workshopId: Types.ObjectId;
  dueAt: number;
}

/** What became of some waves, with all that must not be. */
export interface Outcome {
  rows: number;
  sent: number;
  /** By the reason their rows give. */
  failed: Record<string, number>;
  twice: string[];
  /** Said to be sent, without a mail. */
  lost: string[];
  open: string[];
  otherwise: string[];
}

/** Members who registered for nothing yet: no event is published, so nothing else starts to work. */
export async function manyFellows(world: TestWorld, cohortId: string, count: number): Promise<Types.ObjectId[]> {
  const createdAt = new Date();
  const [users, memberships] = ['User', 'Membership'].map((name) => world.app.get<Model<unknown>>(getModelToken(name)));
  const people = Array.from({ length: count }, () => {
    const _id = new Types.ObjectId();
    return {
      _id,
      email: `f${String(_id)}@people.test`,
      name: 'A fellow',
      locale: 'en',
      timeZone: 'Europe/Paris',
      createdAt,
    };
  });
  await users!.insertMany(people);
  const cohort = new Types.ObjectId(cohortId);
  await memberships!.insertMany(
    people.map(({ _id }) => ({ cohortId: cohort, userId: _id, role: 'fellow', joinedAt: createdAt })),
  );
  return people.map(({ _id }) => _id);
}

/** A workshop to which these go, in an hour from `dueAt`, planned and armed: each is reminded of it at `dueAt`. */
export async function aWave(
  world: TestWorld,
  cohortId: string,
  going: readonly Types.ObjectId[],
  dueAt: number,
): Promise<Wave> {
  const now = new Date();
  world.clock.set(now);
  const [workshops, registrations] = ['Workshop', 'Registration'].map((name) =>
    world.app.get<Model<unknown>>(getModelToken(name)),
  );
  const workshopId = new Types.ObjectId();
  const cohort = new Types.ObjectId(cohortId);
  const startsAt = new Date(dueAt + HOUR);
  await workshops!.create({
    ...{ _id: workshopId, cohortId: cohort, title: 'A workshop', kind: 'workshop', tags: [], timeZone: 'Europe/Paris' },
    ...{ startsAt, endsAt: new Date(dueAt + 2 * HOUR), capacity: going.length, hosts: [], materials: [] },
    ...{ status: 'published', words: [], createdBy: new Types.ObjectId(), createdAt: now, changedAt: now },
    ...{ going: { onsite: going.length, online: 0 }, waitlisted: {}, offered: {} },
  });
  await registrations!.insertMany(
    going.map((userId, order) => ({
      ...{ cohortId: cohort, workshopId, userId, status: 'going', mode: 'onsite', order },
      ...{ registeredAt: now, changedAt: now, startsAt },
    })),
  );
  await world.app.get(ReminderPlanner).plan([{ type: 'workshop', id: String(workshopId), cohortId }]);
  await world.app.get(ReminderAlarms).arm();
  return { workshopId, dueAt };
}

/** The rows of some waves. */
export async function rowsOfWaves(world: TestWorld, waves: readonly Wave[]): Promise<ReminderRow[]> {
  return await world.db
    .collection<ReminderRow>('reminders')
    .find({ 'subject.id': { $in: waves.map(({ workshopId }) => workshopId) }, kind: KIND })
    .toArray();
}

/** Looks at the rows of some waves and at the mails that the server has. */
export async function outcomeOf(world: TestWorld, waves: readonly Wave[]): Promise<Outcome> {
  const mails = new Map<string, number>();
  for (const { messageId = '' } of world.mail.mails) mails.set(messageId, (mails.get(messageId) ?? 0) + 1);
  const rows = await rowsOfWaves(world, waves);
  const mailsOf = ({ _id }: ReminderRow) => mails.get(`<reminder-${String(_id)}@cordee.test>`) ?? 0;
  const ids = (which: (row: ReminderRow) => boolean) => rows.filter(which).map(({ _id }) => String(_id));
  const failed: Record<string, number> = {};
  for (const { because } of rows.filter(({ state }) => state === 'failed'))
    failed[because ?? 'for no reason'] = (failed[because ?? 'for no reason'] ?? 0) + 1;
  return {
    rows: rows.length,
    sent: ids(({ state }) => state === 'sent').length,
    failed,
    twice: ids((row) => mailsOf(row) > 1),
    lost: ids((row) => row.state === 'sent' && mailsOf(row) === 0),
    open: ids(({ state }) => OPEN.includes(state)),
    otherwise: ids(({ state }) => ![...OPEN, 'sent', 'failed'].includes(state)),
  };
}
