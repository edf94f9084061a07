import { Types } from 'mongoose';
import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook as Signature } from 'standardwebhooks';
import { DAY, HOUR } from '../../../src/common/times/clock.js';
import { CohortWebhookSender } from '../../../src/bridges/cohort-webhooks/cohort-webhook-sender.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { deliver, handOverAt } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { aSeries, aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let server: Server;
let base: string;
const got: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];
const answers = new Map<string, number>();

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const path = request.url ?? '';
      got.push({ path, headers: request.headers, body });
      response.writeHead(answers.get(path) ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world = await startWorld({ nodes: 2, env: { OUTSIDE_ALLOW: '127.0.0.1' } });
});
beforeEach(async () => {
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
});
afterAll(async () => {
  await world.stop();
  server.closeAllConnections();
  server.close();
});

const path = () => `/api/cohorts/${cohort}/webhooks`;
let count = 0;
async function aHook(more: Record<string, unknown> = {}) {
  const at = `/hook-${(count += 1)}`;
  const { status, body } = await staff.client.post(path(), { name: 'Hall', url: base + at, ...more });
  expect(status).toBe(201);
  return { id: body.id as string, secret: body.secret as string, at };
}
const asked = async (fellow: TestPerson, title: string) =>
  expect(
    (await fellow.client.post(`/api/cohorts/${cohort}/topics`, { title, body: 'Long enough', tags: [] })).status,
  ).toBe(201);
const newsAt = (at: string) => got.filter((one) => one.path === at).map((one) => JSON.parse(one.body));
const typesAt = (at: string) => newsAt(at).map(({ type }) => type as string);
const look = () => Promise.all(world.nodes.map((node) => node.app.get(CohortWebhookSender).look()));
const turn = () => deliver(world);

