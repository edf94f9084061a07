import { Types } from 'mongoose';
import { Webhook as Signature } from 'standardwebhooks';
import { WebhookKeepers } from '../../../src/bridges/webhooks/webhook-keepers.js';
import type { Message } from '../../../src/contracts/chat/chat.js';
import type { ChannelWebhook, CreatedWebhook, Webhook } from '../../../src/contracts/bridges/webhooks.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { type Received, aReceiver, addressOf } from '../../support/rooms/webhooks.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let ines: TestPerson;
let leo: TestPerson;
let outsider: TestPerson;
let room: string;
const received: Received[] = [];
const receiver = aReceiver(received);
let url: string;

beforeAll(async () => {
  url = await addressOf(receiver);
  world = await startWorld({ nodes: 2, env: { OUTSIDE_ALLOW: '127.0.0.1', RATE_LIMITS: 'on' } });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(async () => {
  await world.stop();
  receiver.close();
});
beforeEach(async () => {
  // Nobody makes more than 30 channels an hour, nor sends more than 40 messages in ten seconds.
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo' });
  room = await aPrivateChannel(ines, cohortId, [leo]);
  received.splice(0);
});

const path = (more = '') => `/api/channels/${room}/webhooks${more}`;
const make = async (body: Record<string, unknown>) => {
  const made = await ines.client.post(path(), { name: 'CI', ...body });
  expect(made.status).toBe(201);
  return made.body as CreatedWebhook;
};
const messages = async () => (await leo.client.get(`/api/channels/${room}/messages`)).body.items as Message[];
const rowOf = async (id: string) =>
  (await world.db.collection('webhooks').findOne({ _id: new Types.ObjectId(id) })) as Record<string, unknown>;
const comeIn = (secret: string, body: unknown, node = 0) =>
  clientOf(world.nodes[node]!.url).post(new URL(secret).pathname, body);

describe('who keeps it', () => {
  const leave = (person: TestPerson) => person.client.delete(`/api/channels/${room}/members/me`);
  const takeOver = (person: TestPerson, id: string) => person.client.post(path(`/${id}/take-over`));
  const listOf = async (person: TestPerson) => (await person.client.get(path())).body.items as Webhook[];
  const said = async () => (await messages()).map(({ note, bot, body }) => (note ? { note, bot } : { body }));

  it('given its maker leaves the channel, then nothing comes in or goes out, the channel is told once, and who stays takes it over', async () => {
    const incoming = await make({ direction: 'in' });
    const outgoing = await make({ direction: 'out', url, name: 'Archive' });
    expect((await leave(ines)).status).toBe(204);
    await say(leo, room, 'between us');
    const refused = await Promise.all(
      [0, 1].map((node) => comeIn(incoming.secret, { text: 'x', username: 'Léo' }, node)),
    );
    expect(refused.map(({ status }) => status)).toEqual([404, 404]);
    await eventually(async () => expect(await listOf(leo)).toMatchObject([{ active: false }, { active: false }]));
    const note = (name: string) => ({ note: { kind: 'webhook', name, because: 'keeper_left' }, bot: { name } });
    await eventually(async () =>
      expect((await said()).filter((one) => 'note' in one).sort(byName)).toEqual([note('Archive'), note('CI')]),
    );
    expect(received).toEqual([]);
    expect(await listOf(leo)).toMatchObject([
      { problem: 'keeper_left', keeperLeft: true },
      { problem: 'keeper_left', keeperLeft: true },
    ]);
    const on = await leo.client.patch(path(`/${incoming.id}`), { active: true });
    expect([on.status, on.body.code]).toEqual([409, 'keeper_left']);
    expect((await leo.client.post(path(`/${outgoing.id}/test`))).body.code).toBe('keeper_left');

    const taken = (await takeOver(leo, incoming.id)).body as CreatedWebhook;
    expect(taken).toMatchObject({ active: true, problem: null, keeperLeft: false, keeper: { id: leo.id } });
    expect((await comeIn(incoming.secret, { text: 'x' })).status).toBe(404);
    expect((await comeIn(taken.secret, { text: 'back' })).status).toBe(200);
    const again = await takeOver(leo, incoming.id);
    expect([again.status, again.body.code]).toEqual([409, 'is_kept']);
    const goesOn = (await takeOver(leo, outgoing.id)).body as CreatedWebhook;
    expect(goesOn.secret).not.toBe(outgoing.secret);
    await say(leo, room, 'to be heard');
    await eventually(() => expect(received.map((one) => one.payload.data.message?.body)).toEqual(['to be heard']));
    expect(() => new Signature(outgoing.secret).verify(received[0]!.body, received[0]!.headers as never)).toThrow();
  });

  it('given another owner who has it go elsewhere, then they keep it, by a new secret, and it ends with them', async () => {
    const elsewhere = url.replace('/hook', '/elsewhere');
    room = (await channelOf(staff, 'cohort')).id;
    const claire = await aMember(world, cohortId, 'staff', { name: 'Claire' });
    const made = await staff.client.post(path(), { direction: 'out', name: 'Archive', url });
    const { id, secret } = made.body as CreatedWebhook;
    const renamed = await claire.client.patch(path(`/${id}`), { name: 'Tapes', url });
    expect(renamed.body).toMatchObject({ name: 'Tapes', keeper: { id: staff.id } });
    expect(renamed.body).not.toHaveProperty('secret');
    const own = await staff.client.patch(path(`/${id}`), { url: `${url}/own` });
    expect(own.body).toMatchObject({ url: `${url}/own`, keeper: { id: staff.id } });
    expect(own.body).not.toHaveProperty('secret');

    world.clock.advance(1);
    const moved = await claire.client.patch(path(`/${id}`), { url: elsewhere });
    expect(moved.body).toMatchObject({ url: elsewhere, active: true, keeper: { id: claire.id }, keeperLeft: false });
    expect(moved.body.secret).not.toBe(secret);
    await say(claire, room, 'to be heard');
    await eventually(() => expect(received.map((one) => one.payload.data.message?.body)).toEqual(['to be heard']));
    new Signature(moved.body.secret as string).verify(received[0]!.body, received[0]!.headers as never);
    expect(() => new Signature(secret).verify(received[0]!.body, received[0]!.headers as never)).toThrow();

    expect((await staff.client.delete(`/api/cohorts/${cohortId}/members/${claire.id}`)).status).toBe(204);
    await say(staff, room, 'without her');
    await eventually(async () => expect(await rowOf(id)).toMatchObject({ active: false, problem: 'keeper_left' }));
    expect(received).toHaveLength(1);
  });

  it('given two who have it go elsewhere at once, then its address is that of who keeps it', async () => {
    room = (await channelOf(staff, 'cohort')).id;
    const [claire, mona] = [await aMember(world, cohortId, 'staff'), await aMember(world, cohortId, 'staff')];
    const { id } = (await staff.client.post(path(), { direction: 'out', name: 'Archive', url })).body as CreatedWebhook;
    world.clock.advance(1);
    const answers = await Promise.all(
      [claire, mona, staff].map((one) => one.client.patch(path(`/${id}`), { url: `${url}/${one.id}` })),
    );
    const { url: goesTo, keeper } = ((await staff.client.get(path())).body.items as Webhook[]).find(
      (one) => one.id === id,
    )!;
    expect(goesTo).toBe(`${url}/${keeper?.id ?? ''}`);
    for (const { status, body } of answers) if (status !== 200) expect([status, body.code]).toEqual([409, 'stale']);
    await staff.client.delete(path(`/${id}`));
  });

  it('given its maker comes back, then it stays as it is: the belonging it was bound to is over', async () => {
    const { secret } = await make({ direction: 'in' });
    await leave(ines);
    world.clock.advance(1000);
    await leo.client.put(`/api/channels/${room}/members/${ines.id}`);
    expect((await comeIn(secret, { text: 'x' })).status).toBe(404);
    await eventually(async () => expect((await messages()).filter(({ note }) => note)).toHaveLength(1));
  });

  it('given its maker left the cohort and neither event nor door did anything yet, then each use sees it', async () => {
    const mona = await aMember(world, cohortId, 'fellow');
    room = await aPrivateChannel(mona, cohortId, [leo]);
    const made = (await mona.client.post(path(), { direction: 'in', name: 'CI' })).body as CreatedWebhook;
    const out = (await mona.client.post(path(), { direction: 'out', name: 'Out', url })).body as CreatedWebhook;
    await eventually(async () => expect(await rowOf(out.id)).not.toHaveProperty('wakeAt'));
    await world.db
      .collection('memberships')
      .updateOne({ userId: new Types.ObjectId(mona.id) }, { $set: { endedAt: new Date() } });
    await say(leo, room, 'nobody outside hears this');
    expect((await comeIn(made.secret, { text: 'x' }, 1)).status).toBe(404);
    await eventually(async () => expect(await rowOf(out.id)).toMatchObject({ active: false, problem: 'keeper_left' }));
    expect(received).toEqual([]);
  });

  it('given nobody uses it, then the next night finds that its maker is gone', async () => {
    const { id } = await make({ direction: 'in' });
    await world.db
      .collection('channel-members')
      .deleteOne({ channelId: new Types.ObjectId(room), userId: new Types.ObjectId(ines.id) });
    await Promise.all(world.nodes.map((node) => node.app.get(WebhookKeepers).compare()));
    expect(await rowOf(id)).toMatchObject({ active: false, problem: 'keeper_left' });
    expect((await messages()).filter(({ note }) => note)).toHaveLength(1);
  });

  it('given staff who set it up in a channel of the cohort and are staff no more, then it stops', async () => {
    const claire = await aMember(world, cohortId, 'staff');
    room = (await channelOf(claire, 'cohort')).id;
    const { secret } = (await claire.client.post(path(), { direction: 'in', name: 'CI' })).body as CreatedWebhook;
    expect((await comeIn(secret, { text: 'x' })).status).toBe(200);
    await staff.client.patch(`/api/cohorts/${cohortId}/members/${claire.id}`, { role: 'coach' });
    expect((await comeIn(secret, { text: 'y' })).status).toBe(404);
    expect((await claire.client.get(path())).status).toBe(403);
  });

  it('given staff who are not in a private channel, then they see that it has one, and end it, without reading or knowing the channel', async () => {
    const { id, secret } = await make({ direction: 'in' });
    await say(ines, room, 'confidence');
    const at = `/api/cohorts/${cohortId}/channel-webhooks`;
    const all = (await staff.client.get(at)).body.items as ChannelWebhook[];
    expect(all.find((one) => one.id === id)).toMatchObject({
      ...{ direction: 'in', name: 'CI', host: null, active: true, channel: null },
      keeper: { id: ines.id },
    });
    const name = (await ines.client.get(`/api/channels/${room}`)).body.name as string;
    expect(JSON.stringify(all)).not.toContain(name);
    for (const [person, status] of [
      [leo, 403],
      [outsider, 404],
    ] as const) {
      expect((await person.client.get(at)).status).toBe(status);
      expect((await person.client.delete(`${at}/${id}`)).status).toBe(status);
    }
    const elsewhere = (await outsider.client.get('/api/me')).body.memberships[0].cohortId as string;
    const foreign = await outsider.client.delete(`/api/cohorts/${elsewhere}/channel-webhooks/${id}`);
    expect(foreign.status).toBe(404);
    expect((await staff.client.delete(`${at}/${id}`)).status).toBe(204);
    expect((await comeIn(secret, { text: 'x' })).status).toBe(404);
    await eventually(async () =>
      expect((await messages()).at(-1)?.note).toEqual({ kind: 'webhook', name: 'CI', because: 'ended' }),
    );
    expect((await staff.client.get(`/api/channels/${room}`)).status).toBe(404);
  });

  const byName = (a: { bot?: { name: string } | null }, b: { bot?: { name: string } | null }) =>
    (a.bot?.name ?? '').localeCompare(b.bot?.name ?? '');
});
