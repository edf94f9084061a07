import { Types } from 'mongoose';
import { Deliveries } from '../../../src/infra/deliveries/deliveries.js';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { Mailer } from '../../../src/infra/mail/mailer.js';
import type { NotificationRow } from '../../../src/notifications/inbox/notification.schema.js';
import { NotificationsRepository } from '../../../src/notifications/inbox/notifications.repository.js';
import { NoticeMails } from '../../../src/notifications/letters/notice-mails.js';
import { Notifier } from '../../../src/notifications/notifier.js';
import { handedOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { aRequest } from '../../support/rooms/requests.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, now: NOW });
  // A turn of their own would tell what a test leaves untold.
  for (const { app } of world.nodes) await app.get(Intervals).stop();
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  [staff, coach] = [await aMember(world, cohortId, 'staff'), await aCoach(world, cohortId)];
  fellow = await aMember(world, cohortId, 'fellow');
});

const told = async (person: TestPerson, kind: string) =>
  await world.db.collection('notifications').countDocuments({ userId: new Types.ObjectId(person.id), kind });
const done = ({ status, body }: { status: number; body: unknown }) =>
  expect([status < 300, body]).toEqual([true, body]);
const book = () => aSession(cohortId, fellow, coach.id, '2026-10-20T07:00:00.000Z');
const start = async () => {
  const answer = await fellow.client.post(`${C}/cycles`, { coachId: coach.id, goal: 'Read the code of others' });
  done(answer);
  return answer.body.id as string;
};

const acts: [what: string, kind: string, whom: () => TestPerson, act: () => Promise<unknown>][] = [
  ['a session that is booked', 'session.booked', () => coach, book],
  [
    'a session that is cancelled',
    'session.cancelled',
    () => coach,
    async () => {
      const { id } = await book();
      done(await fellow.client.post(`${C}/sessions/${id}/cancel`, { reason: 'An exam', revision: 1 }));
    },
  ],
  ['a cycle that is started', 'cycle.started', () => coach, start],
  [
    'a cycle that is ended',
    'cycle.ended',
    () => fellow,
    async () => done(await coach.client.post(`${C}/cycles/${await start()}/close`, { word: 'You do not need me' })),
  ],
  ['a request for help', 'request.asked', () => coach, () => aRequest(cohortId, fellow, { ownerId: coach.id })],
  [
    'a request that is accepted',
    'request.accepted',
    () => fellow,
    async () => {
      const { id } = await aRequest(cohortId, fellow, { ownerId: coach.id });
      done(await coach.client.post(`${C}/requests/${id}/accept`, { revision: 1 }));
    },
  ],
  ['the end of a cohort', 'cohort.closed', () => fellow, async () => done(await staff.client.post(`${C}/close`))],
];

it.each(acts)(
  'given %s by a process that is killed right after, then a turn of the workers tells of it, once',
  async (_what, kind, whom, act) => {
    await killedAfter(world, act);
    expect(await told(whom(), kind)).toBe(0);
    await followOutbox(world);
    expect(await told(whom(), kind)).toBe(1);
    await followOutbox(world);
    expect(await told(whom(), kind)).toBe(1);
  },
);

