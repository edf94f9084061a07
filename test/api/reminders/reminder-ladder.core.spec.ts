import { Types } from 'mongoose';
import { HOUR } from '../../../src/common/times/clock.js';
import { CohortPlanner } from '../../../src/reminders/planning/cohort-planner.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { eventually } from '../../support/eventually.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import {
  allPlanned,
  forgetAll,
  liveUntil,
  remindersTo,
  rowsIn,
  rowsOf,
  tick,
} from '../../support/reminders/reminders.js';
import { sized } from '../../support/size.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let path: string;
let staff: TestPerson;
let fellow: TestPerson;
beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
beforeEach(async () => {
  await forgetAll(world);
  world.clock.set(NOW);
  cohort = await aCohort(world);
  path = `/api/cohorts/${cohort}/reminders/ladder`;
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
});
afterAll(() => world.stop());

const usual = { on: true, channels: ['inbox', 'mail'], text: null };
const save = (revision: number, ...rungs: object[]) => staff.client.put(path, { revision, rungs });
const joined = async (more: object = {}) => {
  const workshop = await aWorkshop(staff, cohort, {
    link: MEETING,
    startsAt: '2026-10-29T09:00:00.000Z',
    endsAt: '2026-10-29T10:00:00.000Z',
    ...more,
  });
  await fellow.client.put(`${workshop.path}/registration`, {});
  await rowsIn(world, workshop.id, 'planned', 4);
  return workshop.id;
};
const planned = async (id: string) =>
  (await rowsOf(world, id))
    .filter((row) => row.state === 'planned')
    .map((row) => `${row.kind} ${row.dueAt.toISOString().slice(0, 16)}`);

const ofTheWalk = (person: TestPerson) =>
  remindersTo(world, person.email).filter(({ subject }) => subject?.includes('Data walk'));

