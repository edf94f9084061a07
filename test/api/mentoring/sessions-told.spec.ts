import { Types } from 'mongoose';
import { SessionWrites } from '../../../src/mentoring/sessions/session-writes.repository.js';
import type { SessionRow } from '../../../src/mentoring/sessions/session.schema.js';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { SessionNotices } from '../../../src/notifications/notices/session.notices.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { tick } from '../../support/reminders/reminders.js';

const HOUR = 3_600_000;
const STARTS_AT = '2026-10-20T07:00:00.000Z';

let world: TestWorld;
let cohortId: string;
let coach: TestPerson;
let peer: TestPerson;
let fellow: TestPerson;
let teammate: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  const projectId = String(new Types.ObjectId());
  [coach, peer] = [await aCoach(world, cohortId), await aCoach(world, cohortId)];
  fellow = await aMember(world, cohortId, 'fellow', { projectId });
  teammate = await aMember(world, cohortId, 'fellow', { projectId });
});

/** What somebody was told, newest first: the inbox shows who left a session nothing of it any more (`inbox-reach.spec.ts`). */
const noticesOf = async ({ id }: TestPerson, about: string) =>
  (
    await world.db
      .collection<{ kind: string }>('notifications')
      .find({ userId: new Types.ObjectId(id), shown: true })
      .sort({ createdAt: -1, _id: -1 })
      .toArray()
  )
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith(about));

describe('a session that changes again before its people were told', () => {
  let id: Types.ObjectId;

  // A turn of their own would tell what is left untold.
  beforeAll(async () => void (await Promise.all(world.nodes.map(({ app }) => app.get(Intervals).stop()))));

  beforeEach(async () => {
    const participants = [fellow.id, teammate.id];
    const booked = await aSession(cohortId, fellow, coach.id, STARTS_AT, { participants });
    expect(booked.participants).toEqual(participants);
    id = new Types.ObjectId(booked.id as string);
    await eventually(async () =>
      expect(await toldOf()).toEqual([['session.booked'], ['session.booked'], ['session.booked']]),
    );
  });

  const toldOf = async () =>
    await Promise.all([coach, fellow, teammate].map((person) => noticesOf(person, 'session.')));
  const row = async () => (await world.db.collection<SessionRow>('sessions').findOne({ _id: id }))!;
  const writes = () => world.app.get(SessionWrites);
  const entry = (act: SessionRow['history'][number]['act'], more: object = {}) => ({
    ...{ at: world.clock.now(), byId: new Types.ObjectId(coach.id), act },
    ...more,
  });
  /** Each as the process writes it that dies before it tells of it. */
  const moves = async () => {
    const { _id, revision, startsAt, endsAt, claims, ...placement } = await row();
    const later = (instant: Date) => new Date(instant.getTime() + 24 * HOUR);
    const times = { startsAt: later(startsAt), endsAt: later(endsAt), claims: claims ?? [] };
    const entryOfIt = entry('rescheduled', { from: startsAt });
    const to = { ...placement, ...times } as never;
    await killedAfter(world, () => writes().move(_id, revision, to, entryOfIt, () => Promise.resolve()));
  };
  const leaves = async () =>
    void (await killedAfter(world, async () =>
      writes().withdraw(await row(), new Types.ObjectId(teammate.id), entry('left')),
    ));
  const goesOver = async () => {
    const session = await row();
    const [from, to] = [new Types.ObjectId(coach.id), new Types.ObjectId(peer.id)];
    const people = [to, ...session.participantIds];
    const act = entry('handed_over', { fromCoachId: from, toCoachId: to });
    await killedAfter(world, () =>
      writes().handOver(session, { coachId: to, people, placement: session as never }, act, () => Promise.resolve()),
    );
  };
  const forgotten = async () =>
    void (await world.db.collection('notifications').deleteMany({ _id: { $exists: true } }));
  const tellAll = () => followOutbox(world);

  it('given it moved and one of several left, then who stays hears of the move, once, whoever asks how often', async () => {
    await moves();
    await leaves();
    await tick(world);
    await tellAll();
    await world.app.get(SessionNotices).tellAll(String(id));
    const [coachHears, fellowHears, leaverHears] = await toldOf();
    expect(coachHears).toEqual(['session.moved', 'session.booked']);
    expect(fellowHears).toEqual(['session.moved', 'session.booked']);
    expect(leaverHears).toEqual(['session.booked']);
    const inbox = (await fellow.client.get('/api/me/inbox')).body.items;
    expect(inbox[0]).toMatchObject({ params: { fromAt: STARTS_AT, startsAt: '2026-10-21T07:00:00.000Z' } });
  });

  it('given its people heard of the move before one of them left, then nobody hears of it again', async () => {
    await moves();
    await tellAll();
    await leaves();
    await tellAll();
    expect((await toldOf()).map((kinds) => kinds.filter((kind) => kind === 'session.moved'))).toEqual(
      Array(3).fill(['session.moved']),
    );
  });

  it('given it was booked and one left before that was told, then who stays hears that it is booked', async () => {
    await forgotten();
    await leaves();
    await tellAll();
    expect(await toldOf()).toEqual([['session.booked'], ['session.booked'], []]);
  });

  it('given it moved and went to another coach, then its fellows hear both, and the new coach that it is theirs', async () => {
    await moves();
    await goesOver();
    await tellAll();
    expect((await noticesOf(fellow, 'session.')).sort()).toEqual([
      'session.booked',
      'session.handed_over',
      'session.moved',
    ]);
    expect(await noticesOf(peer, 'session.')).toEqual(['session.handed_over']);
    expect((await noticesOf(coach, 'session.')).sort()).toEqual(['session.booked', 'session.handed_over']);
  });

  it('given it was booked days before one left, then that is no news, whatever is left of its notices', async () => {
    await forgotten();
    world.clock.set(new Date(Date.parse(NOW) + 49 * HOUR));
    await leaves();
    await tellAll();
    expect(await toldOf()).toEqual([[], [], []]);
  });
});
