import { randomUUID } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ScheduledSender } from '../../../src/bridges/scheduled-messages/scheduled-sender.js';
import { HOUR, MINUTE } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { followOutbox } from '../../support/outbox.js';
import { aWorkshop } from '../../support/rooms/workshops.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aTokenOf } from '../../support/factories.js';

/** A thief had an account for a while, and made what goes on without a login. Then its owner gets it back. */
let world: TestWorld;
let cohort: string;
let room: string;
let owner: TestPerson;
let other: TestPerson;
let server: Server;
let base: string;
const got: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    got.push(request.url ?? '');
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world = await startWorld({ nodes: 2, env: { OUTSIDE_ALLOW: '127.0.0.1' } });
});
afterAll(async () => {
  await world.stop();
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  cohort = await aCohort(world);
  owner = await aMember(world, cohort, 'staff', { name: 'Claire' });
  other = await aMember(world, cohort, 'staff', { name: 'Mona' });
  room = await aPrivateChannel(owner, cohort, [other]);
  got.splice(0);
});

const hooks = () => `/api/channels/${room}/webhooks`;
const cohortHooks = () => `/api/cohorts/${cohort}/webhooks`;
const made = async (answer: Promise<{ status: number; body: any }>) => {
  const { status, body } = await answer;
  expect(status).toBe(201);
  return body;
};
const in30Minutes = () => new Date(world.clock.now().getTime() + HOUR / 2).toISOString();
const schedule = (who: TestPerson, body: string) =>
  made(who.client.post(`/api/channels/${room}/scheduled`, { clientId: randomUUID(), body, dueAt: in30Minutes() }));
const later = async (who: TestPerson) =>
  (await who.client.get('/api/scheduled')).body.items as { body: string; state: string; because: string | null }[];
const inbox = async (who: TestPerson) => (await who.client.get('/api/me/inbox')).body.items as { kind: string }[];
const read = (url: string) => clientOf(world.nodes[1]!.url).get(new URL(url).pathname);
const comeIn = (url: string) => clientOf(world.nodes[1]!.url).post(new URL(url).pathname, { text: 'from outside' });
const messages = async () =>
  (await other.client.get(`/api/channels/${room}/messages`)).body.items as { body: string; note: object | null }[];
const dueOfAll = () => Promise.all(world.nodes.map(({ app }) => app.get(ScheduledSender).turn()));

/** What a thief would make, and the same of somebody else. */
async function makeAllOf(who: TestPerson) {
  const incoming = await made(who.client.post(hooks(), { direction: 'in', name: `In of ${who.name}` }));
  const outgoing = await made(
    who.client.post(hooks(), { direction: 'out', name: `Out of ${who.name}`, url: `${base}/${who.id}` }),
  );
  const news = await made(
    who.client.post(cohortHooks(), {
      name: `News of ${who.name}`,
      url: `${base}/news-${who.id}`,
      kinds: ['workshop.published'],
    }),
  );
  const feed = await made(who.client.post('/api/me/calendar-feed'));
  await schedule(who, `said by ${who.name}`);
  const note = { clientId: randomUUID(), body: 'think of me', dueAt: in30Minutes() };
  await made(who.client.post('/api/scheduled/notes', note));
  return { incoming, outgoing, news, feed: feed.url as string };
}

const linkIn = async (email: string, pattern: RegExp) =>
  await eventually(() => {
    const letters = world.mail.mails.filter((mail) => JSON.stringify(mail.to).includes(email));
    const found = letters.flatMap(({ text }) => pattern.exec(text ?? '')?.[1] ?? []);
    if (found.length === 0) throw new Error('no such letter yet');
    return Promise.resolve(found.at(-1)!);
  });
