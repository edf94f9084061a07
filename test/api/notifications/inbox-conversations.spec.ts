import { Types } from 'mongoose';
import { ChatNotices } from '../../../src/notifications/notices/chat.notices.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { connect } from '../../support/client.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aPrivateChannel, heard, say } from '../../support/rooms/chat.js';

const HOUR = 3_600_000;

let world: TestWorld;
let cohort: string;
beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());

const inboxOf = async (person: TestPerson) => (await person.client.get('/api/me/inbox')).body;
const put = async (person: TestPerson, body: object) =>
  expect((await person.client.put('/api/me/inbox/place', body)).status).toBe(204);
const inAWhile = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();
/** Says it in a channel, and has its people told. */
async function write(person: TestPerson, channelId: string, body: string): Promise<string> {
  const { id } = await say(person, channelId, body);
  await world.app.get(ChatNotices).tellMessage({ channelId, messageId: id });
  return id;
}
/** Up to which message a notice speaks. */
const seqOf = async (id: string): Promise<unknown> =>
  (await world.db.collection('notifications').findOne({ _id: new Types.ObjectId(id) }))?.params.seq;
async function aConversation() {
  const [fellow, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
  const { id } = (await other.client.post('/api/direct', { userIds: [fellow.id] })).body;
  return { fellow, other, channelId: id as string };
}

describe('the notices of a conversation', () => {
  it('given messages to one person that are one notice while it is unread, then the next after it was done is a new one', async () => {
    const { fellow, other, channelId } = await aConversation();
    const inbox = () => inboxOf(fellow);
    await write(other, channelId, 'one');
    expect(await inbox()).toMatchObject({ unread: 1 });
    const [{ id }] = (await inbox()).items;
    await put(fellow, { place: 'done', ids: [id] });
    await write(other, channelId, 'two');
    expect(await inbox()).toMatchObject({ unread: 1 });
    const [next] = (await inbox()).items;
    expect(next.id).not.toBe(id);
    // While the next is snoozed, it stands for what is written meanwhile.
    await put(fellow, { place: 'snoozed', ids: [next.id], until: inAWhile(HOUR) });
    await write(other, channelId, 'three');
    expect(await seqOf(next.id)).toBe(3);
    expect(await inbox()).toMatchObject({ items: [], unread: 0 });
    world.clock.advance(2 * HOUR);
    expect(await inbox()).toMatchObject({ items: [{ id: next.id }], unread: 1 });
  });

  it('given one that was read in the inbox alone and then snoozed, then what is written next is told by another one, which stays as the first comes back', async () => {
    const { fellow, other, channelId } = await aConversation();
    await write(other, channelId, 'one');
    const [{ id }] = (await inboxOf(fellow)).items;
    await fellow.client.post('/api/me/inbox/read', { ids: [id] });
    await put(fellow, { place: 'snoozed', ids: [id], until: inAWhile(HOUR) });
    await write(other, channelId, 'two');
    const { items, unread } = await inboxOf(fellow);
    expect([items.map(({ body }: any) => body), unread]).toEqual([['two'], 1]);
    await write(other, channelId, 'three');
    expect(await seqOf(id)).toBe(1);
    expect(await seqOf(items[0].id)).toBe(3);
    await put(fellow, { place: 'inbox', ids: [id] });
    expect((await inboxOf(fellow)).items.map(({ body, readAt }: any) => [body, readAt !== null])).toEqual([
      ['three', false],
      ['one', true],
    ]);
  });

  it('given a done one is snoozed while a later one stands there unread, then that one says what is written next', async () => {
    const { fellow, other, channelId } = await aConversation();
    await write(other, channelId, 'one');
    const [{ id }] = (await inboxOf(fellow)).items;
    await put(fellow, { place: 'done', ids: [id] });
    await write(other, channelId, 'two');
    await put(fellow, { place: 'snoozed', ids: [id], until: inAWhile(HOUR) });
    await write(other, channelId, 'three');
    expect((await inboxOf(fellow)).items.map(({ body }: any) => body)).toEqual(['three']);
    expect(await seqOf(id)).toBe(1);
  });
});

describe('the words of a conversation', () => {
  it('given messages in one notice, then the inbox and open pages say the latest as it is now; no row, mail or digest holds it', async () => {
    const [fellow, other] = [
      await aMember(world, cohort, 'fellow'),
      await aMember(world, cohort, 'fellow', { name: 'Leo Roth' }),
    ];
    const { id: channelId } = (await other.client.post('/api/direct', { userIds: [fellow.id] })).body;
    const path = `/api/channels/${channelId}/messages`;
    const said = async (body: string) =>
      expect((await fellow.client.get('/api/me/inbox')).body.items.map((one: any) => one.body)).toEqual([body]);
    const device = await connect(world.nodes[1]!.url, fellow.token);
    await write(other, channelId, 'The **key** is with Ana');
    await said('The key is with Ana');
    const created = () =>
      device.events.flatMap(({ event, payload }: any) => (event === 'notification.created' ? [payload] : []));
    const shown = async (...bodies: string[]) =>
      await eventually(() => expect(created().map(({ body }) => body)).toEqual(bodies));
    await shown('The key is with Ana');
    const second = await write(other, channelId, 'No, with Bo');
    await said('No, with Bo');
    await shown('The key is with Ana', 'No, with Bo');
    expect((await other.client.patch(`${path}/${second}`, { body: 'No, with Cleo' })).status).toBe(200);
    await said('No, with Cleo');
    await shown('The key is with Ana', 'No, with Bo', 'No, with Cleo');
    const row = await world.db.collection('notifications').findOne({ userId: new Types.ObjectId(fellow.id) });
    expect(row?.params).toMatchObject({ seq: 2, excerpt: '' });
    expect((await other.client.delete(`${path}/${second}`)).status).toBeLessThan(300);
    await said('');
    await shown('The key is with Ana', 'No, with Bo', 'No, with Cleo', '');
    expect(new Set(created().map(({ id }) => id)).size).toBe(1);
    const [{ id }] = (await fellow.client.get('/api/me/inbox')).body.items;
    await put(fellow, { place: 'snoozed', ids: [id], until: inAWhile(HOUR) });
    await write(other, channelId, 'Ask Ana again');
    await put(fellow, { place: 'inbox', ids: [id] });
    await said('Ask Ana again');
    await write(other, channelId, 'Or Bo');
    await shown('The key is with Ana', 'No, with Bo', 'No, with Cleo', '', 'Or Bo');
    device.close();
    world.clock.advance(3 * HOUR);
    await deliver(world);
    const [mail] = await world.mail.to(fellow.email);
    expect(mail?.subject).toBe('Leo Roth wrote to you');
    expect(JSON.stringify(world.mail.mails.filter((one) => JSON.stringify(one.to).includes(fellow.email)))).not.toMatch(
      /with Ana|with Cleo|Ask Ana|Or Bo/,
    );
  });

  it('given a mention, then open pages say it as it was edited, and nothing of it once it is deleted', async () => {
    const [fellow, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const channelId = await aPrivateChannel(other, cohort, [fellow]);
    const path = `/api/channels/${channelId}/messages`;
    const device = await connect(world.nodes[1]!.url, fellow.token);
    const said = async (body: string) =>
      await heard(device, 'notification.created', (one) => one.kind === 'chat.mentioned' && one.body === body);
    const id = await write(other, channelId, `The word is sesame <@${fellow.id}>`);
    const first = await said(`The word is sesame @${fellow.name}`);
    await other.client.patch(`${path}/${id}`, { body: `Ask me <@${fellow.id}>` });
    expect((await said(`Ask me @${fellow.name}`)).id).toBe(first.id);
    await other.client.delete(`${path}/${id}`);
    expect((await said('')).id).toBe(first.id);
    device.close();
  });

  it('given several people, then the words say whose they are where another one began, as each language is printed; not of whom one blocked', async () => {
    const [fellow, first, second, french] = [
      await aMember(world, cohort, 'fellow'),
      await aMember(world, cohort, 'fellow', { name: 'Leo Roth' }),
      await aMember(world, cohort, 'fellow', { name: 'Mia Sol' }),
      await aMember(world, cohort, 'fellow', { locale: 'fr' }),
    ];
    const { id } = (await first.client.post('/api/direct', { userIds: [fellow, second, french].map((one) => one.id) }))
      .body;
    const says = async (person: TestPerson, body: string) =>
      await eventually(async () =>
        expect((await person.client.get('/api/me/inbox')).body.items[0]).toMatchObject({
          title: person === french ? 'Leo Roth vous a écrit' : 'Leo Roth wrote to you',
          body,
        }),
      );
    await write(first, id, 'Lunch?');
    await says(fellow, 'Lunch?');
    await write(second, id, 'At noon');
    await says(fellow, 'Mia Sol: At noon');
    await says(french, 'Mia Sol\u00a0: At noon');
    expect((await fellow.client.put(`/api/me/blocked/${second.id}`)).status).toBe(204);
    await says(fellow, '');
    await says(french, 'Mia Sol\u00a0: At noon');
    await write(first, id, 'See you there');
    await says(fellow, 'See you there');
  });
});
