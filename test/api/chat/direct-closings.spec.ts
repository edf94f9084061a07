import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { ScheduledSender } from '../../../src/bridges/scheduled-messages/scheduled-sender.js';
import { HOUR } from '../../../src/common/times/clock.js';
import { MailAddresses } from '../../../src/infra/mail/mail-addresses.js';
import { MailReceiver } from '../../../src/infra/mail/mail-receiver.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { heard, say } from '../../support/rooms/chat.js';
import { connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';

/** Direct conversations of people who share no cohort any more: read by all of them, written to by none, by whatever way. */
let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let [ines, tomasz]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({
    nodes: 2,
    env: { MAIL_REPLY_DOMAIN: 'reply.cordee.test', MAIL_IN_PORT: '0' },
  });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  [ines, tomasz] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'coach')];
});

const directOf = async (person: TestPerson, ...others: TestPerson[]) =>
  (await person.client.post('/api/direct', { userIds: others.map(({ id }) => id) })).body.id as string;
const exclude = async (person: TestPerson) => {
  expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${person.id}`)).status).toBe(204);
  await world.settled();
};
const CLOSED = { status: 409, code: 'no_common_cohort' };
const refusal = ({ status, body }: { status: number; body: { code: string } }) => ({ status, code: body.code });
const bodiesIn = async (reader: TestPerson, channel: string) =>
  ((await reader.client.get(`/api/channels/${channel}/messages`)).body.items as { body: string }[]).map(
    ({ body }) => body,
  );

it('given one of two is excluded from all common cohorts, then both only read, by every way; in a cohort again, both write', async () => {
  const channel = await directOf(ines!, tomasz!);
  const own = await say(ines!, channel, 'see you in October');
  const theirs = await say(tomasz!, channel, 'gladly');
  const dueAt = new Date(world.clock.now().getTime() + HOUR).toISOString();
  const planned = await ines!.client.post(`/api/channels/${channel}/scheduled`, {
    ...{ clientId: randomUUID(), body: 'later', dueAt, attachments: [] },
  });
  expect(planned.status).toBe(201);
  const place = world.app.get(MailAddresses).answer('d', channel, tomasz!.id)!;
  const lives = [await connect(world.nodes[0]!.url, ines!.token), await connect(world.nodes[1]!.url, tomasz!.token)];

  await exclude(tomasz!);
  for (const live of lives) await heard(live, 'channel.changed', ({ channelId }) => channelId === channel);
  for (const [at, person] of [ines!, tomasz!].entries()) {
    const client = person.client.on(world.nodes[at]!.url);
    const seen = (await client.get(`/api/channels/${channel}`)).body;
    expect([seen.closed, seen.abilities.send]).toEqual(['no_common_cohort', false]);
    const mine = at === 0 ? own : theirs;
    const of = (message: { id: string }) => `/api/channels/${channel}/messages/${message.id}`;
    const tries = [
      await client.post(`/api/channels/${channel}/messages`, { clientId: randomUUID(), body: 'still there?' }),
      await client.post(`/api/channels/${channel}/messages`, { clientId: randomUUID(), body: 'x', threadId: own.id }),
      await client.patch(of(mine), { body: 'changed' }),
      await client.put(`${of(own)}/reactions/${encodeURIComponent('👍')}`),
      await client.put(`${of(own)}/pinned`, { pinned: true }),
      await client.post(`/api/channels/${channel}/scheduled`, { clientId: randomUUID(), body: 'x', dueAt }),
    ];
    expect(tries.map(refusal)).toEqual(tries.map(() => CLOSED));
    const sent = await lives[at]!.ask('channel:send', { channelId: channel, clientId: randomUUID(), body: 'hello' });
    const typed = await lives[at]!.ask('channel:typing', { channelId: channel });
    expect([sent.error.code, typed.error.code]).toEqual(['no_common_cohort', 'no_common_cohort']);
    expect(await bodiesIn(person, channel)).toEqual(['see you in October', 'gladly']);
  }

  // What was planned before, and an answer to an older mail.
  world.clock.set(dueAt);
  await world.app.get(ScheduledSender).turn();
  const [waiting] = (await ines!.client.get('/api/scheduled')).body.items;
  expect(waiting).toMatchObject({ state: 'failed', because: 'no_common_cohort' });
  const server = createTransport({ host: '127.0.0.1', port: world.app.get(MailReceiver).port!, ignoreTLS: true });
  await server.sendMail({ from: tomasz!.email, to: place, text: 'By mail, then.' }).catch(() => undefined);
  server.close();
  await world.settled();
  expect(await bodiesIn(ines!, channel)).toEqual(['see you in October', 'gladly']);
  // One's own words can still be taken back.
  expect((await tomasz!.client.delete(`/api/channels/${channel}/messages/${theirs.id}`)).status).toBe(204);

  await join(world, await sharedWith(ines!), tomasz!.id, 'coach');
  await eventually(async () => {
    expect((await ines!.client.on(world.nodes[1]!.url).get(`/api/channels/${channel}`)).body.closed).toBeNull();
  });
  await say(tomasz!, channel, 'here again');
  await say(ines!, channel, 'welcome back');
  for (const live of lives) live.close();
});

/** Another cohort that somebody belongs to from now on. */
async function sharedWith(person: TestPerson): Promise<string> {
  const other = await aCohort(world);
  await join(world, other, person.id, 'fellow');
  return other;
}

it('given several, then nobody writes while one of them shares no cohort with any of the rest', async () => {
  const channel = await directOf(ines!, tomasz!, staff);
  await say(staff, channel, 'all three');
  const other = await sharedWith(ines!);
  await join(world, other, tomasz!.id, 'coach');
  await exclude(tomasz!);
  // Still roped to the others by one of them.
  await say(tomasz!, channel, 'I am still with Ines');
  const leader = await aMember(world, other, 'staff');
  expect((await leader.client.delete(`/api/cohorts/${other}/members/${tomasz!.id}`)).status).toBe(204);
  await world.settled();
  for (const person of [ines!, tomasz!, staff]) {
    const sent = await person.client.post(`/api/channels/${channel}/messages`, { clientId: randomUUID(), body: 'x' });
    expect(refusal(sent)).toEqual(CLOSED);
  }
  // Who is still together opens another one.
  await say(ines!, await directOf(ines!, staff), 'only us');
});

it('given a cohort that is closed, then its people still write to each other', async () => {
  const channel = await directOf(ines!, tomasz!);
  expect((await staff.client.post(`/api/cohorts/${cohort}/close`)).status).toBe(200);
  await world.settled();
  await say(ines!, channel, 'one year later');
  expect((await tomasz!.client.get(`/api/channels/${channel}`)).body.closed).toBeNull();
});

it('given sends at the very moment of an exclusion on two nodes, then none is written after it was through', async () => {
  const channel = await directOf(ines!, tomasz!);
  const send = (node: number) =>
    ines!.client.on(world.nodes[node]!.url).post(`/api/channels/${channel}/messages`, {
      clientId: randomUUID(),
      body: 'now',
    });
  const before = [send(0), send(1), send(0)];
  await exclude(tomasz!);
  await Promise.all(before);
  const after = await Promise.all([send(0), send(1), send(0), send(1)]);
  expect(after.map(refusal)).toEqual(after.map(() => CLOSED));
});
