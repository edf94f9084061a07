import { Types } from 'mongoose';
import { DAY, MINUTE } from '../../../src/common/times/clock.js';
import { MAX_FORUM_DRAFTS } from '../../../src/contracts/limits.js';
import { LettingGo } from '../../../src/files/letting-go.js';
import { DraftEnds } from '../../../src/forums/drafts/draft-ends.js';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { uploaded } from '../../support/rooms/files.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let [zoe, ali, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  for (const { app } of world.nodes) await app.get(Intervals).stop();
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  zoe = await aMember(world, cohortId, 'fellow');
  ali = await aMember(world, cohortId, 'coach');
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  await world.db
    .collection('forum-drafts')
    .deleteMany({ userId: { $in: [zoe!, ali!].map(({ id }) => new Types.ObjectId(id)) } });
});

const at = (key: string) => `/api/me/drafts/${key}`;
const aTopic = async () =>
  (await ali!.client.post(`${C}/topics`, { title: 'Which plan is right?', body: 'See the plan.' })).body.id as string;
const save = async (key: string, revision: number, over: object = {}, as = zoe!) =>
  await as.client.put(at(key), { revision, body: 'I begin', ...over });
const draftOf = async (key: string, as = zoe!) => (await as.client.get(at(key))).body.draft;
const stateOf = async (id: string) =>
  (await world.db.collection('files').findOne({ _id: new Types.ObjectId(id) }))?.['state'] as string | undefined;