describe('the ladder of a cohort', () => {
  it('given nobody changed it, then all rungs as they are by default, at revision 0', async () => {
    const { status, body } = await staff.client.get(path);
    expect(status).toBe(200);
    expect(body).toMatchObject({ revision: 0, changedAt: null, changedBy: null });
    expect(body.rungs[0]).toEqual({
      ...{ kind: 'workshop.7d', subject: 'workshop', by: 'before', unit: 'days', count: 7, min: 2, max: 30 },
      ...{ ...usual, canWait: true, onlyFor: ['registered'], isChanged: false },
      placeholders: ['title', 'startsAt', 'when', 'place'],
      byDefault: { count: 7, channels: ['inbox', 'mail'] },
    });
  });

  it('given times, one off and one channel are set, then what is planned follows; reset, and it is as it was', async () => {
    const id = await joined();
    const before = await planned(id);
    const saved = await save(
      0,
      { ...usual, kind: 'workshop.7d', count: 10 },
      { ...usual, kind: 'workshop.24h', count: 48, channels: ['mail'] },
      { ...usual, kind: 'workshop.10min', count: 10, on: false },
      { ...usual, kind: 'session.1h', count: 60 },
    );
    expect(saved.body).toMatchObject({ revision: 1, changedAt: NOW, changedBy: { name: 'Aurore Tessier' } });
    expect(saved.body.rungs.filter((rung: any) => rung.isChanged).map((rung: any) => rung.kind)).toEqual([
      'workshop.7d',
      'workshop.24h',
      'workshop.10min',
    ]);
    await eventually(async () =>
      expect(await planned(id)).toEqual([
        'workshop.7d 2026-10-19T08:00',
        'workshop.24h 2026-10-27T09:00',
        'workshop.1h 2026-10-29T08:00',
      ]),
    );
    const rows = await rowsOf(world, id);
    expect(rows.find((row) => row.kind === 'workshop.24h')!.channels).toEqual(['mail']);
    expect(rows.find((row) => row.kind === 'workshop.10min')!.because).toBe('off');
    expect((await save(1)).body.revision).toBe(2);
    await eventually(async () => expect(await planned(id)).toEqual(before));
    expect(await rowsOf(world, id)).toHaveLength(4);
  });

  it('given the process dies right after it, then another one plans the cohort, once', async () => {
    const id = await joined();
    await tick(world);
    const plan = jest.spyOn(CohortPlanner.prototype, 'plan');
    await killedAfter(world, () => save(0, { ...usual, kind: 'workshop.24h', count: 24, on: false }));
    expect(plan).not.toHaveBeenCalled();
    await followOutbox(world);
    expect(await planned(id)).toHaveLength(3);
    expect(plan).toHaveBeenCalledTimes(1);
    plan.mockClear();
    world.clock.advance(30_000);
    await followOutbox(world);
    await tick(world);
    expect(plan).not.toHaveBeenCalled();
    plan.mockRestore();
  });

  it('given two save at once, then one wins, and the other is told how it is now', async () => {
    const rung = (count: number) => ({ ...usual, kind: 'workshop.24h', count });
    for (const revision of [0, 1]) {
      const answers = await Promise.all([30 + revision, 40 + revision].map((count) => save(revision, rung(count))));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const refused = answers.find(({ status }) => status === 409)!;
      expect(refused.body).toMatchObject({ code: 'stale', now: { revision: revision + 1 } });
    }
    const again = (await staff.client.get(path)).body.rungs[1];
    expect((await save(2, { ...usual, kind: 'workshop.24h', count: again.count })).body.revision).toBe(2);
  });

  it('given the cohort is closed in the moment before it is written, then it is refused, and nothing is kept', async () => {
    const rung = { ...usual, kind: 'workshop.24h', count: 48 };
    const happened = beforeItIsWritten(world, () => staff.client.post(`/api/cohorts/${cohort}/close`));
    expect(await save(0, rung)).toMatchObject({ status: 409, body: { code: 'cohort_closed' } });
    expect(happened()).toBe(true);
    expect((await staff.client.get(path)).body).toMatchObject({ revision: 0, changedBy: null });
    expect((await staff.client.get(`${path}/history`)).body.items).toEqual([]);
  });

  it('given what cannot be, then 422 at its field, and nothing is kept', async () => {
    const own = { en: 'See {titel}', fr: 'Voir {title}' };
    const cases: [object, string, string][] = [
      [{ ...usual, kind: 'workshop.24h', count: 73 }, '/rungs/0/count', 'out_of_bounds'],
      [{ ...usual, kind: 'workshop.24h', count: 500 }, '/rungs/0/count', 'out_of_bounds'],
      [{ ...usual, kind: 'milestone.14d', count: 4 }, '', ''],
      [{ ...usual, kind: 'request.96h', count: 40 }, '/rungs/0/count', 'out_of_order'],
      [{ ...usual, kind: 'workshop.1h', count: 60, text: own }, '/rungs/0/text/en', 'unknown_placeholder'],
      [{ ...usual, kind: 'workshop.1h', count: 60, channels: [] }, '/rungs/0/channels', 'too_small'],
      [{ ...usual, kind: 'workshop.1y', count: 60 }, '/rungs/0/kind', 'not_allowed'],
      [{ ...usual, kind: 'workshop.1h', count: 1.5 }, '/rungs/0/count', 'wrong_type'],
    ];
    for (const [rung, field, code] of cases.filter(([, at]) => at !== '')) {
      const { status, body } = await save(0, rung);
      expect([status, body.errors?.[0]?.field, body.errors?.[0]?.code]).toEqual([422, field, code]);
    }
    expect((await staff.client.get(path)).body.revision).toBe(0);
    expect((await staff.client.get(`${path}/history?cursor=x`)).status).toBe(422);
  });

  it('given acts on it, then who did what when, the latest first, in pages', async () => {
    await save(0, { ...usual, kind: 'workshop.24h', count: 48 });
    world.clock.advance(60_000);
    await save(1);
    const { items, nextCursor } = (await staff.client.get(`${path}/history?limit=1`)).body;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      revision: 2,
      by: { name: 'Aurore Tessier' },
      changes: [{ kind: 'workshop.24h', before: { count: 48, on: true }, after: { count: 24, on: true } }],
    });
    const rest = (await staff.client.get(`${path}/history?limit=1&cursor=${nextCursor}`)).body;
    expect(rest.items[0]).toMatchObject({ revision: 1, at: NOW, changes: [{ before: { count: 24 } }] });
    expect(rest.nextCursor).toBeNull();
  });

  it('given own words, then the mail and the inbox say them, and how long before is as it is set', async () => {
    const french = await aMember(world, cohort, 'fellow', { locale: 'fr' });
    const text = { en: 'Bring the form of {title}.', fr: 'Apportez le formulaire de {title}.' };
    await save(
      0,
      { ...usual, kind: 'workshop.24h', count: 48, text },
      { ...usual, kind: 'workshop.1h', count: 90, channels: ['inbox'] },
    );
    const id = await joined({ title: 'Data walk' });
    await french.client.put(`/api/cohorts/${cohort}/workshops/${id}/registration`, {});
    await rowsIn(world, id, 'planned', 8);
    await liveUntil(world, '2026-10-29T09:00:00.000Z');
    const mails = ofTheWalk(fellow);
    expect(mails).toHaveLength(3);
    expect(mails[0]!.text).toContain('7 days before');
    expect(mails[1]!.text).toContain('Bring the form of Data walk.');
    expect(ofTheWalk(french)[1]!.text).toContain('Apportez le formulaire de Data walk.');
    const ofWalk = ({ params }: any) => params.title === 'Data walk';
    const bodies = (await fellow.client.get('/api/me/inbox')).body.items.filter(ofWalk).map((one: any) => one.body);
    expect(bodies).toContain('Reminder, 90 minutes before. You are going.');
    expect(bodies).toHaveLength(5); // with that of having joined
  });

  it('given one is switched off in the moment before it goes out, then it does not', async () => {
    const coach = await aCoach(world, cohort);
    const session = await aSession(cohort, fellow, coach.id, '2026-10-14T12:00:00.000Z');
    await rowsIn(world, session.id, 'planned', 4);
    await killedAfter(world, () => save(0, { ...usual, kind: 'session.1h', count: 60, on: false }));
    await liveUntil(world, '2026-10-14T12:00:00.000Z');
    expect(remindersTo(world, fellow.email).map((mail) => mail.subject)).toHaveLength(1);
    expect((await rowsOf(world, session.id)).filter((row) => row.because === 'off')).toHaveLength(2);
  });
});