describe('news of a cohort', () => {
  it('given a workshop published and called off, then each once, signed, with its facts and nothing anybody wrote', async () => {
    const [{ at, secret }, picky] = [await aHook(), await aHook({ kinds: ['workshop.cancelled'] })];
    const { id, path: workshop } = await aWorkshop(staff, cohort, {
      title: 'Design sprint',
      description: 'A secret plan',
    });
    await eventually(() => expect(typesAt(at)).toEqual(['workshop.published']));
    await staff.client.post(`${workshop}/cancel`, { reason: 'Claire is ill' });
    await eventually(() => expect(typesAt(at)).toEqual(['workshop.published', 'workshop.cancelled']));
    await eventually(() => expect(typesAt(picky.at)).toEqual(['workshop.cancelled']));
    expect(newsAt(at)[0].data).toEqual({
      cohort: { id: cohort, name: 'Cohort 7' },
      subject: {
        ...{ id, title: 'Design sprint', url: `http://cordee.test/c/${cohort}/workshops/${id}` },
        ...{ startsAt: '2026-10-15T08:00:00.000Z', endsAt: '2026-10-15T10:30:00.000Z' },
      },
    });
    const { headers, body } = got.find((one) => one.path === at)!;
    expect(() => new Signature(secret).verify(body, headers as Record<string, string>)).not.toThrow();
    expect(
      got
        .filter((one) => one.path === at)
        .map((one) => one.body)
        .join(),
    ).not.toMatch(/secret plan|Claire/);
    await turn();
    expect(typesAt(at)).toHaveLength(2);
  });

  it('given processes that are killed right after each act, then a turn tells of a workshop, and of each date of a series, once', async () => {
    const { id } = await aHook();
    const kinds = async () => {
      const rows = await world.db
        .collection('deliveries')
        .find({ of: new Types.ObjectId(id) })
        .toArray();
      return rows.map(({ about }) => `${about.kind} ${about.subjectId}`).sort();
    };
    const [{ id: single, path: workshop }, { path: series, dates: first }] = await killedAfter(world, () =>
      Promise.all([
        aWorkshop(staff, cohort),
        aSeries(staff, cohort, { repeat: { unit: 'week', weekdays: [2], count: 2 } }),
      ]),
    );
    const { edition } = (await staff.client.get(series)).body;
    const longer = { workshopId: first[0], edition, count: 3 };
    const { body } = await killedAfter(world, () => staff.client.post(`${series}/lengthen`, longer));
    const dates = body.dates.map(({ workshopId }: { workshopId: string }) => workshopId) as string[];
    expect(dates).toHaveLength(3);
    expect(await kinds()).toEqual([]);
    await followOutbox(world);
    const published = [single, ...dates].map((one) => `workshop.published ${one}`).sort();
    expect(await kinds()).toEqual(published);
    await killedAfter(world, async () => {
      expect((await staff.client.post(`${workshop}/cancel`, { reason: 'Ill' })).status).toBe(200);
      const { edition } = (await staff.client.get(series)).body;
      const all = { scope: 'all', workshopId: dates[0], edition, reason: 'Ill' };
      expect((await staff.client.post(`${series}/cancel`, all)).status).toBeLessThan(300);
    });
    expect(await kinds()).toEqual(published);
    await followOutbox(world);
    await followOutbox(world);
    const cancelled = published.map((one) => one.replace('published', 'cancelled'));
    expect(await kinds()).toEqual([...cancelled, ...published]);
  });

  it('given a question without an answer and a milestone, then they are told when it is time, once, by two processes', async () => {
    const before = world.clock.now();
    const { at } = await aHook();
    const fellow = await aMember(world, cohort, 'fellow');
    const ask = (title: string) =>
      fellow.client.post(`/api/cohorts/${cohort}/topics`, { title, body: 'Secret words', tags: [] });
    const [open, answered] = [(await ask('Still open?')).body.id, (await ask('Answered?')).body.id];
    await staff.client.post(`/api/cohorts/${cohort}/topics/${answered}/posts`, { body: 'Yes' });
    await staff.client.post(`/api/cohorts/${cohort}/milestones`, { title: 'First demo', on: '2026-10-17' });
    await look();
    await turn();
    expect(typesAt(at)).toEqual([]);
    world.clock.set('2026-10-14T07:00:00.000Z');
    await look();
    await eventually(() => expect(typesAt(at)).toEqual(['milestone.near']));
    await handOverAt(world, 'cohort-news', new Date(before.getTime() + 4 * DAY));
    await look();
    await look();
    await eventually(() => expect(typesAt(at).sort()).toEqual(['milestone.day', 'milestone.near', 'topic.unanswered']));
    const [topic] = newsAt(at).filter(({ type }) => type === 'topic.unanswered');
    expect(topic.data.subject).toMatchObject({ id: open, title: 'Still open?', openedAt: before.toISOString() });
    expect(newsAt(at).map(({ data }) => data.subject.on)).toContain('2026-10-17');
    expect(JSON.stringify(newsAt(at))).not.toContain('Secret words');
    world.clock.set(before);
  });

  it('given what was so before there was a webhook, then it is no news', async () => {
    const before = world.clock.now();
    const fellow = await aMember(world, cohort, 'fellow');
    await asked(fellow, 'An old one?');
    world.clock.set(new Date(before.getTime() + 4 * DAY + HOUR));
    const { at } = await aHook();
    await look();
    await turn();
    expect(typesAt(at)).toEqual([]);
    world.clock.set(before);
  });

  it('given what came to be while it was switched off, then it is no news either', async () => {
    const before = world.clock.now();
    const { id } = await aHook();
    await asked(await aMember(world, cohort, 'fellow'), 'Who hears of this?');
    const turned = async (active: boolean) =>
      expect((await staff.client.patch(`${path()}/${id}`, { active })).status).toBe(200);
    await turned(false);
    world.clock.set(new Date(before.getTime() + 4 * DAY + HOUR));
    await turned(true);
    await look();
    const news = world.db.collection('deliveries');
    expect(await news.countDocuments({ of: new Types.ObjectId(id) })).toBe(0);
    world.clock.set(before);
  });

  it('given the other side fails, then it is tried again, and the log and the webhook say so; "gone" switches it off', async () => {
    const before = world.clock.now();
    const { at, id } = await aHook();
    const hookOf = async () => (await staff.client.get(path())).body.items.find((one: any) => one.id === id);
    answers.set(at, 503);
    await aWorkshop(staff, cohort, { title: 'Again' });
    await eventually(async () => expect((await hookOf()).problem).toBe('status'));
    answers.set(at, 204);
    world.clock.advance(5000);
    await turn();
    await eventually(async () =>
      expect(await hookOf()).toMatchObject({ problem: null, active: true, lastAt: expect.any(String) }),
    );
    const { items } = (await staff.client.get(`${path()}/${id}/deliveries`)).body;
    expect(items.map((one: any) => [one.kind, one.attempt, one.ok, one.status])).toEqual([
      ['workshop.published', 2, true, 204],
      ['workshop.published', 1, false, 503],
    ]);
    answers.set(at, 410);
    await aWorkshop(staff, cohort, { title: 'Gone' });
    await eventually(async () => expect(await hookOf()).toMatchObject({ active: false, problem: 'status' }));
    world.clock.set(before);
  });
});

