import { startWorld, type TestWorld } from '../../../support/app.js';
import { connect } from '../../../support/client.js';
import { aPrivateChannel, channelOf, heard, say } from '../../../support/rooms/chat.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let room: string;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier', craft: 'data' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', craft: 'data' });
});
afterAll(() => world.stop());
beforeEach(async () => {
  room = await aPrivateChannel(ines, cohortId, [leo]);
});

const messages = (person: TestPerson, channelId = room, query = '') =>
  person.client.get(`/api/channels/${channelId}/messages${query}`);

describe('sending', () => {
  it('given emoji, right-to-left text and a $ at its head, then it comes back as it was', async () => {
    const body = '$set مرحبا 🧗‍♀️ `{"$gt":1}`';
    await say(ines, room, body);
    expect((await messages(leo)).body.items[0].body).toBe(body);
    expect((await channelOf(leo, 'private', '')).kind).toBe('private');
  });
});

describe('pages', () => {
  it('gives the last page, before, after and around a place', async () => {
    for (let index = 1; index <= 12; index += 1) await say(ines, room, `m${index}`);
    const seqs = async (query: string) => {
      const { body } = await messages(leo, room, query);
      return [body.items.map((one: { seq: number }) => one.seq), body.hasBefore, body.hasAfter];
    };
    expect(await seqs('?limit=3')).toEqual([[10, 11, 12], true, false]);
    expect(await seqs('?limit=3&before=10')).toEqual([[7, 8, 9], true, true]);
    expect(await seqs('?limit=3&before=3')).toEqual([[1, 2], false, true]);
    expect(await seqs('?limit=3&after=10')).toEqual([[11, 12], true, false]);
    expect(await seqs('?limit=4&around=6')).toEqual([[4, 5, 6, 7], true, true]);
    expect(await seqs('?limit=1&around=6')).toEqual([[6], true, true]);
    expect(await seqs('?limit=4&around=99')).toEqual([[11, 12], true, false]);
    expect((await messages(leo, room, '?limit=0')).status).toBe(422);
    expect((await messages(leo, room, '?before[$gt]=1')).status).toBe(422);
  });

  it('given half a character, then what is told live is what is fetched', async () => {
    const live = await connect(world.url, leo.token);
    const path = `/api/channels/${room}/messages`;
    await ines.client.post(path, '{"clientId":"half-a-character","body":"a\\ud83d b"}');
    const told = await heard(live, 'message.created', (one) => one.channelId === room);
    expect((await messages(leo)).body.items).toEqual([told]);
    expect(told.body).toBe('a\ufffd b');
    live.close();
  });

  it('given an empty channel, then an empty page', async () => {
    expect((await messages(leo)).body).toMatchObject({ items: [], rev: 0, hasBefore: false, hasAfter: false });
  });

  it('keeps threads beside: the root counts its replies and takes a rev, replies are read by threadId', async () => {
    const root = await say(ines, room, 'root');
    const reply = await say(leo, room, 'reply', root.id);
    const [shown] = (await messages(ines)).body.items;
    expect(shown).toMatchObject({ id: root.id, replies: 1, lastReplyAt: reply.createdAt, seq: 1, rev: 3 });
    expect((await messages(ines, room, `?threadId=${root.id}`)).body.items).toEqual([reply]);
    expect((await messages(ines, room, `?threadId=${reply.id}`)).status).toBe(404);
    expect((await ines.client.get(`/api/channels/${room}/messages/${root.id}`)).body).toEqual(shown);
    const other = await aPrivateChannel(leo, cohortId, []);
    expect((await leo.client.get(`/api/channels/${other}/messages/${root.id}`)).status).toBe(404);
    expect((await messages(leo, other, `?threadId=${root.id}`)).status).toBe(404);
  });
});

describe('changing messages', () => {
  it('adds and takes back reactions, each once; what is no emoji is refused', async () => {
    const message = await say(ines, room, 'yes?');
    const path = (emoji: string) =>
      `/api/channels/${room}/messages/${message.id}/reactions/${encodeURIComponent(emoji)}`;
    await leo.client.put(path('👍'));
    const again = (await leo.client.put(path('👍'))).body;
    expect(again.reactions).toEqual([{ emoji: '👍', userIds: [leo.id] }]);
    expect(again.rev).toBe(2);
    expect((await ines.client.put(path('👩🏽‍🚒'))).body.reactions).toHaveLength(2);
    expect((await leo.client.delete(path('👍'))).body.reactions).toEqual([{ emoji: '👩🏽‍🚒', userIds: [ines.id] }]);
    expect((await ines.client.put(path('❤'))).body.reactions.at(-1)).toMatchObject({ emoji: '❤️' });
    for (const wrong of ['🇫', 'no', '👍👍', '<b>', '1']) expect((await leo.client.put(path(wrong))).status).toBe(422);
  });

  it('given forty reactions at once, then none is lost and the revs have no hole', async () => {
    const message = await say(ines, room, 'race');
    const emojis = ['👍', '🎉', '❤️', '🚀', '👀', '😀', '🔥', '🙏', '💡', '✅'];
    const answers = await Promise.all(
      [ines, leo].flatMap((person) =>
        emojis.map((emoji) =>
          person.client.put(`/api/channels/${room}/messages/${message.id}/reactions/${encodeURIComponent(emoji)}`),
        ),
      ),
    );
    expect(answers.map((one) => one.body.rev).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 2),
    );
    const [shown] = (await messages(ines)).body.items;
    expect(shown.reactions.map((one: { userIds: string[] }) => one.userIds.length)).toEqual(emojis.map(() => 2));
  });
});
