import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import type { SearchHit } from '../../../src/contracts/search.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { isInRequest, watchRequests } from '../../support/queries.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let me: TestPerson;
let other: TestPerson;
let staff: TestPerson;
let everybody: string;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  me = await aMember(world, cohortId, 'fellow', { name: 'Marie Dupont' });
  other = await aMember(world, cohortId, 'fellow', { name: 'Élodie Martin', gives: ['cartographie'] });
  staff = await aMember(world, cohortId, 'staff', { name: 'Paul Staff' });
  everybody = (await channelOf(me, 'cohort')).id;
});
afterAll(() => world.stop());

const search = (person: TestPerson, q: string, more: Record<string, string> = { in: 'messages' }) =>
  person.client.get(`/api/search?${new URLSearchParams({ q, ...more }).toString()}`);

async function found(person: TestPerson, q: string, more?: Record<string, string>): Promise<SearchHit[]> {
  const answer = await search(person, q, more);
  expect(answer.status).toBe(200);
  return answer.body.items as SearchHit[];
}
const ids = (hits: readonly SearchHit[]) => hits.map((hit) => hit.id);
const aTopic = async (title: string) => {
  const made = await other.client.post(`/api/cohorts/${cohortId}/topics`, { title, body: 'A question', tags: [] });
  expect(made.status).toBe(201);
  return made.body as { id: string };
};
/** A word that no other test has. */
const aWord = () => `mot${randomUUID().replaceAll('-', '').slice(0, 12).replaceAll(/\d/g, 'x')}`;
/** Whether a command holds a pattern or code, however deep. */
const hasPattern = (part: unknown): boolean =>
  part instanceof RegExp ||
  (typeof part === 'object' &&
    part !== null &&
    Object.entries(part).some(([key, value]) => /^\$(regex|where|function)$/.test(key) || hasPattern(value)));
const direct = async (from: TestPerson, to: TestPerson) =>
  (await from.client.post('/api/direct', { userIds: [to.id] })).body.id as string;