async function reset() {
  await clientOf(world.url).post('/api/auth/password/forgot', { email: owner.email });
  const token = await linkIn(owner.email, /\/reset\/(\S+)/);
  const password = 'a password of the owner alone';
  expect((await clientOf(world.url).post('/api/auth/password/reset', { token, password })).status).toBe(204);
}
async function undo() {
  const email = `thief-${owner.id}@elsewhere.test`;
  await owner.client.post('/api/me/email', { email, password: PASSWORD });
  const confirm = await linkIn(email, /\/confirm-address\/(\S+)/);
  expect((await owner.client.post('/api/auth/email/confirm', { token: confirm })).status).toBe(204);
  const token = await linkIn(owner.email, /\/undo-address\/(\S+)/);
  expect((await clientOf(world.url).post('/api/auth/email/undo', { token })).status).toBe(204);
}
/** As on the next day, on a device of their own. */
async function ownerSignsIn(): Promise<void> {
  world.clock.advance(MINUTE);
  const token = await aTokenOf(world, owner.id);
  owner = { ...owner, token, client: clientOf(world.url, token) };
}

describe.each([
  ['sets a password by a mail', reset],
  ['undoes the change of their address', undo],
])('given an owner who %s', (_, takeBack) => {
  it('then all that goes on without a login ends, at once and on each node, and is told to whom it concerns; of others nothing does', async () => {
    const [theirs, others] = [await makeAllOf(owner), await makeAllOf(other)];
    await takeBack();

    expect([(await comeIn(theirs.incoming.secret)).status, (await read(theirs.feed)).status]).toEqual([404, 404]);
    expect([(await comeIn(others.incoming.secret)).status, (await read(others.feed)).status]).toEqual([200, 200]);
    await say(other, room, 'between us');
    await eventually(() => expect(got).toContain(`/${other.id}`));
    await aWorkshop(other, cohort);
    await eventually(() => expect(got).toContain(`/news-${other.id}`));

    const note = (name: string) => ({ kind: 'webhook', name, because: 'given_back' });
    await eventually(async () =>
      expect((await messages()).flatMap(({ note: said }) => said ?? [])).toEqual(
        expect.arrayContaining([note('In of Claire'), note('Out of Claire')]),
      ),
    );
    await eventually(async () => expect((await inbox(other)).map(({ kind }) => kind)).toContain('webhook.stopped'));
    await ownerSignsIn();
    await eventually(async () =>
      expect(await later(owner)).toMatchObject([
        { body: 'said by Claire', state: 'failed', because: 'account_given_back' },
        { body: 'think of me', state: 'waiting', because: null },
      ]),
    );
    await eventually(async () => expect((await inbox(owner)).map(({ kind }) => kind)).toContain('message.unsent'));
    expect(await later(other)).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);

    world.clock.advance(HOUR);
    await dueOfAll();
    await eventually(async () => expect((await messages()).map(({ body }) => body)).toContain('said by Mona'));
    expect((await messages()).map(({ body }) => body)).not.toContain('said by Claire');
    expect(got).not.toContain(`/${owner.id}`);
    expect(got).not.toContain(`/news-${owner.id}`);
  });

  it('then the links of invitations that staff copy are others, at once and again for what was on its way; those of mails stay good', async () => {
    const invited = { email: `invited-${owner.id}@elsewhere.test`, name: 'Invited', role: 'fellow' };
    await other.client.post(`/api/cohorts/${cohort}/invitations`, { people: [invited] });
    const copied = async (by: TestPerson) =>
      /\/invitation\/(.+)$/.exec((await by.client.get(`/api/cohorts/${cohort}/invitations`)).body.items[0].url)![1]!;
    const open = (token: string, node = 0) => clientOf(world.nodes[node]!.url).get(`/api/auth/invitations/${token}`);
    const mailed = await linkIn(invited.email, /\/invitation\/(\S+)/);
    const first = await copied(owner);
    expect((await open(first)).status).toBe(200);
    await takeBack();
    await eventually(async () => expect((await open(first, 1)).body.code).toBe('invitation_expired'));
    const second = await copied(other);
    expect((await open(second)).status).toBe(200);
    world.clock.advance(2 * MINUTE);
    await followOutbox(world);
    await eventually(async () => expect((await open(second, 1)).body.code).toBe('invitation_expired'));
    const accept = `/api/auth/invitations/${second}/accept`;
    expect((await clientOf(world.url).post(accept, { password: PASSWORD })).body.code).toBe('invitation_expired');
    await followOutbox(world);
    const last = await copied(other);
    expect([(await open(last)).status, (await open(mailed)).status]).toEqual([200, 200]);
    // Who was invited since has a link that nobody saw, and what is none of staff changes nothing.
    const fellow = await aMember(world, cohort, 'fellow');
    await clientOf(world.url).post('/api/auth/password/forgot', { email: fellow.email });
    const token = await linkIn(fellow.email, /\/reset\/(\S+)/);
    await clientOf(world.url).post('/api/auth/password/reset', { token, password: 'a password of the owner alone' });
    await followOutbox(world);
    expect((await open(last)).status).toBe(200);
  });

  it('then they go on with what is theirs: they take webhooks over by new secrets, plan anew, and have a feed with a new address', async () => {
    const theirs = await makeAllOf(owner);
    await takeBack();
    await ownerSignsIn();
    const incoming = await owner.client.post(`${hooks()}/${theirs.incoming.id}/take-over`);
    expect(incoming.body).toMatchObject({ active: true, keeperLeft: false, keeper: { id: owner.id } });
    expect((await comeIn(theirs.incoming.secret)).status).toBe(404);
    expect((await comeIn(incoming.body.secret)).status).toBe(200);
    const outgoing = await owner.client.post(`${hooks()}/${theirs.outgoing.id}/take-over`);
    expect(outgoing.body.secret).not.toBe(theirs.outgoing.secret);
    const news = await owner.client.post(`${cohortHooks()}/${theirs.news.id}/take-over`);
    expect(news.body).toMatchObject({ active: true, keeperLeft: false });
    const feed = await made(owner.client.post('/api/me/calendar-feed'));
    expect([(await read(theirs.feed)).status, (await read(feed.url)).status]).toEqual([404, 200]);
    await eventually(async () => expect(await later(owner)).toMatchObject([{ state: 'failed' }, {}]));
    const [failed] = (await owner.client.get('/api/scheduled')).body.items;
    const again = await owner.client.patch(`/api/scheduled/${failed.id}`, { dueAt: in30Minutes() });
    expect(again.body).toMatchObject({ state: 'waiting', because: null });
    await followOutbox(world);
    world.clock.advance(HOUR);
    await dueOfAll();
    await eventually(async () => expect((await messages()).map(({ body }) => body)).toContain('said by Claire'));
    expect((await comeIn(incoming.body.secret)).status).toBe(200);
    expect((await read(feed.url)).status).toBe(200);
  });

  it('given a request of the thief that was let in a moment before, then what it makes ends as well', async () => {
    await takeBack();
    const late = await makeAllOf(owner);
    expect([(await comeIn(late.incoming.secret)).status, (await read(late.feed)).status]).toEqual([404, 404]);
    await ownerSignsIn();
    await followOutbox(world);
    await eventually(async () => {
      expect(await later(owner)).toMatchObject([
        { kind: 'message', state: 'failed' },
        { kind: 'note', state: 'waiting' },
      ]);
      expect((await owner.client.get('/api/me/calendar-feeds')).body.items).toEqual([]);
    });
  });
});

it('given who changes their password by the one they have, then what they made goes on', async () => {
  const mine = await makeAllOf(owner);
  const change = { currentPassword: PASSWORD, password: 'another long password' };
  expect((await owner.client.post('/api/me/password', change)).status).toBe(204);
  expect([(await comeIn(mine.incoming.secret)).status, (await read(mine.feed)).status]).toEqual([200, 200]);
  await ownerSignsIn();
  world.clock.advance(HOUR);
  await dueOfAll();
  await eventually(async () => expect((await messages()).map(({ body }) => body)).toContain('said by Claire'));
});
