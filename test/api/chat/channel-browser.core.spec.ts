import type { ChannelEntry, ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, heard, say } from '../../support/rooms/chat.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let host: TestPerson;
let staff: TestPerson;
let outsider: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès', craft: 'data' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo', craft: 'designer' });
  host = await aMember(world, cohortId, 'host');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
});
afterAll(() => world.stop());

async function anOpenChannel(name: string, topic = ''): Promise<string> {
  const answer = await ines.client.post(`/api/cohorts/${cohortId}/channels`, { name, topic, open: true });
  expect(answer).toMatchObject({ status: 201, body: { kind: 'open', isPrivate: false } });
  return answer.body.id as string;
}
const browse = async (person: TestPerson, query = '') => {
  const answer = await person.client.get(`/api/cohorts/${cohortId}/channels/browse${query}`);
  expect(answer.status).toBe(200);
  return answer.body as { items: ChannelEntry[]; nextCursor: string | null };
};
const names = async (person: TestPerson, query = '') => (await browse(person, query)).items.map((one) => one.name);
const join = (person: TestPerson, channelId: string, who = 'me') =>
  person.client.put(`/api/channels/${channelId}/members/${who}`);

describe('the channels of a cohort', () => {
  it('given open, craft and private ones, then each sees what they are in, what is open and the crafts, by name', async () => {
    const open = await anOpenChannel('Échecs', 'Un café, une partie');
    const secret = await aPrivateChannel(ines, cohortId, []);
    await say(ines, open, 'Who plays?');
    const { items } = await browse(leo);
    expect(items.map((one) => one.name)).toEqual([
      'cohort-7',
      'craft-data',
      'craft-designer',
      'Échecs',
      'general-help',
    ]);
    expect(items.map((one) => one.id)).not.toContain(secret);
    expect(items.find((one) => one.id === open)).toEqual({
      id: open,
      kind: 'open',
      name: 'Échecs',
      nameKey: null,
      topic: 'Un café, une partie',
      people: 1,
      lastAt: expect.any(String),
      archived: false,
      joined: false,
      mayJoin: true,
    });
    expect(items.find((one) => one.name === 'craft-data')).toMatchObject({ joined: false, mayJoin: false, people: 1 });
    expect(await names(host)).toEqual(['cohort-7', 'Échecs', 'general-help']);
    expect((await browse(ines)).items.find((one) => one.id === secret)).toMatchObject({ joined: true, mayJoin: false });
  });

  it('given words, then name and topic are searched without accents and case', async () => {
    expect(await names(leo, '?q=echecs')).toEqual(['Échecs']);
    expect(await names(leo, '?q=CAF%C3%89%20partie')).toEqual(['Échecs']);
    expect(await names(leo, '?q=.*')).toEqual(await names(leo));
    expect(await names(leo, '?q=nothing')).toEqual([]);
  });

  it('given many, then pages follow on each other without a gap or a double', async () => {
    for (const index of [1, 2, 3, 4, 5]) await anOpenChannel(`many-${index > 3 ? 'same' : index}`);
    const all = await names(leo);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { items, nextCursor }: { items: ChannelEntry[]; nextCursor: string | null } = await browse(
        leo,
        `?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      seen.push(...items.map((one) => one.name));
      cursor = nextCursor;
    } while (cursor);
    expect(seen).toEqual(all);
    expect(seen.filter((one) => one === 'many-same')).toHaveLength(2);
    expect((await leo.client.get(`/api/cohorts/${cohortId}/channels/browse?cursor=x`)).status).toBe(422);
  });

  it('is nothing to another cohort, and to nobody', async () => {
    expect((await outsider.client.get(`/api/cohorts/${cohortId}/channels/browse`)).status).toBe(404);
    expect((await clientOf(world.url).get(`/api/cohorts/${cohortId}/channels/browse`)).status).toBe(401);
  });
});

describe('an open channel', () => {
  it('given who joins, then they read what was said, with nothing unread, live, and can leave and come back', async () => {
    const room = await anOpenChannel('join-me');
    const before = await say(ines, room, 'Before');
    expect((await leo.client.get(`/api/channels/${room}`)).status).toBe(404);
    expect((await leo.client.get(`/api/channels/${room}/messages`)).status).toBe(404);
    const live = await connect(world.nodes[1]!.url, leo.token);
    expect((await join(leo, room)).status).toBe(204);
    expect((await join(leo, room, leo.id)).status).toBe(204);
    await heard(live, 'channel.changed', (one) => one.channelId === room);
    const list = (await leo.client.get('/api/channels')).body.items as ChannelSummary[];
    expect(list.find((one) => one.id === room)).toMatchObject({ unread: 0, kind: 'open' });
    expect((await leo.client.get(`/api/channels/${room}/messages`)).body.items).toEqual([before]);
    const after = await say(ines, room, 'After');
    await heard(live, 'message.created', (one) => one.id === after.id);
    live.close();
    expect((await leo.client.delete(`/api/channels/${room}/members/me`)).status).toBe(204);
    expect((await leo.client.get(`/api/channels/${room}/messages`)).status).toBe(404);
    expect((await join(leo, room)).status).toBe(204);
  });

  it('given who joins by themselves, then no notice tells them so; whom another lets in is told', async () => {
    const room = await anOpenChannel('quiet');
    await join(leo, room);
    await join(ines, room, host.id);
    const noticed = async (person: TestPerson) =>
      ((await person.client.get('/api/me/inbox')).body.items as { kind: string; link: string }[]).filter(
        (one) => one.kind === 'channel.added' && one.link.endsWith(room),
      ).length;
    await eventually(async () => expect(await noticed(host)).toBe(1));
    expect(await noticed(leo)).toBe(0);
  });

  it('given others, then nobody of another cohort, no one into a private or a kept one, as for none', async () => {
    const room = await anOpenChannel('ours');
    const secret = await aPrivateChannel(ines, cohortId, []);
    const craft = await channelOf(ines, 'craft');
    const nothing = await join(leo, '64b000000000000000000000');
    expect(nothing.status).toBe(404);
    for (const refused of [await join(outsider, room), await join(leo, secret), await join(leo, craft.id)])
      expect(refused.text).toBe(nothing.text);
    expect((await join(leo, room, host.id)).text).toBe(nothing.text);
    expect((await join(ines, craft.id, leo.id)).status).toBe(409);
  });

  it('given what is said there, then all of a thread may be carried to the forum, as in the channels of all', async () => {
    const room = await anOpenChannel('to-the-forum');
    expect((await ines.client.get(`/api/channels/${room}`)).body.abilities.toForum).toBe('all');
  });

  it('given who left the cohort, then they are out of it and cannot come back', async () => {
    const sam = await aMember(world, cohortId, 'fellow');
    const room = await anOpenChannel('not-for-strangers');
    await join(sam, room);
    expect((await staff.client.delete(`/api/cohorts/${cohortId}/members/${sam.id}`)).status).toBe(204);
    await eventually(async () => expect((await sam.client.get(`/api/channels/${room}`)).status).toBe(404));
    expect((await join(sam, room)).status).toBe(404);
  });
});

describe('closing a channel made by hand', () => {
  it('given its maker, then it is closed for all, listed as such, not joined, and opened again', async () => {
    const room = await anOpenChannel('closing');
    await join(leo, room);
    expect((await leo.client.patch(`/api/channels/${room}`, { archived: true })).status).toBe(403);
    const closed = await ines.client.patch(`/api/channels/${room}`, { archived: true });
    expect(closed.body).toMatchObject({ archived: true, abilities: { send: false, edit: false, archive: true } });
    expect(
      (await leo.client.post(`/api/channels/${room}/messages`, { clientId: 'too-late-1', body: 'x' })).status,
    ).toBe(409);
    expect((await join(host, room)).body.code).toBe('channel_archived');
    expect(await names(leo)).not.toContain('closing');
    expect(await names(leo, '?archived=true')).toEqual(['closing']);
    expect((await ines.client.patch(`/api/channels/${room}`, { topic: 'x' })).status).toBe(403);
    expect((await ines.client.patch(`/api/channels/${room}`, { archived: false })).body.archived).toBe(false);
    await say(leo, room, 'Again');
  });

  it('given a channel kept by membership, then 409; given a name that changes, then it is found by the new one', async () => {
    const help = await channelOf(staff, 'help');
    const answer = await staff.client.patch(`/api/channels/${help.id}`, { archived: true });
    expect([answer.status, answer.body.code]).toEqual([409, 'kept_by_membership']);
    const room = await anOpenChannel('old name');
    await ines.client.patch(`/api/channels/${room}`, { name: 'Zébu' });
    expect(await names(leo, '?q=zebu')).toEqual(['Zébu']);
    expect(await names(leo, '?q=old')).toEqual([]);
  });
});

describe('one channel, for who follows a link to it', () => {
  const entry = (person: TestPerson, channelId: string) =>
    person.client.get(`/api/cohorts/${cohortId}/channels/${channelId}`);

  it('given an open one that I am not in, then what it is and that I may join; once I did, that I am in it', async () => {
    const id = await anOpenChannel('Cartes', 'Maps of all kinds');
    const asked = await entry(leo, id);
    expect(asked.status).toBe(200);
    expect(asked.body).toMatchObject({
      id,
      name: 'Cartes',
      topic: 'Maps of all kinds',
      people: 1,
      joined: false,
      mayJoin: true,
    });
    expect((await join(leo, id)).status).toBeLessThan(300);
    expect((await entry(leo, id)).body).toMatchObject({ people: 2, joined: true, mayJoin: false });
    expect((await ines.client.patch(`/api/channels/${id}`, { archived: true })).status).toBe(200);
    expect((await entry(host, id)).body).toMatchObject({ archived: true, mayJoin: false });
  });

  it('given a private one, one of a craft for a host, another cohort, what is none, or nobody, then nothing is there', async () => {
    const secret = await aPrivateChannel(ines, cohortId, []);
    expect((await entry(ines, secret)).body).toMatchObject({ joined: true });
    expect((await entry(leo, secret)).status).toBe(404);
    const craft = (await browse(leo)).items.find(({ kind }) => kind === 'craft')!.id;
    expect((await entry(leo, craft)).status).toBe(200);
    expect((await entry(host, craft)).status).toBe(404);
    const open = await anOpenChannel('Plans');
    const theirs = (await outsider.client.get('/api/channels')).body.items[0].id as string;
    for (const id of [theirs, 'x', '0'.repeat(24)]) expect((await entry(leo, id)).status).toBe(404);
    expect((await entry(outsider, open)).status).toBe(404);
    const direct = (await ines.client.post('/api/direct', { userIds: [leo.id] })).body.id as string;
    expect((await entry(ines, direct)).status).toBe(404);
    expect((await clientOf(world.url).get(`/api/cohorts/${cohortId}/channels/${open}`)).status).toBe(401);
  });
});
