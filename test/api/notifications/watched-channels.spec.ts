import { WatchedChannelNotices } from '../../../src/notifications/notices/watched-channel.notices.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { mailsOf } from '../../support/rooms/notices.js';

let world: TestWorld;
let cohort: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));
const inboxOf = async (person: TestPerson) => (await person.client.get('/api/me/inbox?limit=200')).body.items as any[];
const sweep = () => deliver(world);
const mailsTo = (person: TestPerson, prefix: string) => mailsOf(world, person, prefix);

/** Looks at a watched channel now, on both processes, as it is done some seconds after a message. */
const looked = async (room: string) =>
  await Promise.all(world.nodes.map((node) => node.app.get(WatchedChannelNotices).tell(room)));

describe('a watched channel', () => {
  it('given 40 messages in a row, then one notice that counts them; mine, and those that name me, are not among them', async () => {
    const writer = await aMember(world, cohort, 'fellow', { name: 'Karim Haddad' });
    const watcher = await aMember(world, cohort, 'fellow');
    const other = await aMember(world, cohort, 'fellow');
    const room = await aPrivateChannel(writer, cohort, [watcher, other]);
    expect((await watcher.client.put(`/api/channels/${room}/watched`, { watched: true })).status).toBe(204);
    expect((await watcher.client.get(`/api/channels/${room}`)).body).toMatchObject({ watched: true, muted: false });
    await say(watcher, room, 'I listen');
    for (let index = 1; index <= 40; index += 1) await say(writer, room, `message ${index}`);
    const watched = async (person: TestPerson) => (await inboxOf(person)).filter(({ kind }) => kind === 'chat.watched');
    await eventually(async () => expect((await watched(watcher)).map(({ params }) => params.count)).toEqual([40]));
    const [notice] = await watched(watcher);
    expect(notice.title).toMatch(/^40 new messages in #private-/);
    expect(notice.body).toBe('Karim Haddad: message 40');
    expect([await watched(writer), await watched(other)]).toEqual([[], []]);

    // Read there, it is read here, and what comes then is another notice.
    const last = (await watcher.client.get(`/api/channels/${room}/messages`)).body.items.at(-1).seq;
    await watcher.client.put(`/api/channels/${room}/read`, { seq: last });
    await eventually(async () => expect((await watched(watcher))[0].readAt).not.toBeNull());
    await say(writer, room, 'one more');
    await eventually(async () => expect(await watched(watcher)).toHaveLength(2));
    await watcher.client.put(`/api/channels/${room}/muted`, { muted: true });
    expect((await watcher.client.get(`/api/channels/${room}`)).body).toMatchObject({ watched: false, muted: true });
  });

  it('given @channel, then a watcher has one notice of it and one mail, like who does not watch; what else is said is a notice of its own', async () => {
    const [writer, watcher, listener] = [
      await aMember(world, cohort, 'fellow', { name: 'Karim Haddad' }),
      await aMember(world, cohort, 'fellow'),
      await aMember(world, cohort, 'fellow'),
    ];
    const room = await aPrivateChannel(writer, cohort, [watcher, listener]);
    await watcher.client.put(`/api/channels/${room}/watched`, { watched: true });
    await say(writer, room, '@channel lunch');
    const kinds = async (person: TestPerson) =>
      (await inboxOf(person))
        .map(({ kind, why }) => `${kind} ${why}`)
        .filter((one) => one.startsWith('chat.'))
        .sort();
    for (const person of [watcher, listener])
      await eventually(async () => expect(await kinds(person)).toEqual(['chat.mentioned mentioned']));
    await looked(room);
    for (const person of [watcher, listener]) expect(await kinds(person)).toEqual(['chat.mentioned mentioned']);
    world.clock.set('2026-10-13T11:45:01.000Z'); // two hours later
    await Promise.all([sweep(), sweep()]);
    const mails = (person: TestPerson) => mailsTo(person, 'notice-').filter(({ text }) => text?.includes('lunch'));
    for (const person of [watcher, listener]) await eventually(() => expect(mails(person)).toHaveLength(1));

    await say(writer, room, 'soup it is');
    await eventually(async () =>
      expect(await kinds(watcher)).toEqual(['chat.mentioned mentioned', 'chat.watched watching']),
    );
    const notice = (await inboxOf(watcher)).find(({ kind }) => kind === 'chat.watched');
    expect(notice.params.count).toBe(1);
    await Promise.all([sweep(), sweep()]);
    expect(mails(watcher)).toHaveLength(1);
  });
});