describe('a preview', () => {
  const preview = (body: object, person = staff) => person.client.post(`${path}/preview`, body);

  it('given something to show it on, then the words in both languages, of a real subject and person', async () => {
    await joined({ title: 'Data walk' });
    const text = { en: 'Bring {title}, {when}', fr: 'Apportez {title}' };
    const { body } = await preview({ kind: 'workshop.24h', text });
    expect(body).toEqual({
      person: { id: fellow.id, name: 'Inès Carpentier', avatarUrl: null },
      en: {
        title: '“Data walk”: Thursday 29 October at 10:00 (Paris)',
        body: 'Bring Data walk, Thursday 29 October, 10:00–11:00 (Paris)',
      },
      fr: { title: expect.stringContaining('jeudi 29 octobre à 10:00'), body: 'Apportez Data walk' },
    });
    const builtIn = (await preview({ kind: 'workshop.7d', text: null, count: 10 })).body;
    expect(builtIn.en.body).toBe('Reminder, 10 days before. You are going.');
    expect(builtIn.fr.body).toBe('Rappel, 10 jours avant. Vous participez.');
  });

  it('given nothing like it, then an invented example; given what cannot be, then 422 at its field', async () => {
    expect((await preview({ kind: 'request.48h', text: null })).body).toMatchObject({
      person: null,
      en: { title: 'Inès Carpentier waits for an answer: Preparing the user tests' },
      fr: { title: 'Inès Carpentier attend une réponse\u00a0: Préparer les tests utilisateurs' },
    });
    const { status, body } = await preview({ kind: 'request.48h', text: { en: '{x}', fr: 'y' } });
    expect([status, body.errors[0].field]).toEqual([422, '/text/en']);
  });

  it('given a fellow, another cohort, no login, then 403, 404, 401 on each of its routes', async () => {
    const outsider = await aMember(world, await aCohort(world), 'staff');
    const nobody = clientOf(world.url);
    for (const [who, expected] of [
      [fellow.client, 403],
      [outsider.client, 404],
      [nobody, 401],
    ] as const) {
      const answers = await Promise.all([
        who.get(path),
        who.put(path, { revision: 0, rungs: [] }),
        who.get(`${path}/history`),
        who.post(`${path}/preview`, { kind: 'workshop.7d', text: null }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(Array(4).fill(expected));
    }
  });
});

const MANY = sized(20, 70);

it('given a cohort is planned again as a whole, then it adds 0 and changes nothing', async () => {
  const fellows = await Promise.all(Array.from({ length: MANY }, () => aMember(world, cohort, 'fellow')));
  const { path: workshop, id } = await aWorkshop(staff, cohort, { link: MEETING, capacity: 100 });
  for (const one of [fellow, ...fellows]) await one.client.put(`${workshop}/registration`, {});
  await staff.client.post(`/api/cohorts/${cohort}/milestones`, { title: 'Read-out', on: '2026-12-01' });
  await rowsIn(world, id, 'planned', (MANY + 1) * 3);
  const all = async () =>
    JSON.stringify(
      await world.db
        .collection('reminders')
        .find({ _id: { $exists: true } })
        .sort({ _id: 1 })
        .toArray(),
    );
  await eventually(async () =>
    expect(JSON.parse(await all()).length).toBeGreaterThanOrEqual((MANY + 1) * 3 + (MANY + 2) * 3),
  );
  await allPlanned(world);
  const planner = world.app.get(CohortPlanner);
  await planner.plan(cohort);
  const before = await all();
  await planner.plan(cohort);
  expect(await all()).toBe(before);

  // What went wrong with rows is found, and mended.
  const rows = world.db.collection('reminders');
  const planned = async () =>
    (await rows.find({ state: 'planned' }).toArray())
      .map((row) =>
        [row['userId'], row['kind'], row['dueAt'], row['until'], row['why'], row['title'], row['channels']].join(),
      )
      .sort();
  const whole = await planned();
  const [lost, moved, doubled, old] = await rows
    .find({ state: 'planned', 'subject.id': new Types.ObjectId(id) })
    .limit(4)
    .toArray();
  await rows.deleteOne({ _id: lost!._id });
  const later = new Date((moved!['dueAt'] as Date).getTime() + HOUR);
  await rows.updateOne({ _id: moved!._id }, { $set: { dueAt: later } });
  await rows.insertOne({ ...doubled!, _id: new Types.ObjectId(), subject: { ...doubled!['subject'], revision: 0 } });
  await rows.updateOne({ _id: old!._id }, { $set: { title: 'As it was called', channels: [], why: 'host' } });
  await planner.plan(cohort);
  expect(await planned()).toEqual(whole);
});