describe('searching messages', () => {
  it('given accents, plural and case, then they do not count, and the hit leads to the message', async () => {
    const message = await say(other, everybody, 'Les **Événements** de la rentrée, voir [le plan](https://a.example)');
    const [hit] = await found(me, 'evenement');
    expect(hit).toMatchObject({
      kind: 'messages',
      id: message.id,
      cohortId,
      link: `/c/${cohortId}/chat/${everybody}?message=${message.id}`,
      by: { id: other.id, name: 'Élodie Martin' },
      channel: { id: everybody, kind: 'cohort' },
      at: message.createdAt,
      isReply: false,
    });
    expect(hit!.snippet).toEqual([
      { text: 'Les ', hit: false },
      { text: 'Événements', hit: true },
      { text: ' de la rentrée, voir le plan', hit: false },
    ]);
  });

  it('given several words, then all must be there; a phrase must stand as it is', async () => {
    const word = aWord();
    const both = await say(other, everybody, `${word} plan de charge`);
    await say(other, everybody, `${word} charge`);
    expect(ids(await found(me, `${word} plan`))).toEqual([both.id]);
    expect(ids(await found(me, `${word} "plan de charge"`))).toEqual([both.id]);
    expect(await found(me, `${word} "charge de plan"`)).toEqual([]);
  });

  it('given operators, then they narrow: who, where, when, what', async () => {
    const word = aWord();
    const help = (await channelOf(me, 'help')).id;
    const mine = await say(me, everybody, `${word} one`);
    const link = await say(other, help, `${word} https://agency.example`);
    expect(ids(await found(me, `${word} from:elodie`))).toEqual([link.id]);
    expect(ids(await found(me, `${word} de:"Élodie Martin"`))).toEqual([link.id]);
    expect(ids(await found(me, `${word} from:me`))).toEqual([mine.id]);
    expect(ids(await found(me, `${word} in:#general-help`))).toEqual([link.id]);
    expect(ids(await found(me, `${word} dans:${everybody}`))).toEqual([mine.id]);
    expect(ids(await found(me, `${word} has:link`))).toEqual([link.id]);
    expect(await found(me, `${word} has:file`)).toEqual([]);
    expect(await found(me, `${word} before:2026-10-13`)).toEqual([]);
    expect(await found(me, `${word} après:2026-10-13`)).toEqual([]);
    expect(await found(me, `${word} after:2026-10-12 before:14/10/2026`)).toHaveLength(2);
    expect(ids(await found(me, '', { in: 'messages', author: other.id }))).toContain(link.id);
  });

  it('given an operator that names nothing of mine, then the answer says which', async () => {
    const answer = await search(me, 'x from:nobodyknown before:soon in:nowhere has:reaction');
    expect(answer.body).toMatchObject({
      items: [],
      unknown: [
        { kind: 'in', value: 'nowhere' },
        { kind: 'from', value: 'nobodyknown' },
        { kind: 'before', value: 'soon' },
        { kind: 'has', value: 'reaction' },
      ],
    });
  });

  it('given an edit and a deletion, then the old words find nothing any more', async () => {
    const [first, second] = [aWord(), aWord()];
    const message = await say(me, everybody, first);
    await me.client.patch(`/api/channels/${everybody}/messages/${message.id}`, { body: second });
    expect(await found(me, first)).toEqual([]);
    expect(ids(await found(me, second))).toEqual([message.id]);
    await me.client.delete(`/api/channels/${everybody}/messages/${message.id}`);
    expect(await found(me, second)).toEqual([]);
    const row = await world.db.collection('messages').findOne({ _id: new Types.ObjectId(message.id) });
    expect(row).toMatchObject({ body: '', tokens: [] });
  });

  it('given a reply, then it is found as one', async () => {
    const word = aWord();
    const root = await say(me, everybody, 'a question');
    const reply = await say(other, everybody, word, root.id);
    expect(await found(me, word)).toMatchObject([{ id: reply.id, isReply: true }]);
  });

  it('given what a webhook wrote, then it is found under the name of the webhook', async () => {
    const word = aWord();
    const room = await aPrivateChannel(me, cohortId, []);
    const hook = await me.client.post(`/api/channels/${room}/webhooks`, { direction: 'in', name: 'Deploy bot' });
    await me.client.post(new URL(hook.body.secret).pathname, { text: `${word} is live` });
    expect(await found(me, word)).toMatchObject([{ by: { name: 'Deploy bot', avatarUrl: null } }]);
  });

  it('given many hits of one instant, then pages follow each other without doubles or gaps, also while more come', async () => {
    const word = aWord();
    const sent: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      sent.push((await say(me, everybody, `${word} ${index}`)).id);
      if (index === 3) world.clock.advance(60_000);
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const answer = await search(me, word, { in: 'messages', limit: '2', ...(cursor && { cursor }) });
      seen.push(...ids(answer.body.items));
      cursor = answer.body.nextCursor;
      if (seen.length === 2) await say(me, everybody, `${word} later`);
    } while (cursor);
    expect(seen).toEqual([...new Set(seen)]);
    expect([...seen].sort()).toEqual([...sent].sort());
  });

  it('given the best first, then what is all about it comes before what mentions it, page after page', async () => {
    const word = aWord();
    const about = await say(me, everybody, word);
    const mention = await say(me, everybody, `${'many other things to say here '.repeat(10)} ${word}`);
    const first = await search(me, word, { in: 'messages', sort: 'best', limit: '1' });
    expect(ids(first.body.items)).toEqual([about.id]);
    await say(me, everybody, `${word} ${word}`);
    const next = await search(me, word, { in: 'messages', sort: 'best', limit: '5', cursor: first.body.nextCursor });
    expect(ids(next.body.items)).toEqual([mention.id]);
    expect(next.body.nextCursor).toBeNull();
  });

  it.each(['(a+)+$', '$where', '{"$gt":""}', '"', ':', '.*', '\u0000'])(
    'given %s, then it is read as it stands: the database is asked for no pattern and runs no code',
    async (q) => {
      const asked: unknown[] = [];
      const unwatch = watchRequests();
      const note = ({ command }: { command: unknown }) => isInRequest() && asked.push(command);
      const client = world.db.getClient().on('commandStarted', note);
      const { status } = await search(me, q);
      client.off('commandStarted', note);
      unwatch();
      expect(status).toBe(200);
      expect(asked).not.toEqual([]);
      expect(asked.filter(hasPattern)).toEqual([]);
    },
  );

  it.each([
    ['a foreign cursor', { cursor: 'bm8' }],
    ['an unknown kind', { in: 'notes' }],
    ['an unknown order', { sort: 'random' }],
    ['an unknown parameter', { 'x[$ne]': '1' }],
    ['a day that is none', { from: 'yesterday' }],
  ])('given %s, then 422', async (_name, more) => {
    expect((await search(me, 'x', more)).status).toBe(422);
  });

  it('given a cursor of another order, then 422', async () => {
    const cursor = Buffer.from(JSON.stringify(['a', 1])).toString('base64url');
    expect((await search(me, 'x', { cursor })).status).toBe(422);
    expect((await search(me, 'x', { cursor, sort: 'best' })).status).toBe(422);
  });
});

