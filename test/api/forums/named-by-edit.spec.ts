import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { MINUTE } from '../../../src/common/times/clock.js';
import { PEOPLE_NAMED } from '../../../src/infra/redis/naming.js';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let C: string;
let [zoe, ali, bea, aurore, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  const [here, elsewhere] = [await aCohort(world), await aCohort(world)];
  C = `/api/cohorts/${here}`;
  zoe = await aMember(world, here, 'fellow', { name: 'Zoé Asker' });
  ali = await aMember(world, here, 'coach', { name: 'Ali Helper' });
  bea = await aMember(world, here, 'fellow', { name: 'Béa Reader' });
  aurore = await aMember(world, here, 'staff', { name: 'Aurore Tessier' });
  outsider = await aMember(world, elsewhere, 'fellow');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const ask = async (body: string) => (await zoe!.client.post(`${C}/topics`, { title: 'Where are zebras?', body })).body;
async function edit(post: { id: string; body: string }, body: string, as = zoe!): Promise<void> {
  world.clock.advance(MINUTE);
  expect((await as.client.patch(`${C}/posts/${post.id}`, { body, seen: post.body })).status).toBe(200);
  await world.settled();
}
/** What somebody was told of a post: why, and by whom it was done. */
const told = async ({ id }: TestPerson, postId: string) =>
  (
    await world.db
      .collection('notifications')
      .find({ userId: new Types.ObjectId(id), 'params.postId': postId })
      .toArray()
  ).map(({ kind, params }) => [kind, params.by, params.excerpt]);
const named = (...people: TestPerson[]) => people.map(({ id }) => `<@${id}>`).join(' and ');

describe('names that an edit adds', () => {
  it('given members, one of whom was named before, then the others are told, once, and strangers are not', async () => {
    const { question } = await ask(`Ask ${named(ali!)}`);
    await world.settled();
    await edit(question, `Perhaps ${named(ali!, bea!, outsider!)}`);
    await edit({ ...question, body: `Perhaps ${named(ali!, bea!, outsider!)}` }, `Or ${named(ali!, bea!)}`);
    expect(await told(bea!, question.id)).toEqual([
      ['forum.mentioned', 'Zoé Asker', expect.stringMatching(/^Perhaps @Ali Helper and @Béa Reader/)],
    ]);
    expect(await told(ali!, question.id)).toEqual([['forum.mentioned', 'Zoé Asker', 'Ask @Ali Helper']]);
    expect(await told(outsider!, question.id)).toEqual([]);
  });

  it('given a wiki, then they are told who named them, its author too; who names themselves or muted it is not', async () => {
    const { id, question } = await ask('Ask somebody');
    await zoe!.client.put(`${C}/posts/${question.id}/wiki`);
    await bea!.client.put(`${C}/topics/${id}/subscription`, { level: 'muted' });
    await edit(question, `Ask ${named(zoe!, ali!, bea!)}`, ali);
    expect(await told(zoe!, question.id)).toMatchObject([['forum.mentioned', 'Ali Helper', expect.any(String)]]);
    expect([await told(ali!, question.id), await told(bea!, question.id)]).toEqual([[], []]);
  });

  it('given it was deleted right after, then nobody reads of it', async () => {
    const { question } = await ask('Ask somebody');
    await edit(question, `Ask ${named(bea!)}`);
    await zoe!.client.delete(`${C}/posts/${question.id}`);
    await world.settled();
    const { items } = (await bea!.client.get('/api/me/inbox')).body;
    expect(items.filter(({ params }: any) => params.postId === question.id)).toEqual([]);
  });

  it('given staff show a flagged post again with a name, then who bears it is told', async () => {
    const { question } = await ask('Zebras are silly');
    await bea!.client.post(`${C}/posts/${question.id}/flag`, { kind: 'unkind' });
    const [flagged] = (await aurore!.client.get(`${C}/flag-cases`)).body.items;
    const decision = { act: 'edit', body: `Ask ${named(ali!)}`, toAuthor: '', toReporters: '' };
    expect((await aurore!.client.post(`${C}/flag-cases/${flagged.id}/decision`, decision)).status).toBeLessThan(300);
    await world.settled();
    expect(await told(ali!, question.id)).toMatchObject([['forum.mentioned', 'Aurore Tessier', 'Ask @Ali Helper']]);
  });

  it('given somebody who has named as many as one may, then an edit that adds a name is refused, and the post stays', async () => {
    const topic = { title: 'Where are lions?', body: `Ask ${named(ali!)}` };
    const { id, question } = (await bea!.client.post(`${C}/topics`, topic)).body;
    await world.app.get(RateLimits).take(PEOPLE_NAMED, bea!.id, PEOPLE_NAMED.points - 1);
    const patch = (body: string) => bea!.client.patch(`${C}/posts/${question.id}`, { body });
    expect((await patch(`Do ask ${named(ali!)}`)).status).toBe(200);
    expect((await patch(`Ask ${named(ali!, zoe!)}`)).status).toBe(429);
    expect((await bea!.client.get(`${C}/topics/${id}`)).body.question.body).toBe(`Do ask ${named(ali!)}`);
  });

  it('given a topic that quotes more people than one may tell, then it is refused, as a reply is', async () => {
    const { question } = await ask('Ask somebody');
    const dan = await aMember(world, C.split('/').at(-1)!, 'fellow');
    await world.app.get(RateLimits).take(PEOPLE_NAMED, dan.id, PEOPLE_NAMED.points);
    const body = `> <#${question.id}>\n> Ask somebody\n\nWhom?`;
    const quoting = await dan.client.post(`${C}/topics`, { title: 'Whom do we ask?', body });
    expect([quoting.status, quoting.body.code]).toEqual([429, 'too_many_requests']);
    expect((await dan.client.post(`${C}/topics`, { title: 'Whom do we ask?', body: 'Whom?' })).status).toBe(201);
  });
});