describe('a milestone that is moved', () => {
  const moved = async (id: string, on: string) =>
    expect((await staff.client.patch(`/api/cohorts/${cohort}/milestones/${id}`, { on })).status).toBe(200);
  const milestoneOn = async (on: string) =>
    (await staff.client.post(`/api/cohorts/${cohort}/milestones`, { title: 'First demo', on })).body.id as string;
  const daysAt = (path: string) => newsAt(path).map(({ type, data }) => [type, data.subject.on]);

  it('given it was told before, then it comes near once more, by its new day', async () => {
    const before = world.clock.now();
    const [{ at }, id] = [await aHook({ kinds: ['milestone.near'] }), await milestoneOn('2026-10-17')];
    world.clock.set('2026-10-14T07:00:00.000Z');
    await look();
    await eventually(() => expect(daysAt(at)).toEqual([['milestone.near', '2026-10-17']]));
    await moved(id, '2026-10-30');
    await handOverAt(world, 'cohort-news', '2026-10-27T08:00:00.000Z');
    await look();
    await look();
    await eventually(() => expect(daysAt(at).slice(1)).toEqual([['milestone.near', '2026-10-30']]));
    world.clock.set(before);
  });

  it('given it waits for its next try, then its old day is no news any more', async () => {
    const before = world.clock.now();
    const [{ at, id: hook }, id] = [await aHook({ kinds: ['milestone.near'] }), await milestoneOn('2026-10-17')];
    answers.set(at, 503);
    world.clock.set('2026-10-14T07:00:00.000Z');
    await look();
    const rows = () => world.db.collection('deliveries').find({ of: new Types.ObjectId(hook) });
    const next = new Date(world.clock.now().getTime() + 5000);
    await eventually(async () => expect(await rows().toArray()).toMatchObject([{ tries: 1, dueAt: next }]));
    await moved(id, '2026-10-30');
    answers.set(at, 204);
    world.clock.advance(5000);
    await turn();
    await eventually(async () => expect((await rows().toArray())[0]).not.toHaveProperty('dueAt'));
    expect(daysAt(at)).toHaveLength(1);
    world.clock.set(before);
  });
});

describe('the webhooks of a cohort', () => {
  it('given staff, then a test arrives, changes hold, and what is deleted is gone', async () => {
    const { at, id } = await aHook();
    const test = await staff.client.post(`${path()}/${id}/test`);
    expect([test.status, test.body]).toEqual([200, expect.objectContaining({ kind: null, ok: true, status: 204 })]);
    expect(newsAt(at)).toMatchObject([{ type: 'test', data: { subject: null } }]);
    const changed = await staff.client.patch(`${path()}/${id}`, { kinds: ['milestone.day'], name: 'Screen' });
    expect(changed.body).toMatchObject({ name: 'Screen', kinds: ['milestone.day'], active: true });
    expect(changed.body).not.toHaveProperty('secret');
    expect((await staff.client.delete(`${path()}/${id}`)).status).toBe(204);
    expect((await staff.client.get(path())).body.items).toEqual([]);
    expect((await staff.client.get(`${path()}/${id}/deliveries`)).status).toBe(404);
  });

  it('given an address inside the house, too many, or bad input, then it is refused', async () => {
    const post = (body: object) => staff.client.post(path(), { name: 'Hall', url: 'https://example.org', ...body });
    expect((await post({ url: 'http://192.168.1.1/' })).body.errors).toEqual([{ field: '/url', code: 'https_needed' }]);
    for (const wrong of [{ url: 'nothing' }, { kinds: [] }, { kinds: ['message.created'] }, { name: '' }, { more: 1 }])
      expect((await post(wrong)).status).toBe(422);
    const made = await Promise.all(Array.from({ length: 16 }, () => post({})));
    expect(made.filter(({ status }) => status === 201)).toHaveLength(10);
    expect((await post({})).body.code).toBe('too_many_webhooks');
    expect((await staff.client.get(path())).body.items).toHaveLength(10);
    const inside = await aWorldApart();
    expect((await staff.client.get(inside)).status).toBe(404);
  });

  it.each(['fellow', 'coach', 'host'] as const)(
    'given a %s, then 403; another cohort 404; nobody 401',
    async (role) => {
      const { id } = await aHook();
      const member = await aMember(world, cohort, role);
      const stranger = await aMember(world, await aCohort(world), 'staff');
      for (const [who, status] of [
        [member.client, 403],
        [stranger.client, 404],
        [clientOf(world.url), 401],
      ] as const) {
        expect((await who.get(path())).status).toBe(status);
        expect((await who.post(path(), { name: 'x', url: 'https://example.org' })).status).toBe(status);
        expect((await who.patch(`${path()}/${id}`, { active: false })).status).toBe(status);
        expect((await who.post(`${path()}/${id}/test`)).status).toBe(status);
        expect((await who.get(`${path()}/${id}/deliveries`)).status).toBe(status);
        expect((await who.delete(`${path()}/${id}`)).status).toBe(status);
      }
    },
  );

  /** A webhook of another cohort, named in the address of this one. */
  async function aWorldApart(): Promise<string> {
    const [mine, mineStaff] = [cohort, staff];
    cohort = await aCohort(world);
    staff = await aMember(world, cohort, 'staff');
    const { id } = await aHook();
    [cohort, staff] = [mine, mineStaff];
    return `${path()}/${id}/deliveries`;
  }
});