describe('who finds what', () => {
  it('given another cohort, then nothing of it is found, and its id is unknown', async () => {
    const elsewhere = await aCohort(world);
    const outsider = await aMember(world, elsewhere, 'staff');
    const word = aWord();
    await say(me, everybody, word);
    expect(await found(outsider, word, {})).toEqual([]);
    const answers = [cohortId, 'f'.repeat(24)].map((id) => search(outsider, word, { cohortId: id }));
    for (const answer of await Promise.all(answers)) expect(answer.status).toBe(404);
    expect(ids(await found(me, word, { in: 'messages', cohortId }))).toHaveLength(1);
  });

  it('given a private channel, then only those who are in it now find its messages; staff does not, either', async () => {
    const word = aWord();
    const channelId = await aPrivateChannel(me, cohortId, [other]);
    const message = await say(me, channelId, word);
    expect(ids(await found(other, word))).toEqual([message.id]);
    expect(await found(staff, word)).toEqual([]);
    expect(await found(staff, `${word} in:${channelId}`)).toEqual([]);
    await me.client.delete(`/api/channels/${channelId}/members/${other.id}`);
    expect(await found(other, word)).toEqual([]);
    expect(ids(await found(me, word))).toEqual([message.id]);
  });

  it('given direct messages, then only their people find them, and not when one cohort is asked for', async () => {
    const word = aWord();
    const channelId = await direct(me, other);
    const message = await say(me, channelId, word);
    expect(await found(other, word)).toMatchObject([
      { id: message.id, cohortId: null, link: `/chat/${channelId}?message=${message.id}` },
    ]);
    expect(await found(staff, word)).toEqual([]);
    expect(ids(await found(other, `${word} in:@marie`))).toEqual([message.id]);
    expect(await found(other, word, { in: 'messages', cohortId })).toEqual([]);
  });

  it('given somebody who is taken out of the cohort, then they find nothing of it at once', async () => {
    const gone = await aMember(world, cohortId, 'fellow');
    const word = aWord();
    await say(gone, everybody, word);
    expect(await found(gone, word)).toHaveLength(1);
    // As it is in the moment before the channels follow.
    const belonging = { cohortId: new Types.ObjectId(cohortId), userId: new Types.ObjectId(gone.id) };
    await world.db.collection('memberships').updateOne(belonging, { $set: { endedAt: new Date() } });
    expect(await found(gone, word, {})).toEqual([]);
    expect(await found(me, `${word} from:${gone.name.split(' ')[1]!}`)).toHaveLength(1);
  });

  it('given no login, then 401', async () => {
    const answer = await world.app.inject({ url: '/api/search?q=x' });
    expect(answer.statusCode).toBe(401);
  });
});

describe('the other kinds', () => {
  it('given words of topics, workshops and people, then they are found in one list, and by nobody of another cohort', async () => {
    const outsider = await aMember(world, await aCohort(world), 'fellow');
    const topic = await other.client.post(`/api/cohorts/${cohortId}/topics`, {
      title: 'Quelle cartographie des réseaux ?',
      body: 'Une question',
      tags: [],
    });
    expect(topic.status).toBe(201);
    const workshop = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, {
      title: 'Atelier cartographies',
      description: 'Cartes',
      kind: 'workshop',
      startsAt: '2026-11-03T09:00:00.000Z',
      endsAt: '2026-11-03T10:00:00.000Z',
      timeZone: 'Europe/Paris',
      capacity: 10,
    });
    expect(workshop.status).toBe(201);
    const kindsOf = async (person: TestPerson) => (await found(person, 'cartographie', {})).map((hit) => hit.kind);
    expect(await kindsOf(me)).toEqual(['topics', 'people']);
    await staff.client.post(`/api/cohorts/${cohortId}/workshops/${workshop.body.id}/publish`);
    expect(await kindsOf(me)).toEqual(['workshops', 'topics', 'people']);
    expect(await kindsOf(outsider)).toEqual([]);
    const [topicHit] = await found(me, 'cartographies', { in: 'topics' });
    expect(topicHit).toMatchObject({ link: `/c/${cohortId}/forum/${topic.body.id}` });
    expect(topicHit!.title.filter((piece) => piece.hit)).toEqual([{ text: 'cartographie', hit: true }]);
    const [person] = await found(me, 'elod', { in: 'people' });
    expect(person).toMatchObject({ id: other.id, link: `/c/${cohortId}/people/${other.id}` });
    expect(await found(me, '"martin élodie"', { in: 'people' })).toEqual([]);
    expect(await found(me, '"élodie martin"', { in: 'people' })).toHaveLength(1);
    expect(person!.title.map((piece) => piece.text).join('')).toBe('Élodie Martin');
  });

  it.each(['workshops', 'topics'] as const)(
    'given more %s of one instant than a request looks at, then pages lead to the last of them',
    async (kind) => {
      const word = aWord();
      const { id } = kind === 'workshops' ? await aWorkshop(staff, cohortId, { title: word }) : await aTopic(word);
      const rows = world.db.collection(kind);
      const row = await rows.findOne({ _id: new Types.ObjectId(id) });
      await rows.insertMany(Array.from({ length: 229 }, () => ({ ...row, _id: new Types.ObjectId() })));
      const seen = new Set<string>();
      let cursor: string | null = null;
      do {
        const { body } = await search(me, word, { in: kind, limit: '50', ...(cursor && { cursor }) });
        for (const hit of body.items as SearchHit[]) seen.add(hit.id);
        cursor = body.nextCursor as string | null;
      } while (cursor);
      expect(seen.size).toBe(230);
    },
  );
});
