import { idOf } from '../../../src/infra/mongo/ids.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { forgetAll, liveUntil, remindersTo, rowsIn, rowsOf, tick } from '../../support/reminders/reminders.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
beforeEach(async () => {
  await forgetAll(world);
  world.clock.set(NOW);
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
  fellow = await aMember(world, cohort, 'fellow', {
    name: 'Inès Carpentier',
    locale: 'fr',
    timeZone: 'America/Montreal',
  });
});
afterAll(() => world.stop());

const STARTS_AT = '2026-10-29T13:00:00.000Z';
const path = (id: string, act = '') => `/api/cohorts/${cohort}/reminders/${id}${act}`;
const walk = async () => {
  const workshop = await aWorkshop(staff, cohort, {
    link: MEETING,
    ...{ title: 'Data walk', startsAt: STARTS_AT, endsAt: '2026-10-29T14:00:00.000Z' },
  });
  await fellow.client.put(`${workshop.path}/registration`, {});
  await rowsIn(world, workshop.id, 'planned', 4);
  return workshop;
};
const rowOf = async (workshopId: string, kind: string) =>
  String((await rowsOf(world, workshopId)).find((row) => row.kind === kind)!._id);
const ofTheWalk = () => remindersTo(world, fellow.email).filter(({ subject }) => subject?.includes('Data walk'));

/** One whose mail the server refused for good. */
async function aFailed(): Promise<string> {
  const { id } = await walk();
  world.mail.answer(fellow.email, 550, `5.7.1 mail to <${fellow.email}> is not wanted`);
  await liveUntil(world, '2026-10-28T14:00:00.000Z');
  return await rowOf(id, 'workshop.24h');
}

describe('one reminder', () => {
  it('given it is to come, then what it says to its person, in their language, and why', async () => {
    const id = await rowOf((await walk()).id, 'workshop.24h');
    const { status, body } = await staff.client.get(path(id));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ id, kind: 'workshop.24h', state: 'planned', attempts: 0, answer: null, canRetry: false },
      person: { name: 'Inès Carpentier', timeZone: 'America/Montreal' },
      text: { locale: 'fr' },
    });
    expect(body.text.title).toContain('Data walk');
    expect(body.text.why).not.toBe('');
  });

  it('given the server refused it, then staff see its codes and no address, and one retry by two sends it once', async () => {
    const id = await aFailed();
    const failed = (await staff.client.get(path(id))).body;
    expect(failed).toMatchObject({
      state: 'failed',
      because: 'refused',
      answer: '550 5.7.1',
      attempts: 1,
      canRetry: true,
    });
    expect(JSON.stringify(failed)).not.toContain(fellow.email);
    world.mail.answer(fellow.email, 0);
    const other = await aMember(world, cohort, 'staff');
    const answers = await Promise.all([
      staff.client.post(path(id, '/retry')),
      other.client.on(world.nodes[1]!.url).post(path(id, '/retry')),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('not_failed');
    await tick(world);
    await eventually(async () =>
      expect((await staff.client.get(path(id))).body).toMatchObject({
        state: 'sent',
        answer: expect.stringMatching(/^250/),
      }),
    );
    await tick(world);
    expect(ofTheWalk().filter((mail) => mail.messageId?.startsWith(`<reminder-${id}@`))).toHaveLength(1);
    expect((await staff.client.post(path(id, '/retry'))).body.code).toBe('not_failed');
  });

  it('given what it is about has begun, then it is too late', async () => {
    const id = await aFailed();
    world.clock.set(STARTS_AT);
    expect((await staff.client.get(path(id))).body.canRetry).toBe(false);
    const { status, body } = await staff.client.post(path(id, '/retry'));
    expect([status, body.code]).toEqual([409, 'too_late']);
  });

  it('given a session that went to another coach, then the one who had it is told nothing of it, and the one who has it is', async () => {
    const [had, has] = [await aCoach(world, cohort), await aCoach(world, cohort)];
    const session = await aSession(cohort, fellow, had.id, '2026-10-14T12:00:00.000Z');
    const notesOf = async ({ id }: TestPerson) =>
      await eventually(async () => {
        const row = (await rowsOf(world, session.id, 'notes')).find(({ userId }) => String(userId) === id);
        expect(row).toBeDefined();
        return String(row!._id);
      });
    const before = await notesOf(had);
    expect((await staff.client.get(path(before))).body.text).not.toBeNull();
    const over = await had.client.post(`/api/cohorts/${cohort}/sessions/${session.id as string}/hand-over`, {
      coachId: has.id,
      revision: 1,
    });
    expect(over.status).toBe(200);
    const now = await notesOf(has);
    await eventually(async () =>
      expect((await staff.client.get(path(before))).body).toMatchObject({ state: 'dropped', text: null }),
    );
    expect((await staff.client.get(path(now))).body.text.title).toContain('Inès Carpentier');
  });

  it('given a fellow, staff of another cohort, an unknown one, no login, then 403, 404, 404, 401', async () => {
    const id = await rowOf((await walk()).id, 'workshop.24h');
    const elsewhere = await aCohort(world);
    const other = await aMember(world, elsewhere, 'staff');
    const cases: [number, (act: string) => [TestPerson['client'], string]][] = [
      [403, (act) => [fellow.client, path(id, act)]],
      [404, (act) => [other.client, path(id, act)]],
      [404, (act) => [other.client, `/api/cohorts/${elsewhere}/reminders/${id}${act}`]],
      [404, (act) => [staff.client, path('nothing', act)]],
      [401, (act) => [clientOf(world.url), path(id, act)]],
    ];
    for (const [status, of] of cases) {
      const [[client, one], [, again]] = [of(''), of('/retry')];
      expect([(await client.get(one)).status, (await client.post(again)).status]).toEqual([status, status]);
    }
  });
});

