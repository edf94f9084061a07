import { randomUUID } from 'node:crypto';
import { startWorld, type TestWorld } from '../../support/app.js';
import { channelOf, heard, say } from '../../support/rooms/chat.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let sam: TestPerson;
let outsider: TestPerson;
let direct: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo' });
  sam = await aMember(world, cohortId, 'fellow', { name: 'Sam' });
  direct = (await leo.client.post('/api/direct', { userIds: [ines.id] })).body.id;
});

const block = async (by: TestPerson, whom: TestPerson) =>
  expect((await by.client.put(`/api/me/blocked/${whom.id}`)).status).toBe(204);
const sending = (body = 'hello') => ({ clientId: randomUUID(), body });
const notices = async (person: TestPerson) =>
  (
    await world.db
      .collection('notifications')
      .find({ kind: /^chat/, userId: { $exists: true } })
      .toArray()
  ).filter((row) => String(row.userId) === person.id);

describe('who is blocked', () => {
  it('given the list, then it holds whom I blocked, each once, on all my devices, and is mine alone', async () => {
    const live = await connect(world.nodes[1]!.url, ines.token);
    await block(ines, leo);
    await block(ines, leo);
    const listed = { items: [{ id: leo.id, name: 'Léo', avatarUrl: null }] };
    expect((await ines.client.get('/api/me/blocked')).body).toEqual(listed);
    expect(await heard(live, 'blocked.changed')).toEqual(listed);
    expect((await leo.client.get('/api/me/blocked')).body).toEqual({ items: [] });
    expect((await ines.client.delete(`/api/me/blocked/${leo.id}`)).status).toBe(204);
    expect((await ines.client.get('/api/me/blocked')).body).toEqual({ items: [] });
    live.close();
  });

  it('given oneself, a stranger, an unknown id or no login, then refused', async () => {
    const status = async (id: string) => (await ines.client.put(`/api/me/blocked/${id}`)).status;
    expect([await status(ines.id), await status(outsider.id), await status('nobody')]).toEqual([409, 404, 404]);
    const nobody = clientOf(world.url);
    const refused = [
      await nobody.put(`/api/me/blocked/${leo.id}`),
      await nobody.delete(`/api/me/blocked/${leo.id}`),
      await nobody.get('/api/me/blocked'),
    ];
    expect(refused.map((answer) => answer.status)).toEqual([401, 401, 401]);
  });

  it('given both write on both processes, then they are refused there at once, on HTTP and socket, until unblocked', async () => {
    const lives = await Promise.all(world.nodes.map((node) => connect(node.url, leo.token)));
    for (const [at, node] of world.nodes.entries()) {
      // Both processes have in mind that both may write.
      await say({ ...leo, client: leo.client.on(node.url) }, direct, `before ${at}`);
    }
    const first = await say(leo, direct, 'mine');
    await ines.client.on(world.nodes[1]!.url).put(`/api/me/blocked/${leo.id}`);
    for (const [at, node] of world.nodes.entries()) {
      const client = leo.client.on(node.url);
      const answer = await client.post(`/api/channels/${direct}/messages`, sending());
      expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
        403,
        'blocked',
        'This person does not take direct messages from you.',
      ]);
      const ack = await lives[at]!.ask('channel:send', { channelId: direct, ...sending() });
      expect(ack).toMatchObject({ ok: false, error: { code: 'blocked' } });
      expect((await client.post('/api/direct', { userIds: [ines.id] })).body.code).toBe('blocked');
      const path = `/api/channels/${direct}/messages/${first.id}`;
      const edited = await client.patch(path, { body: 'worse' });
      const reacted = await client.put(`${path}/reactions/${encodeURIComponent('👍')}`);
      expect([edited.body.code, reacted.body.code]).toEqual(['blocked', 'blocked']);
      // Who has blocked does not write either.
      const own = await ines.client.on(node.url).post(`/api/channels/${direct}/messages`, sending());
      expect([own.status, own.body.code]).toEqual([409, 'you_blocked']);
    }
    // What was written before is answered as it was, and one's own words can be taken back.
    const again = { clientId: first.clientId, body: first.body };
    expect((await leo.client.post(`/api/channels/${direct}/messages`, again)).body.id).toBe(first.id);
    expect((await leo.client.delete(`/api/channels/${direct}/messages/${first.id}`)).status).toBe(204);

    await ines.client.delete(`/api/me/blocked/${leo.id}`);
    for (const node of world.nodes) await say({ ...leo, client: leo.client.on(node.url) }, direct, 'after');
    for (const live of lives) live.close();
  });

  it('given sends in flight on both processes, then none is written after the block was answered', async () => {
    await say(leo, direct, 'before');
    const sends = world.nodes.flatMap((node) =>
      Array.from({ length: 20 }, () => leo.client.on(node.url).post(`/api/channels/${direct}/messages`, sending())),
    );
    await block(ines, leo);
    const { rev } = (await ines.client.get(`/api/channels/${direct}`)).body as { rev: number };
    const answers = await Promise.all(sends);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(
      new Set(answers.some(({ status }) => status === 403) ? (rev > 1 ? [201, 403] : [403]) : [201]),
    );
    for (const { status, body } of answers) if (status === 201) expect(body.rev).toBeLessThanOrEqual(rev);
  });

  it('given a conversation of three and a channel of the cohort, then they write there, and no notice comes of it', async () => {
    const group = (await leo.client.post('/api/direct', { userIds: [ines.id, sam.id] })).body.id as string;
    await block(ines, leo);
    await say(leo, group, 'to both');
    const cohort = await channelOf(leo, 'cohort');
    await say(leo, cohort.id, `<@${ines.id}> <@${sam.id}>`);
    // Of a conversation one hears when they could have read it there.
    world.clock.advance(3000);
    await followOutbox(world);
    await eventually(async () =>
      expect((await notices(sam)).map(({ kind }) => kind as string).sort()).toEqual(['chat.direct', 'chat.mentioned']),
    );
    await say(sam, cohort.id, `<@${ines.id}>`);
    await eventually(async () => expect(await notices(ines)).toHaveLength(1));
    expect((await notices(ines))[0]!.params.by).toBe('Sam');
  });

  it('given staff is blocked, then what they say in the channels of the cohort is told', async () => {
    const staff = await aMember(world, cohortId, 'staff', { name: 'Aurore' });
    await block(ines, staff);
    await say(staff, (await channelOf(staff, 'cohort')).id, `<@${ines.id}>`);
    await eventually(async () => expect(await notices(ines)).toHaveLength(1));
  });

  it('given a watched channel, then what blocked staff says there is told, and what a blocked fellow says is not', async () => {
    const staff = await aMember(world, cohortId, 'staff', { name: 'Aurore' });
    const { id } = await channelOf(ines, 'cohort');
    await ines.client.put(`/api/channels/${id}/read`, { seq: 10_000 });
    expect((await ines.client.put(`/api/channels/${id}/watched`, { watched: true })).status).toBe(204);
    for (const whom of [staff, leo]) await block(ines, whom);
    await say(leo, id, 'lunch?');
    await say(staff, id, 'the room has changed');
    await eventually(async () => {
      const told = (await notices(ines)).map(({ kind, params }) => ({ kind: kind as string, ...params }));
      expect(told).toMatchObject([{ kind: 'chat.watched', by: 'Aurore', count: 1 }]);
    });
  });
});