describe('a draft', () => {
  it('given it was begun on one device, then it goes on at another, the latest words alone', async () => {
    const key = `topic-${await aTopic()}`;
    const known = async (as = zoe!) => (await as.client.get(`${C}/topics/${key.slice(6)}`)).body.draft;
    expect([await draftOf(key), await known()]).toEqual([null, null]);
    expect((await save(key, 0)).body).toMatchObject({ key, revision: 1, body: 'I begin', changedAt: NOW });
    world.clock.advance(MINUTE);
    const desk = zoe!.client.on(world.nodes[1]!.url);
    expect((await desk.put(at(key), { revision: 1, body: 'I end' })).body).toMatchObject({ revision: 2 });
    expect(await draftOf(key)).toMatchObject({ revision: 2, body: 'I end', attachments: [] });
    expect([await known(), await known(ali)]).toEqual([2, null]);
  });

  it('given a topic that is asked, then its title, kind and tags are kept as well', async () => {
    const words = { kind: 'discussion', title: 'W', tags: ['law'], body: '' };
    await save(`ask-${cohortId}`, 0, words);
    expect(await draftOf(`ask-${cohortId}`)).toMatchObject(words);
    expect(await draftOf(`ask-${cohortId}-${cohortId}`)).toBeNull();
  });

  it('given two tabs, then who saves over what they did not see is told what is there, and nothing is lost', async () => {
    const key = `topic-${await aTopic()}`;
    await save(key, 0);
    await save(key, 1, { body: 'The newer tab' });
    const older = await save(key, 1, { body: 'The older tab' });
    expect([older.status, older.body.code, older.body.now]).toEqual([
      409,
      'stale',
      expect.objectContaining({ revision: 2, body: 'The newer tab' }),
    ]);
    expect((await save(key, 0)).body).toMatchObject({ code: 'stale', now: { revision: 2 } });
    const drop = await zoe!.client.delete(`${at(key)}?revision=1`);
    expect([drop.status, drop.body.now.revision]).toEqual([409, 2]);
    expect(await draftOf(key)).toMatchObject({ body: 'The newer tab' });
  });

  it('given both save the same revision at once, on two nodes, then one of them is told', async () => {
    const key = `topic-${await aTopic()}`;
    for (const revision of [0, 1]) {
      const answers = await Promise.all(
        world.nodes.map(({ url }, tab) => zoe!.client.on(url).put(at(key), { revision, body: `Tab ${tab}` })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [kept, told] = [
        answers.find(({ status }) => status === 200)!,
        answers.find(({ status }) => status === 409)!,
      ];
      expect(told.body.now).toMatchObject({ revision: revision + 1, body: kept.body.body });
    }
  });

  it('given my other devices, then they are told, and nobody else', async () => {
    const key = `topic-${await aTopic()}`;
    const [mine, theirs] = await Promise.all([
      connect(world.nodes[1]!.url, zoe!.token),
      connect(world.url, ali!.token),
    ]);
    await save(key, 0);
    await zoe!.client.delete(`${at(key)}?revision=1`);
    const heard = () => mine.events.filter(({ event }) => event === 'draft.changed').map(({ payload }) => payload);
    await eventually(() =>
      expect(heard()).toEqual([
        { key, revision: 1 },
        { key, revision: null },
      ]),
    );
    expect(theirs.events.filter(({ event }) => event === 'draft.changed')).toEqual([]);
    mine.socket.close();
    theirs.socket.close();
  });
});

describe('whose a draft is', () => {
  it('given another person, staff, another cohort, nobody, or who left, then none of it is theirs', async () => {
    const topicId = await aTopic();
    const key = `topic-${topicId}`;
    await save(key, 0);
    expect([await draftOf(key, ali), await draftOf(key, staff)]).toEqual([null, null]);
    expect((await ali!.client.delete(`${at(key)}?revision=1`)).status).toBe(204);
    for (const place of [key, `ask-${cohortId}`, `topic-${String(new Types.ObjectId())}`]) {
      expect((await outsider!.client.get(at(place))).status).toBe(404);
      expect((await save(place, 0, {}, outsider)).status).toBe(404);
      expect((await outsider!.client.delete(`${at(place)}?revision=1`)).status).toBe(404);
      expect((await clientOf(world.url).get(at(place))).status).toBe(401);
    }
    expect(await draftOf(key)).toMatchObject({ revision: 1 });
    const leaver = await aMember(world, cohortId, 'fellow');
    await save(key, 0, {}, leaver);
    await staff!.client.delete(`${C}/members/${leaver.id}`);
    expect((await leaver.client.get(at(key))).status).toBe(404);
    expect((await save(key, 1, {}, leaver)).status).toBe(404);
  });

  it('given a topic that is deleted, then there is nothing to write for', async () => {
    const topic = (await zoe!.client.post(`${C}/topics`, { title: 'A short one', body: 'Words' })).body;
    const key = `topic-${topic.id}`;
    await save(key, 0);
    await zoe!.client.delete(`${C}/posts/${topic.question.id}`);
    expect((await save(key, 1)).status).toBe(404);
    // It is thrown away all the same.
    expect((await zoe!.client.delete(`${at(key)}?revision=1`)).status).toBe(204);
    expect((await zoe!.client.delete(`${at(key)}?revision=1`)).status).toBe(404);
  });

  it('given what is no draft, or too much, then it is refused', async () => {
    const key = `topic-${await aTopic()}`;
    for (const wrong of ['x', `topic-${'g'.repeat(24)}`, `ask-${cohortId}-`, `topic-${cohortId}-${cohortId}`])
      expect([400, 404, 422]).toContain((await save(wrong, 0)).status);
    for (const over of [
      { body: 'x'.repeat(30_001) },
      { revision: -1 },
      { tags: ['a', 'b', 'c', 'd', 'e', 'f'] },
      { more: 1 },
    ])
      expect((await save(key, 0, over)).status).toBe(422);
    expect((await zoe!.client.delete(at(key))).status).toBe(422);
  });

  it('given as many as one may have, then another one is refused, however many ask at once', async () => {
    const rows = Array.from({ length: MAX_FORUM_DRAFTS - 1 }, () => ({
      ...{ userId: new Types.ObjectId(zoe!.id), key: `topic-${String(new Types.ObjectId())}` },
      ...{ cohortId: new Types.ObjectId(cohortId), revision: 1, kind: 'question', title: '', tags: [], body: 'x' },
      ...{ attachments: [], changedAt: new Date(NOW) },
    }));
    await world.db.collection('forum-drafts').insertMany(rows);
    const topics = [await aTopic(), await aTopic(), await aTopic()];
    const answers = await Promise.all(
      topics.map((id, one) =>
        zoe!.client.on(world.nodes[one % 2]!.url).put(at(`topic-${id}`), { revision: 0, body: 'x' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'too_many_drafts_begun',
      most: MAX_FORUM_DRAFTS,
    });
  });
});

describe('a draft that is posted', () => {
  it('given its last revision, then it goes with the post, also where that was posted before', async () => {
    const topicId = await aTopic();
    const key = `topic-${topicId}`;
    await save(key, 0);
    const sent = { body: 'I begin', draft: 1, clientId: 'posted-once-1' };
    expect((await zoe!.client.post(`${C}/topics/${topicId}/posts`, sent)).status).toBe(201);
    expect(await draftOf(key)).toBeNull();
    // The answer was lost, and the page saved once more.
    await save(key, 0);
    expect((await zoe!.client.post(`${C}/topics/${topicId}/posts`, sent)).status).toBe(201);
    expect(await draftOf(key)).toBeNull();
  });

  it('given it was written on elsewhere, not named, or the post is refused, then it stays', async () => {
    const topicId = await aTopic();
    const key = `topic-${topicId}`;
    await save(key, 0);
    await save(key, 1, { body: 'On the phone' });
    const post = async (over: object) =>
      await zoe!.client.post(`${C}/topics/${topicId}/posts`, { body: 'Words', ...over });
    await post({ draft: 1 });
    await post({});
    expect((await post({ draft: 2, attachments: [{ fileId: 'x' }] })).status).toBe(422);
    expect(await draftOf(key)).toMatchObject({ revision: 2, body: 'On the phone' });
  });

  it('given a topic, then its draft goes, and that of another workshop stays', async () => {
    const [key, other] = [`ask-${cohortId}`, `ask-${cohortId}-${String(new Types.ObjectId())}`];
    await save(key, 0);
    await save(other, 0);
    const asked = { title: 'Which plan is right?', body: 'This one?', draft: 1, clientId: 'asked-once-1' };
    const first = await zoe!.client.post(`${C}/topics`, asked);
    expect([await draftOf(key), (await draftOf(other)).revision]).toEqual([null, 1]);
    await save(key, 0);
    expect((await zoe!.client.post(`${C}/topics`, asked)).body.id).toBe(first.body.id);
    expect(await draftOf(key)).toBeNull();
  });
});

describe('files of a draft', () => {
  it('given one, then it waits as long as the draft does, goes with the post, and only mine are in it', async () => {
    const topicId = await aTopic();
    const key = `topic-${topicId}`;
    const [mine, theirs] = [await uploaded(world.url, zoe!), await uploaded(world.url, ali!)];
    const attachments = [{ fileId: mine.id, alt: 'a plan' }, { fileId: theirs.id }, { fileId: 'x' }];
    const saved = await save(key, 0, { attachments });
    expect(saved.body.attachments).toMatchObject([{ id: mine.id, alt: 'a plan', name: 'notes.txt' }]);
    await world.app.get(LettingGo).expire(new Date(Date.parse(NOW) + 10 * DAY));
    expect([await stateOf(mine.id), await stateOf(theirs.id)]).toEqual(['waiting', 'gone']);
    const sent = { body: 'Here it is', draft: 1, attachments: [{ fileId: mine.id }] };
    await zoe!.client.post(`${C}/topics/${topicId}/posts`, sent);
    expect(await stateOf(mine.id)).toBe('held');
  });

  it('given a draft that is thrown away, or left for 90 days, then they go with it', async () => {
    const [dropped, left] = [`topic-${await aTopic()}`, `topic-${await aTopic()}`];
    const [first, second] = [await uploaded(world.url, zoe!), await uploaded(world.url, zoe!)];
    await save(dropped, 0, { attachments: [{ fileId: first.id }] });
    expect((await save(left, 0, { attachments: [{ fileId: second.id }] })).body.keptUntil).toBe(
      new Date(Date.parse(NOW) + 90 * DAY).toISOString(),
    );
    expect((await zoe!.client.delete(`${at(dropped)}?revision=1`)).status).toBe(204);
    expect([await stateOf(first.id), await stateOf(second.id)]).toEqual(['gone', 'waiting']);
    world.clock.advance(90 * DAY);
    await world.app.get(DraftEnds).turn();
    expect(await draftOf(left)).toMatchObject({ revision: 1 });
    world.clock.advance(1);
    await Promise.all(world.nodes.map(({ app }) => app.get(DraftEnds).turn()));
    expect([await draftOf(left), await stateOf(second.id)]).toEqual([null, 'gone']);
  });
});