describe('all that failed', () => {
  const again = (body: object = {}) => staff.client.post(path('retry'), body);

  /** The four of a workshop, failed: that of 7 days before is too late. */
  async function fourFailed(): Promise<string> {
    const { id } = await walk();
    await world.db
      .collection('reminders')
      .updateMany(
        { 'subject.id': idOf(id) },
        { $set: { state: 'failed', because: 'unreachable', attempts: 3 }, $unset: { wakeAt: 1 } },
      );
    world.clock.set('2026-10-29T11:30:00.000Z');
    await world.db
      .collection('reminders')
      .updateOne({ 'subject.id': idOf(id), kind: 'workshop.7d' }, { $set: { until: world.clock.now() } });
    return id;
  }
  const statesOf = async (id: string) =>
    Object.fromEntries((await rowsOf(world, id)).map(({ kind, state }) => [kind, state]));

  it('given some of it is too late, then the rest goes again at once, once for two who ask, and what is too late stays', async () => {
    const id = await fourFailed();
    const other = await aMember(world, cohort, 'staff');
    const answers = await Promise.all([again(), other.client.on(world.nodes[1]!.url).post(path('retry'), {})]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.reduce((sum, { body }) => sum + Number(body.again), 0)).toBe(3);
    expect(await rowsOf(world, id)).toHaveLength(4);
    await tick(world);
    await eventually(async () =>
      expect(await statesOf(id)).toEqual({
        'workshop.7d': 'failed',
        'workshop.24h': 'sent',
        'workshop.1h': 'sent',
        'workshop.10min': 'sent',
      }),
    );
    expect((await again()).body).toEqual({ again: 0, unsure: 0 });
  });

  it.each(['interrupted', 'unknown'])(
    'given one of it may have arrived (%s), then it stays and is named, and goes again by itself only',
    async (because) => {
      const id = await fourFailed();
      const unsure = await rowOf(id, 'workshop.1h');
      await world.db.collection('reminders').updateOne({ _id: idOf(unsure) }, { $set: { because } });
      expect((await again()).body).toEqual({ again: 2, unsure: 1 });
      expect(await statesOf(id)).toMatchObject({ 'workshop.7d': 'failed', 'workshop.1h': 'failed' });
      expect((await again({ kind: 'workshop.10min' })).body).toEqual({ again: 0, unsure: 0 });
      expect((await staff.client.post(path(unsure, '/retry'))).status).toBe(200);
      expect((await again()).body).toEqual({ again: 0, unsure: 0 });
    },
  );

  it('given a list of what failed, then it is read the newest first, page by page, where that is asked for', async () => {
    await fourFailed();
    const kindsIn = async (order?: string) => {
      const kinds: string[] = [];
      let cursor: string | undefined;
      do {
        const query = new URLSearchParams({
          state: 'failed',
          limit: '3',
          ...(order && { order }),
          ...(cursor && { cursor }),
        });
        const { status, body } = await staff.client.get(`/api/cohorts/${cohort}/reminders?${query.toString()}`);
        expect(status).toBe(200);
        kinds.push(...body.items.map(({ kind }: { kind: string }) => kind));
        cursor = body.nextCursor ?? undefined;
      } while (cursor);
      return kinds;
    };
    const oldest = ['workshop.7d', 'workshop.24h', 'workshop.1h', 'workshop.10min'];
    expect(await kindsIn()).toEqual(oldest);
    expect(await kindsIn('oldest')).toEqual(oldest);
    expect(await kindsIn('newest')).toEqual(oldest.toReversed());
    expect((await staff.client.get(`/api/cohorts/${cohort}/reminders?order=any`)).status).toBe(422);
  });

  it('given a list of one kind, one person or one time, then only what it lists goes', async () => {
    const id = await fourFailed();
    expect((await again({ userId: staff.id })).body).toEqual({ again: 0, unsure: 0 });
    expect((await again({ to: '2026-10-20T00:00:00.000Z' })).body).toEqual({ again: 0, unsure: 0 });
    expect((await again({ kind: 'workshop.1h', userId: fellow.id })).body).toEqual({ again: 1, unsure: 0 });
    expect(await statesOf(id)).toMatchObject({ 'workshop.24h': 'failed', 'workshop.10min': 'failed' });
  });

  it('given those of another cohort, then they stay', async () => {
    const id = await fourFailed();
    const elsewhere = await aCohort(world);
    const other = await aMember(world, elsewhere, 'staff');
    const answer = await other.client.post(`/api/cohorts/${elsewhere}/reminders/retry`, { userId: fellow.id });
    expect(answer.body).toEqual({ again: 0, unsure: 0 });
    expect(new Set(Object.values(await statesOf(id)))).toEqual(new Set(['failed']));
  });

  it('given a fellow, staff of another cohort, no login, a bad body, then 403, 404, 401, 422', async () => {
    const other = await aMember(world, await aCohort(world), 'staff');
    const clients = [fellow.client, other.client, clientOf(world.url)];
    const answers = await Promise.all(clients.map((client) => client.post(path('retry'), {})));
    expect(answers.map(({ status }) => status)).toEqual([403, 404, 401]);
    expect((await again({ state: 'sent' })).status).toBe(422);
  });

  it('given the cohort is closed, then 409', async () => {
    expect((await staff.client.post(`/api/cohorts/${cohort}/close`)).status).toBe(200);
    const { status, body } = await again();
    expect([status, body.code]).toEqual([409, 'cohort_closed']);
  });
});
