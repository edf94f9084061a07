import { Types } from 'mongoose';
import { TopicsReader } from '../../../src/forums/topics-reader.js';
import { RequestsReader } from '../../../src/mentoring/requests/requests.reader.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aRequest } from '../../support/rooms/requests.js';

let world: TestWorld;
let cohort: string;
let [flooder, fellow, other, staff]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  flooder = await aMember(world, cohort, 'fellow');
  fellow = await aMember(world, cohort, 'fellow');
  other = await aMember(world, cohort, 'fellow', { gives: ['forms'] });
  staff = await aMember(world, cohort, 'staff');
});
afterAll(() => world.stop());

const cohortId = () => new Types.ObjectId(cohort);
const many = <T>(count: number, of: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => of(index));

describe('what one person writes often', () => {
  it('given hundreds of questions that nobody answers, some of one instant, then the last one waits as well, after them', async () => {
    const at = (index: number) => new Date(Date.parse(NOW) - 1e9 + Math.floor(index / 3));
    await world.db.collection('topics').insertMany(
      many(450, (index) => ({
        ...{ cohortId: cohortId(), authorId: new Types.ObjectId(flooder!.id), questionId: new Types.ObjectId() },
        ...{ title: `Q${index}`, tags: [], excerpt: '', words: [], lastNumber: 1, posts: 1, others: 0, votes: 0 },
        ...{ solved: false, answerId: null, deletedAt: null, lastPostAt: at(index), createdAt: at(index) },
        lastAuthorId: new Types.ObjectId(flooder!.id),
      })),
    );
    const topic = { title: 'An honest question', body: 'Who knows?', tags: [] };
    expect((await fellow!.client.post(`/api/cohorts/${cohort}/topics`, topic)).status).toBe(201);
    const waiting = await world.app.get(TopicsReader).unanswered(cohort);
    expect(new Set(waiting.map(({ id }) => id)).size).toBe(451);
    expect(waiting.at(-1)?.title).toBe('An honest question');
    const { unansweredTopics } = (await staff!.client.get(`/api/cohorts/${cohort}/overview`)).body;
    expect(unansweredTopics).toHaveLength(200);
  });

  it('given hundreds of requests to somebody, then the one of another waits among theirs', async () => {
    const [askerId, ownerId] = [new Types.ObjectId(flooder!.id), new Types.ObjectId(other!.id)];
    await world.db.collection('help-requests').insertMany(
      many(520, (index) => ({
        ...{ cohortId: cohortId(), askerId, ownerId, craft: null, need: `N${index}`, text: '', wishedOn: null },
        ...{ state: 'open', waiting: true, revision: 1, createdAt: new Date(NOW), askedAt: new Date(NOW) },
        ...{ waitingSince: new Date(NOW), changedAt: new Date(NOW), trail: [] },
      })),
    );
    const { id } = await aRequest(cohort, fellow!, { ownerId: other!.id }, { need: 'An honest need' });
    const reader = world.app.get(RequestsReader);
    for (const person of [other!, fellow!, staff!])
      expect((await reader.waitingOf(person.id)).some((one) => one.id === id)).toBe(true);
    expect((await reader.waitingOf(new Types.ObjectId().toString())).length).toBe(0);
  });

  it('given a hundred wishes of the same words, then the one that people want is found before anybody writes it anew', async () => {
    const base = `/api/cohorts/${cohort}/wishes`;
    const flood = async (id: string, count: number) => {
      const like = await world.db.collection('workshop-wishes').findOne({ _id: new Types.ObjectId(id) });
      await world.db.collection('workshop-wishes').insertMany(
        many(count, (index) => ({
          ...{ ...like, _id: new Types.ObjectId(), subject: `Ateliers de facilitation ${index}`, wants: 1, others: 0 },
          createdBy: new Types.ObjectId(flooder!.id),
        })),
      );
    };
    const made = await flooder!.client.post(base, { subject: 'Ateliers de facilitation', side: 'want' });
    expect(made.status).toBe(201);
    await flood(made.body.id, 70);
    const wish = await fellow!.client.post(base, { subject: 'Un atelier de facilitation', side: 'want' });
    for (const person of [other!, staff!])
      expect((await person.client.put(`${base}/${wish.body.id}/sides/want`)).status).toBeLessThan(300);
    await flood(made.body.id, 70);
    const { items } = (await other!.client.get(`${base}/similar?q=atelier+facilitation`)).body;
    expect(items.map((one: any) => one.subject)).toContain('Un atelier de facilitation');
  });
});
