import type { ChannelSummary, Message } from '../../../src/contracts/chat/chat.js';
import type { Notification } from '../../../src/contracts/notifications/notifications.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let host: TestPerson;
let ines: TestPerson;
let karim: TestPerson;
let lea: TestPerson;
let stranger: TestPerson;
let room: string;
let team: string;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach', { craft: 'designer' });
  host = await aMember(world, cohortId, 'host', { craft: 'designer' });
  ines = await aMember(world, cohortId, 'fellow', { craft: 'designer' });
  karim = await aMember(world, cohortId, 'fellow', { craft: 'developer', locale: 'fr' });
  lea = await aMember(world, cohortId, 'fellow', { craft: 'designer' });
  stranger = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow', { craft: 'designer' });
  const project = {
    name: 'Permis clair',
    agency: 'Prefecture',
    summary: 'Permits.',
    fellowIds: [ines.id, karim.id],
    hostIds: [host.id],
    coachId: coach.id,
  };
  expect((await staff.client.post(`/api/cohorts/${cohortId}/projects`, project)).status).toBe(201);
  await world.settled();
  team = (await channelOf(ines, 'team')).id;
});
afterAll(() => world.stop());
beforeEach(async () => {
  room = await aPrivateChannel(ines, cohortId, [karim, coach, staff]);
});

const ids = (people: TestPerson[]) => people.map(({ id }) => id).sort();
const named = (message: Message) => [...message.mentions].sort();
const mentionsOf = async (person: TestPerson, channelId = room) =>
  ((await person.client.get('/api/channels')).body.items as ChannelSummary[]).find(({ id }) => id === channelId)
    ?.mentions;
const told = async (person: TestPerson, messageId: string) =>
  ((await person.client.get('/api/me/inbox')).body.items as Notification[]).filter(
    (one) => one.params.messageId === messageId,
  );
const edit = async (message: Message, body: string) =>
  (await ines.client.patch(`/api/channels/${message.channelId}/messages/${message.id}`, { body })).body as Message;

describe('groups to mention', () => {
  it('given a craft in either language, then those of it who are in the channel are named, and nobody else', async () => {
    const message = await say(karim, room, 'Un avis, @designers ? Et `@hosts`, x@staff.example');
    expect(message.body).toBe('Un avis, <@designers> ? Et `@hosts`, x@staff.example');
    // Léa is a designer who is not here, the host is of no craft, the stranger is of another cohort.
    expect(named(message)).toEqual(ids([ines, coach]));
    expect(named(await say(ines, room, '@développeurs ?'))).toEqual([karim.id]);
    expect(await mentionsOf(ines)).toBe(0);
    expect(await mentionsOf(coach)).toBe(1);
    expect(await mentionsOf(staff)).toBe(0);
  });

  it('given a group of which one is oneself, then the others are named', async () => {
    expect(named(await say(ines, room, '@fellows, @coaches and @staff'))).toEqual(ids([karim, coach, staff]));
  });

  it('given @team in the channel of a team, then it names its fellows and coach; elsewhere it is a word', async () => {
    const message = await say(ines, team, '@équipe: lunch');
    expect(message.body).toBe('<@team>: lunch');
    // The host is of the team and may not read its channel.
    expect(named(message)).toEqual(ids([karim, coach]));
    const elsewhere = await say(ines, room, '@team and <@team>');
    expect(elsewhere).toMatchObject({ body: '@team and <@team>', mentions: [] });
  });

  it('given a conversation, then it has no groups', async () => {
    const { id } = (await ines.client.post('/api/direct', { userIds: [karim.id] })).body;
    expect(await say(ines, id, '@developers')).toMatchObject({ body: '@developers', mentions: [] });
    expect((await ines.client.get(`/api/channels/${id}/groups`)).body).toEqual({ items: [] });
  });

  it('tells each once, in the words of the language they read', async () => {
    const message = await say(ines, room, 'Hello @developers and @coaches');
    await eventually(async () => expect(await told(karim, message.id)).toHaveLength(1));
    await eventually(async () => expect(await told(coach, message.id)).toHaveLength(1));
    expect((await told(karim, message.id))[0]!.body).toContain('@développeurs');
    expect((await told(coach, message.id))[0]!.body).toContain('@developers');
    expect(await told(staff, message.id)).toEqual([]);
    expect(await told(lea, message.id)).toEqual([]);
  });

  it('given a channel of ours, then each hears of it by its name in their language', async () => {
    const help = (await channelOf(ines, 'help')).id;
    const message = await say(ines, help, `<@${karim.id}> and <@${coach.id}>`);
    await eventually(async () => expect((await told(karim, message.id))[0]?.title).toMatch(/ dans #aide-générale$/));
    await eventually(async () => expect((await told(coach, message.id))[0]?.title).toMatch(/ in #general-help$/));
  });

  it('given a change of another word, then who came meanwhile is not named by it; a new group is', async () => {
    const message = await say(ines, room, 'Helo @designers');
    expect(named(message)).toEqual([coach.id]);
    await ines.client.put(`/api/channels/${room}/members/${lea.id}`);
    expect(named(await edit(message, 'Hello @designers'))).toEqual([coach.id]);
    expect(named(await edit(message, 'Hello @designers and @fellows'))).toEqual(ids([karim, lea, coach]));
    await eventually(async () => expect(await told(karim, message.id)).toHaveLength(1));
    expect(await told(coach, message.id)).toHaveLength(1);
  });

  it('given who was taken out, then a group does not reach them', async () => {
    await ines.client.delete(`/api/channels/${room}/members/${coach.id}`);
    expect(await say(ines, room, '@designers')).toMatchObject({ body: '<@designers>', mentions: [] });
  });
});

describe('the groups of a channel', () => {
  it('are those that name somebody else who is in it', async () => {
    const { items } = (await ines.client.get(`/api/channels/${room}/groups`)).body;
    expect(Object.fromEntries(items.map((one: any) => [one.group, one.userIds]))).toEqual({
      fellows: [karim.id],
      coaches: [coach.id],
      staff: [staff.id],
      developers: [karim.id],
      designers: [coach.id],
    });
  });

  it('given who is not in it, of the cohort, of another, or nobody, then 404 and 401', async () => {
    const path = `/api/channels/${room}/groups`;
    expect((await lea.client.get(path)).status).toBe(404);
    expect((await stranger.client.get(path)).status).toBe(404);
    expect((await (await aPerson(world)).client.get(path)).status).toBe(404);
    expect((await clientOf(world.url).get(path)).status).toBe(401);
  });
});