describe('the mail of a notice', () => {
  const tell = (more: object = {}) =>
    world.app.get(Notifier).notify({
      ...{ userIds: [fellow.id], cohortId, kind: 'request.told', why: 'asked', key: `told-${fellow.id}` },
      ...{ params: { by: 'Claire', about: 'Maps', text: 'More' }, link: `${C}/coaching`, ...more },
    });
  const tellWithoutMail = () => tell({ why: 'watching', mail: false });
  /** What says the stronger reason. */
  const words = () =>
    world.app.get<NotificationsRepository, { saySo: () => Promise<unknown> }>(NotificationsRepository);
  const turn = () => Promise.all(world.nodes.map(({ app }) => app.get(Deliveries).turn()));
  const mailed = (count: number) => eventually(() => expect(world.mail.asked(fellow.email)).toBe(count));

  it('given its process died between the delivery and the notice, then the delivery waits for who tells again, and goes once', async () => {
    const repository = world.app.get(NotificationsRepository);
    const dies = jest.spyOn(repository, 'insertNew').mockRejectedValue(new Error('killed'));
    await expect(tell()).rejects.toThrow('killed');
    dies.mockRestore();
    await turn();
    await mailed(0);
    await tell();
    world.clock.advance(15_000);
    await turn();
    await mailed(1);
    await tell();
    world.clock.advance(60_000);
    await turn();
    await mailed(1);
    world.clock.set(NOW);
  });

  it('given a stronger reason begins it, and its process died between the delivery and the notice, then who tells again has it sent', async () => {
    await tellWithoutMail();
    const dies = jest.spyOn(words(), 'saySo').mockRejectedValue(new Error('killed'));
    await expect(tell()).rejects.toThrow('killed');
    dies.mockRestore();
    world.clock.advance(61_000);
    await turn();
    await mailed(0);
    await tell();
    await turn();
    await mailed(1);
    world.clock.set(NOW);
  });

  it('given a stronger reason begins it, and a worker looks between the delivery and the notice, then it goes once', async () => {
    await tellWithoutMail();
    const say = words().saySo.bind(words());
    const looked = jest.spyOn(words(), 'saySo').mockImplementation(async (...asked) => {
      await turn();
      return await say(...asked);
    });
    await tell();
    looked.mockRestore();
    world.clock.advance(15_000);
    await turn();
    await mailed(1);
    world.clock.set(NOW);
  });

  it('given one of its key was told and forgotten, then it is mailed all the same', async () => {
    await tell();
    await turn();
    await mailed(1);
    // The mail server is asked before the delivery is over, and one that is not over serves who tells next.
    await handedOver(world, 'notice');
    await world.db.collection('notifications').deleteMany({ userId: new Types.ObjectId(fellow.id) });
    await tell();
    await turn();
    await mailed(2);
  });

  it('given one of its key was told and forgotten, and its process died right after the notice, then it is mailed all the same', async () => {
    await tell();
    await turn();
    await mailed(1);
    // The mail server is asked before the delivery is over, and one that is not over serves who tells next.
    await handedOver(world, 'notice');
    await world.db.collection('notifications').deleteMany({ userId: new Types.ObjectId(fellow.id) });
    const repository = world.app.get(NotificationsRepository);
    const insert = repository.insertNew.bind(repository);
    const dies = jest.spyOn(repository, 'insertNew').mockImplementation(async (rows) => {
      await insert(rows);
      throw new Error('killed');
    });
    await expect(tell()).rejects.toThrow('killed');
    dies.mockRestore();
    await tell();
    await turn();
    await mailed(2);
  });

  it('given a second delivery while the first one is handed over, then it goes once, and its notice says so', async () => {
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    for (const { app } of world.nodes) {
      const mailer = app.get(Mailer);
      const send = mailer.send.bind(mailer);
      jest.spyOn(mailer, 'send').mockImplementation((mail) => held.then(() => send(mail)));
    }
    const userId = new Types.ObjectId(fellow.id);
    const notice = () =>
      world.db.collection<NotificationRow>('notifications').findOne({ userId, key: `told-${fellow.id}` });
    try {
      await tell();
      await eventually(async () => expect((await notice())?.mail.state).toBe('handing'));
      const row = (await notice())!;
      await world.app.get(NoticeMails).beginAhead([row], () => Promise.resolve());
      const second = { of: userId, key: `${fellow.id} told-${fellow.id} ${String(row._id)}` };
      await eventually(async () =>
        expect((await world.db.collection('deliveries').findOne(second))?.state).toBe('skipped'),
      );
      expect((await notice())?.mail.state).toBe('handing');
    } finally {
      go();
    }
    await eventually(async () => expect((await notice())?.mail.state).toBe('sent'));
    await mailed(1);
    jest.restoreAllMocks();
  });
});
