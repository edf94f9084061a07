import { Types } from 'mongoose';
import type { LinkCard, LinkedThing } from '../../../src/contracts/bridges/link-cards.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { countQueries } from '../../support/queries.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let ines: TestPerson;
let leo: TestPerson;
let karim: TestPerson;
let hanna: TestPerson;
let sam: TestPerson;
let outsider: TestPerson;
let topicId: string;
let links: Record<LinkedThing['kind'], LinkedThing>;

const aTopic = async (title: string) => {
  const made = await ines.client.post(`${C}/topics`, { title, body: 'Does anybody know?', tags: ['design'] });
  if (made.status !== 201) throw new Error(made.text);
  return made.body.id as string;
};
const ask = (person: TestPerson, asked: readonly LinkedThing[]) =>
  person.client.post('/api/link-cards', { links: asked });
const cards = async (person: TestPerson, ...asked: LinkedThing[]) =>
  (await ask(person, asked)).body.items as (LinkCard | null)[];
const seen = async (person: TestPerson) =>
  (await cards(person, ...Object.values(links))).flatMap((card) => card?.kind ?? []).sort();

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  karim = await aMember(world, cohortId, 'fellow', { name: 'Karim Benali' });
  sam = await aMember(world, cohortId, 'staff', { name: 'Sam Vidal' });
  hanna = await aCoach(world, cohortId, {}, { name: 'Hanna Coach' });
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
  topicId = await aTopic('Who knows a good font?');
  const channelId = await aPrivateChannel(ines, cohortId, [leo]);
  const { id: messageId } = await say(ines, channelId, 'Look at this');
  const { id: workshopId } = await aWorkshop(sam, cohortId, { title: 'Plain language' });
  const session = await aSession(cohortId, ines, hanna.id, '2026-10-15T07:00:00.000Z');
  links = {
    message: { kind: 'message', channelId, messageId },
    topic: { kind: 'topic', cohortId, id: topicId },
    workshop: { kind: 'workshop', cohortId, id: workshopId },
    session: { kind: 'session', cohortId, id: session.id },
    person: { kind: 'person', cohortId, id: karim.id },
  };
});
afterAll(() => world.stop());