describe('who keeps it', () => {
  const takeOver = (person: TestPerson, id: string) => person.client.post(`${path()}/${id}/take-over`);

  it('given who set it up is of the team no more, then it tells nothing, the team hears of it once, and takes it over', async () => {
    const other = await aMember(world, cohort, 'staff');
    const fellow = await aMember(world, cohort, 'fellow');
    const { id, at, secret } = await aHook();
    expect((await takeOver(other, id)).body.code).toBe('is_kept');
    expect((await other.client.delete(`/api/cohorts/${cohort}/members/${staff.id}`)).status).toBe(204);
    await aWorkshop(other, cohort, { title: 'Unheard' });
    await look();
    await turn();
    const list = async () => (await other.client.get(path())).body.items;
    await eventually(async () =>
      expect(await list()).toMatchObject([{ active: false, problem: 'keeper_left', keeperLeft: true }]),
    );
    expect(typesAt(at)).toEqual([]);
    const notices = async (person: TestPerson) =>
      ((await person.client.get('/api/me/inbox')).body.items as { kind: string }[]).filter(
        ({ kind }) => kind === 'webhook.stopped',
      );
    await eventually(async () => expect(await notices(other)).toHaveLength(1));
    expect(await notices(fellow)).toEqual([]);
    expect((await other.client.patch(`${path()}/${id}`, { active: true })).body.code).toBe('keeper_left');
    expect((await other.client.post(`${path()}/${id}/test`)).body.code).toBe('keeper_left');
    expect((await takeOver(fellow, id)).status).toBe(403);
    const taken = await takeOver(other, id);
    expect(taken.body).toMatchObject({ active: true, keeperLeft: false, keeper: { id: other.id }, problem: null });
    expect(taken.body.secret).not.toBe(secret);
    await aWorkshop(other, cohort, { title: 'Heard' });
    await eventually(() => expect(newsAt(at).map(({ data }) => data.subject.title)).toEqual(['Heard']));
  });

  it('given another of the team who has it go elsewhere, then they keep it, by a new secret, and it ends with them', async () => {
    const other = await aMember(world, cohort, 'staff');
    const { id, at, secret } = await aHook();
    const own = await staff.client.patch(`${path()}/${id}`, { url: `${base}${at}/own` });
    expect(own.body).toMatchObject({ keeper: { id: staff.id } });
    expect(own.body).not.toHaveProperty('secret');
    world.clock.advance(1);
    const moved = await other.client.patch(`${path()}/${id}`, { url: `${base}${at}/other` });
    expect(moved.body).toMatchObject({ active: true, keeper: { id: other.id }, keeperLeft: false });
    expect(moved.body.secret).not.toBe(secret);
    await aWorkshop(staff, cohort, { title: 'Heard' });
    await eventually(() => expect(typesAt(`${at}/other`)).toEqual(['workshop.published']));
    const { body, headers } = got.findLast((one) => one.path === `${at}/other`)!;
    new Signature(moved.body.secret as string).verify(body, headers as never);

    expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${other.id}`)).status).toBe(204);
    await aWorkshop(staff, cohort, { title: 'Unheard' });
    await eventually(async () =>
      expect((await staff.client.get(path())).body.items).toMatchObject([{ active: false, keeperLeft: true }]),
    );
    expect(typesAt(`${at}/other`)).toHaveLength(1);
  });

  it('given who set it up left and no event told of it, then each use sees it', async () => {
    const other = await aMember(world, cohort, 'staff');
    const { at } = await aHook();
    await world.db
      .collection('memberships')
      .updateOne({ userId: new Types.ObjectId(staff.id) }, { $set: { role: 'coach' } });
    await aWorkshop(other, cohort, { title: 'Unheard' });
    await eventually(async () => expect((await other.client.get(path())).body.items[0].active).toBe(false));
    expect(typesAt(at)).toEqual([]);
  });
});
