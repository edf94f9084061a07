import { Types } from 'mongoose';
import type { ReminderRow } from '../../../src/reminders/reminder.schema.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { allPlanned, compareAtNight, tick } from '../../support/reminders/reminders.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { leavesUnheard } from '../../support/rooms/leaving.js';
import { aRequest } from '../../support/rooms/requests.js';
import { MEETING, aWorkshop, seriesOf } from '../../support/rooms/workshops.js';

/** All that a plan depends on is in the outbox with its act: it follows though the process dies right after, and the night finds nothing to do. */
let world: TestWorld;
let cohort: string;
let base: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;

beforeAll(async () => (world = await startWorld()));
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}`;
  staff = await aMember(world, cohort, 'staff');
  coach = await aCoach(world, cohort);
  fellow = await aMember(world, cohort, 'fellow', { craft: 'designer' });
});

/** What is planned in the cohort. */
async function plan(): Promise<string[]> {
  const rows = await world.db
    .collection<ReminderRow>('reminders')
    .find({ cohortId: new Types.ObjectId(cohort), dueAt: { $gte: new Date(0) }, state: 'planned' })
    .toArray();
  return rows
    .map(({ kind, userId, subject, dueAt, title, why, channels }) =>
      [kind, userId, subject.id, subject.revision, dueAt.toISOString(), title, why, channels].join(' '),
    )
    .sort();
}

type Answer = Promise<{ status: number; body?: any }>;
/** Prepares what is acted on; what it returns is the act. */
type Acting = () => Promise<() => Answer | Promise<unknown>>;

const aPlace = async (more: Record<string, unknown> = {}) => {
  const workshop = await aWorkshop(staff, cohort, { link: MEETING, ...more });
  expect((await fellow.client.put(`${workshop.path}/registration`, {})).status).toBe(200);
  return workshop;
};
const booked = async () => {
  const { id } = await aSession(cohort, fellow, coach.id, '2026-10-19T07:00:00.000Z');
  return `${base}/sessions/${id}`;
};
const aQuestion = async () => {
  const asked = await staff.client.post(`${base}/topics`, { title: 'Which grid?', body: 'How?', tags: ['designer'] });
  expect(asked.status).toBe(201);
  return `${base}/topics/${asked.body.id}`;
};
const attended = async () => {
  const { path } = await aPlace();
  world.clock.set('2026-10-15T10:00:00.000Z');
  return { path, mark: { userId: fellow.id, status: 'attended' } };
};
const aMilestone = async () =>
  `${base}/milestones/${(await staff.client.post(`${base}/milestones`, { title: 'Demo', on: '2026-12-01' })).body.id}`;
const anAction = async () => {
  const path = await booked();
  const action = { text: 'Watch three people', ownerId: fellow.id, dueOn: '2026-11-20' };
  const made = await coach.client.post(`${path}/actions`, action);
  expect(made.status).toBe(201);
  return `${path}/actions/${made.body.id}`;
};

const acts: [string, Acting][] = [
  [
    'somebody joins a workshop',
    async () => {
      const { path } = await aWorkshop(staff, cohort, { link: MEETING });
      return () => fellow.client.put(`${path}/registration`, {});
    },
  ],
  [
    'they leave it',
    async () => {
      const { path } = await aPlace();
      return () => fellow.client.delete(`${path}/registration`);
    },
  ],
  [
    'it gets another title',
    async () => {
      const { path } = await aPlace();
      return () => staff.client.patch(path, { title: 'Another walk' });
    },
  ],
  [
    'it moves',
    async () => {
      const { path } = await aPlace();
      return () =>
        staff.client.patch(path, { startsAt: '2026-10-16T08:00:00.000Z', endsAt: '2026-10-16T10:30:00.000Z' });
    },
  ],
  [
    'it is called off',
    async () => {
      const { path } = await aPlace();
      return () => staff.client.post(`${path}/cancel`, { reason: 'The room is closed.' });
    },
  ],
  [
    'a series of them is published',
    async () => {
      const made = await staff.client.post(`${base}/workshop-series`, seriesOf({ hosts: [coach.id] }));
      expect(made.status).toBe(201);
      return () => staff.client.post(`${base}/workshop-series/${made.body.id}/publish`, {});
    },
  ],
  [
    'it is said who was there',
    async () => {
      const { path, mark } = await attended();
      return () => staff.client.post(`${path}/attendance`, mark);
    },
  ],
  [
    'somebody says how it was',
    async () => {
      const { path, mark } = await attended();
      await staff.client.post(`${path}/attendance`, mark);
      world.clock.set('2026-10-15T10:40:00.000Z');
      return () => fellow.client.post(`${path}/feedback`, { rating: 4, comment: '' });
    },
  ],
  [
    'a session is cancelled',
    async () => {
      const path = await booked();
      return () => coach.client.post(`${path}/cancel`, { reason: 'I am ill' });
    },
  ],
  [
    'notes of one are written',
    async () => {
      const path = await booked();
      world.clock.set('2026-10-19T08:00:00.000Z');
      return () => coach.client.post(`${path}/notes`, { body: 'It went well.', audience: 'me' });
    },
  ],
  [
    'an action gets another day',
    async () => {
      const path = await anAction();
      return () => fellow.client.patch(path, { dueOn: '2026-11-27' });
    },
  ],
  [
    'an action is done',
    async () => {
      const path = await anAction();
      return () => fellow.client.patch(path, { state: 'done' });
    },
  ],
  ['help is asked for', () => Promise.resolve(() => aRequest(cohort, fellow, { ownerId: coach.id }))],
  ['a question is asked', () => Promise.resolve(aQuestion)],
  [
    'it is answered',
    async () => {
      const path = await aQuestion();
      return () => fellow.client.post(`${path}/posts`, { body: 'This one.' });
    },
  ],
  [
    'somebody wants to hear no more of it',
    async () => {
      const path = await aQuestion();
      return () => fellow.client.put(`${path}/subscription`, { level: 'muted' });
    },
  ],
  [
    'somebody wants to hear of nothing in the forum',
    async () => {
      await aQuestion();
      return () => fellow.client.put(`${base}/forum/subscription`, { level: 'muted' });
    },
  ],
  [
    'somebody is of another craft',
    async () => {
      await aQuestion();
      return () => fellow.client.patch('/api/me', { craft: 'data' });
    },
  ],
  [
    'somebody is not to be disturbed',
    async () => {
      await aPlace();
      return () => fellow.client.put('/api/me/quiet', { until: '2026-10-14T09:30:00.000Z' });
    },
  ],
  ['a milestone is made', () => Promise.resolve(aMilestone)],
  [
    'a milestone is deleted',
    async () => {
      const path = await aMilestone();
      return () => staff.client.delete(path);
    },
  ],
  [
    'somebody has another role',
    () => Promise.resolve(() => staff.client.patch(`${base}/members/${fellow.id}`, { role: 'host' })),
  ],
  ['somebody leaves the cohort', () => Promise.resolve(() => leavesUnheard(world, cohort, fellow.id))],
  [
    'a team gets a coach',
    async () => {
      const team = { name: 'Permits', agency: 'City', fellowIds: [fellow.id] };
      const made = await staff.client.post(`${base}/projects`, team);
      expect(made.status).toBe(201);
      return () => staff.client.patch(`${base}/projects/${made.body.id}`, { coachId: coach.id });
    },
  ],
  [
    'the cohort is closed',
    async () => {
      await aPlace();
      const admin = await aPerson(world, { isAdmin: true });
      return () => admin.client.post(`${base}/close`, {});
    },
  ],
];

describe('what a plan depends on', () => {
  it.each(acts)(
    'given %s and the process dies, then the plan follows, and the night changes nothing',
    async (_, acting) => {
      const act = await acting();
      await allPlanned(world);
      // Where the clock was moved, what is due by then is no plan any more.
      await tick(world);
      const before = await plan();
      const answer = (await killedAfter(world, async () => await act())) as { status?: number } | string | undefined;
      if (typeof answer === 'object' && answer.status !== undefined) expect(answer.status).toBeLessThan(300);
      expect(await plan()).toEqual(before);

      await followOutbox(world);
      const followed = await plan();
      expect(followed).not.toEqual(before);
      await compareAtNight(world, cohort);
      expect(await plan()).toEqual(followed);
    },
  );

  it('given an invitation, then it is reminded of as its letter has gone, and no more once it is withdrawn', async () => {
    const path = `${base}/invitations`;
    const line = { name: 'Ada Visiting', role: 'fellow', email: 'ada@people.test' };
    const made = await staff.client.post(path, { people: [line] });
    expect([made.status, made.body.code]).toEqual([expect.any(Number), undefined]);
    const ofInvitations = async () => (await plan()).filter((row) => row.startsWith('invitation.'));
    await eventually(async () => expect(await ofInvitations()).toHaveLength(2));
    const { items } = (await staff.client.get(path)).body;
    expect((await killedAfter(world, () => staff.client.delete(`${path}/${items[0].id}`))).status).toBe(204);
    await followOutbox(world);
    expect(await ofInvitations()).toEqual([]);
  });
});