describe('what links of this installation show', () => {
  it('given who may see all of it, then a card of each kind in the order of the links', async () => {
    const found = await cards(ines, links.person, links.topic, links.session, links.workshop, links.message);
    expect(found).toMatchObject([
      { kind: 'person', person: { id: karim.id, cohortId, name: 'Karim Benali', role: 'fellow', craft: null } },
      {
        kind: 'topic',
        topic: {
          id: topicId,
          cohortId,
          title: 'Who knows a good font?',
          kind: 'question',
          state: 'unanswered',
          replies: 0,
        },
      },
      {
        kind: 'session',
        session: { status: 'scheduled', coaches: [{ name: 'Hanna Coach' }], fellows: [{ name: 'Inès Carpentier' }] },
      },
      { kind: 'workshop', workshop: { title: 'Plain language', mine: null, abilities: { join: true } } },
      { kind: 'message', message: { excerpt: 'Look at this', by: { name: 'Inès Carpentier' } } },
    ]);
  });

  it('given each reader, then what they may see and no more', async () => {
    expect(await seen(ines)).toEqual(['message', 'person', 'session', 'topic', 'workshop']);
    expect(await seen(leo)).toEqual(['message', 'person', 'topic', 'workshop']);
    expect(await seen(hanna)).toEqual(['person', 'session', 'topic', 'workshop']);
    expect(await seen(sam)).toEqual(['person', 'session', 'topic', 'workshop']);
    expect(await seen(karim)).toEqual(['person', 'topic', 'workshop']);
    expect(await seen(outsider)).toEqual([]);
  });

  it('given what is not theirs, then the answer is byte for byte that to what does not exist', async () => {
    const nothing = Object.values(links).map((link) =>
      link.kind === 'message' ? { ...link, messageId: 'f'.repeat(24) } : { ...link, id: 'f'.repeat(24) },
    );
    const [theirs, none] = [await ask(outsider, Object.values(links)), await ask(outsider, nothing)];
    expect(theirs.text).toBe('{"items":[null,null,null,null,null]}');
    expect(none.text).toBe(theirs.text);
    expect((await ask(ines, nothing)).text).toBe(theirs.text);
    expect((await clientOf(world.url).post('/api/link-cards', { links: nothing })).status).toBe(401);
  });

  it('given a link that names my cohort and the thing of another, or no id at all, then null', async () => {
    const own = String((await outsider.client.get('/api/me')).body.memberships[0].cohortId);
    const lies = Object.values(links).flatMap((link) => (link.kind === 'message' ? [] : [{ ...link, cohortId: own }]));
    expect(await cards(outsider, ...lies)).toEqual([null, null, null, null]);
    expect(await cards(ines, { kind: 'topic', cohortId, id: '{"$gt":""}' })).toEqual([null]);
    expect((await ask(ines, [{ kind: 'topic', cohortId } as never])).status).toBe(422);
    expect(
      (
        await ask(
          ines,
          Array.from({ length: 151 }, () => links.topic),
        )
      ).status,
    ).toBe(422);
  });

  it('given a draft of a workshop, then it is there for who looks after it only', async () => {
    const { path, id } = await aWorkshop(sam, cohortId, {
      title: 'To be',
      startsAt: '2026-10-16T08:00:00.000Z',
      endsAt: '2026-10-16T10:00:00.000Z',
    });
    await world.db.collection('workshops').updateOne({ _id: new Types.ObjectId(id) }, { $set: { status: 'draft' } });
    const link: LinkedThing = { kind: 'workshop', cohortId, id };
    expect((await sam.client.get(path)).status).toBe(200);
    expect((await ines.client.get(path)).status).toBe(404);
    expect(await cards(sam, link)).toMatchObject([{ workshop: { title: 'To be' } }]);
    expect(await cards(ines, link)).toEqual([null]);
  });

  it('given a topic that is renamed, merged, merged again and deleted, then its card is what it is now', async () => {
    const [one, two, three] = [await aTopic('One font'), await aTopic('Two fonts'), await aTopic('Three fonts')];
    const link: LinkedThing = { kind: 'topic', cohortId, id: one };
    await ines.client.patch(`${C}/topics/${one}`, { title: 'One good font' });
    expect(await cards(leo, link)).toMatchObject([{ topic: { id: one, title: 'One good font' } }]);
    expect((await sam.client.post(`${C}/topics/${one}/merge`, { intoTopicId: two })).status).toBe(200);
    expect(await cards(leo, link)).toMatchObject([{ topic: { id: two, title: 'Two fonts', replies: 1 } }]);
    expect((await sam.client.post(`${C}/topics/${two}/merge`, { intoTopicId: three })).status).toBe(200);
    expect(await cards(leo, link)).toMatchObject([{ topic: { id: three, title: 'Three fonts' } }]);
    await world.db
      .collection('topics')
      .updateOne({ _id: new Types.ObjectId(three) }, { $set: { deletedAt: world.clock.now() } });
    expect(await cards(leo, link)).toEqual([null]);
  });

  it('given who left, then they see nothing any more, and nobody sees a card of them', async () => {
    const gone = await aMember(world, cohortId, 'fellow', { name: 'Noé Parti' });
    const them: LinkedThing = { kind: 'person', cohortId, id: gone.id };
    expect(await cards(ines, them)).toMatchObject([{ person: { name: 'Noé Parti' } }]);
    expect(await seen(gone)).toEqual(['person', 'topic', 'workshop']);
    expect((await sam.client.delete(`${C}/members/${gone.id}`)).status).toBeLessThan(300);
    expect(await cards(ines, them)).toEqual([null]);
    expect(await seen(gone)).toEqual([]);
  });
});

it('given one link of each kind or very many, then few queries, however many links', async () => {
  const count = async (asked: LinkedThing[]) => {
    const queries = countQueries(world.db);
    await cards(ines, ...asked);
    return queries();
  };
  const few = await count(Object.values(links));
  const others = await Promise.all(Array.from({ length: 20 }, (_, at) => aTopic(`Question number ${at}`)));
  const more = others.map((id): LinkedThing => ({ kind: 'topic', cohortId, id }));
  const many = await count([...Object.values(links), ...more, ...more]);
  expect([few, many].every((queries) => queries <= 20)).toBe(true);
});
