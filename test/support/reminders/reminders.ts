import { Types } from 'mongoose';
import type { ParsedMail } from 'mailparser';
import { Deliveries } from '../../../src/infra/deliveries/deliveries.js';
import { ReminderEngine } from '../../../src/reminders/reminder-engine.js';
import { CohortPlanner } from '../../../src/reminders/planning/cohort-planner.js';
import type { ReminderRow } from '../../../src/reminders/reminder.schema.js';
import type { TestWorld } from '../app.js';
import { eventually } from '../eventually.js';
import type { TestPerson } from '../factories.js';
import { followOutbox } from '../outbox.js';

/** Lets the clockwork of all nodes turn once, at the same time; what an alarm or a beat is sending meanwhile is sent, too. */
export async function tick(world: TestWorld): Promise<void> {
  await Promise.all(world.nodes.map((node) => node.app.get(ReminderEngine).tick()));
  await nothingInFlight(world);
  await Promise.all(world.nodes.map((node) => node.app.get(Deliveries).turn()));
}

/** Lets time pass until an instant: the clockwork turns at each time at which a reminder is or ever was due, and at the end. */
export async function liveUntil(world: TestWorld, until: string | Date): Promise<void> {
  const end = new Date(until);
  while (world.clock.now() < end) {
    const [next] = await world.db
      .collection<ReminderRow>('reminders')
      .find({ _id: { $exists: true }, dueAt: { $gt: world.clock.now(), $lt: end } }, { projection: { dueAt: 1 } })
      .toArray()
      .then((rows) => rows.map((row) => row.dueAt).sort((a, b) => a.getTime() - b.getTime()));
    world.clock.set(next ?? end);
    await tick(world);
  }
}

/** Waits until all that facts of the outbox ask for is planned. */
export async function allPlanned(world: TestWorld): Promise<void> {
  await world.settled();
  await followOutbox(world);
}

/** What the night does for a cohort: its plan is compared with what must be. */
export async function compareAtNight(world: TestWorld, cohortId: string): Promise<void> {
  await world.app.get(CohortPlanner).plan(cohortId);
}

/** What is the installation's, not of its people. */
const KEPT = ['leases', 'migrations', 'secrets', 'turns'];

/** All that earlier tests of a file made is gone: the clock that turns for one would else turn for all before it. */
export async function forgetAll(world: TestWorld): Promise<void> {
  await allPlanned(world);
  await nothingInFlight(world);
  const collections = (await world.db.listCollections()).filter(({ name }) => !KEPT.includes(name));
  await Promise.all(collections.map(({ name }) => world.db.collection(name).deleteMany({ _id: { $exists: true } })));
}

/** Alarms send, too: waits until none is under way, so that the clock does not jump over a lease. */
export async function nothingInFlight(world: TestWorld): Promise<void> {
  const rows = world.db.collection<ReminderRow>('reminders');
  await eventually(async () => {
    expect(await rows.countDocuments({ wakeAt: { $gte: new Date(0) }, state: { $in: ['sending', 'handing'] } })).toBe(
      0,
    );
  });
}

/** Share their id with what they come after. */
const AFTERWARDS = ['feedback', 'notes'] as const;

/** The rows of a subject, by kind and time; those that come after it only when asked for by `type`. */
export async function rowsOf(
  world: TestWorld,
  subjectId: string,
  type?: ReminderRow['subject']['type'],
): Promise<ReminderRow[]> {
  const rows = await world.db
    .collection<ReminderRow>('reminders')
    .find({ 'subject.id': new Types.ObjectId(subjectId), 'subject.type': type ?? { $nin: AFTERWARDS } })
    .toArray();
  return rows.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

/** Waits until so many rows of a subject are in a state. */
export async function rowsIn(
  world: TestWorld,
  subjectId: string,
  state: string,
  count: number,
): Promise<ReminderRow[]> {
  return await eventually(async () => {
    const rows = (await rowsOf(world, subjectId)).filter((row) => row.state === state);
    expect(rows).toHaveLength(count);
    return rows;
  });
}

/** The reminders (by their Message-ID) that an address was sent. */
export const remindersTo = (world: TestWorld, address: string): ParsedMail[] =>
  world.mail.mails.filter(
    (mail) =>
      mail.messageId?.startsWith('<reminder-') &&
      [mail.to ?? []].flat().some((to) => to.value.some((one) => one.address === address)),
  );

/** Switches off all reminders of a cohort but those of some subjects, so that a test sees only what it is about. */
export async function remindOnlyOf(
  staff: TestPerson,
  cohortId: string,
  ...subjects: ReminderRow['subject']['type'][]
): Promise<void> {
  const path = `/api/cohorts/${cohortId}/reminders/ladder`;
  const { revision, rungs } = (await staff.client.get(path)).body;
  const off = rungs
    .filter((rung: { subject: ReminderRow['subject']['type'] }) => !subjects.includes(rung.subject))
    .map(({ kind, count, channels, text }: Record<string, unknown>) => ({ kind, count, channels, text, on: false }));
  expect((await staff.client.put(path, { revision, rungs: off })).status).toBe(200);
}
