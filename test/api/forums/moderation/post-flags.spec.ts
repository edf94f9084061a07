import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';
import { followOutbox, killedAfter } from '../../../support/outbox.js';

/** What staff are asked to look at in the forum: asked in confidence, and not to be silenced. */
let world: TestWorld;
let C: string;
let cohortId: string;
let [fellow, other, staff, colleague]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, cohortId, 'fellow');
  staff = await aMember(world, cohortId, 'staff');
  colleague = await aMember(world, cohortId, 'staff');
});

const ask = async (as: TestPerson, title: string) => {
  const answer = await as.client.post(`${C}/topics`, { title, body: 'Look at this.', tags: ['open-data'] });
  expect(answer.status).toBe(201);
  return answer.body;
};
const flag = async (as: TestPerson, postId: string, reason: string) =>
  expect((await as.client.post(`${C}/posts/${postId}/flag`, { reason })).status).toBe(204);
const flagsOf = async (as: TestPerson) => (await as.client.get(`${C}/flag-cases`)).body.items;
const decide = (as: TestPerson, caseId: string, decision: object) =>
  as.client.post(`${C}/flag-cases/${caseId}/decision`, decision);
const keep = async (as: TestPerson, caseId: string) =>
  expect((await decide(as, caseId, { act: 'keep' })).status).toBe(200);

it('given a flag at a post of staff, then who wrote it neither reads nor closes it, and a colleague does', async () => {
  const { question } = await ask(staff!, 'Words of the team');
  await flag(fellow!, question.id, 'It names me before all');
  expect(await flagsOf(staff!)).toEqual([]);
  const [seen] = await flagsOf(colleague!);
  expect(seen).toMatchObject({ flags: [{ reason: 'It names me before all', by: { id: fellow!.id } }] });
  expect((await staff!.client.get(`${C}/flag-cases/${seen.id}`)).status).toBe(404);
  expect((await decide(staff!, seen.id, { act: 'keep' })).status).toBe(404);
  expect(await flagsOf(colleague!)).toHaveLength(1);
  await keep(colleague!, seen.id);
  expect(await flagsOf(colleague!)).toEqual([]);
});

describe('what is reported', () => {
  const edit = async (as: TestPerson, postId: string, body: string) =>
    expect((await as.client.patch(`${C}/posts/${postId}`, { body })).status).toBe(200);
  const later = () => world.clock.advance(60_000);

  it('given it is edited clean, renamed and deleted before staff look, then they read it as it was, and that it changed', async () => {
    const { id, question } = await ask(fellow!, 'What a fool he is');
    await edit(fellow!, question.id, `Ask <@${other!.id}>, the fool, or <@${String(new Types.ObjectId())}>`);
    later();
    await flag(other!, question.id, 'Me');
    const as = { texts: [{ title: 'What a fool he is', text: `Ask @${other!.name}, the fool, or @…` }] };
    expect(await flagsOf(staff!)).toMatchObject([
      { ...as, post: { number: 1, state: 'same', author: { id: fellow!.id } } },
    ]);
    later();
    await edit(fellow!, question.id, 'Ask anybody');
    expect((await fellow!.client.patch(`${C}/topics/${id}`, { title: 'Who knows' })).status).toBe(200);
    expect(await flagsOf(staff!)).toMatchObject([{ ...as, post: { state: 'edited' } }]);
    expect((await fellow!.client.delete(`${C}/posts/${question.id}`)).status).toBeLessThan(300);
    expect(await flagsOf(colleague!)).toMatchObject([{ ...as, post: { state: 'deleted' } }]);
    // Decided: nothing of it is kept.
    const [{ id: flagId }] = await flagsOf(staff!);
    await keep(staff!, flagId);
    const row = await world.db.collection('post-flags').findOne({ caseId: new Types.ObjectId(flagId as string) });
    expect(JSON.stringify(row)).not.toMatch(/fool/);
  });

  it('given staff looked, then the same words are reported no more by that person, and others are, each once', async () => {
    const { question } = await ask(fellow!, 'Which form is it');
    await flag(other!, question.id, 'First');
    await flag(other!, question.id, 'Again');
    const [first] = await flagsOf(staff!);
    await keep(staff!, first.id);
    await flag(other!, question.id, 'Once more');
    expect(await flagsOf(staff!)).toEqual([]);
    await edit(fellow!, question.id, 'Worse');
    const again = [0, 1, 0].map((node) =>
      other!.client.on(world.nodes[node]!.url).post(`${C}/posts/${question.id}/flag`, { reason: 'Worse now' }),
    );
    expect((await Promise.all(again)).map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(await flagsOf(staff!)).toMatchObject([{ flags: [{ reason: 'Worse now' }], texts: [{ text: 'Worse' }] }]);
    for (let text = 2; text <= 10; text += 1) {
      await edit(fellow!, question.id, `Text ${text}`);
      const answer = await other!.client.post(`${C}/posts/${question.id}/flag`, { reason: 'More' });
      expect([text, answer.status, answer.body?.code]).toEqual(
        text === 10 ? [10, 409, 'too_many_reports'] : [text, 204, undefined],
      );
    }
    const third = await aMember(world, cohortId, 'fellow');
    await flag(third, question.id, 'I too');
  });

  it('given a renamed topic, then its question says something else', async () => {
    const { id, question } = await ask(fellow!, 'A title like any');
    await flag(other!, question.id, 'Words');
    const [{ id: flagId }] = await flagsOf(staff!);
    await keep(staff!, flagId);
    await fellow!.client.patch(`${C}/topics/${id}`, { title: 'A title of hate' });
    await flag(other!, question.id, 'The title');
    expect(await flagsOf(staff!)).toMatchObject([
      { flags: [{ reason: 'The title' }], texts: [{ title: 'A title of hate' }] },
    ]);
  });

  it('given staff delete the post, then there is nothing left to look at', async () => {
    const { question } = await ask(fellow!, 'To be taken away');
    await flag(other!, question.id, 'Spam');
    expect((await staff!.client.delete(`${C}/posts/${question.id}`)).status).toBeLessThan(300);
    expect(await flagsOf(staff!)).toEqual([]);
  });

  it('given one’s own post, then it is not reported', async () => {
    const { question } = await ask(fellow!, 'Mine alone');
    const answer = await fellow!.client.post(`${C}/posts/${question.id}/flag`, { reason: 'Nothing' });
    expect([answer.status, answer.body.code]).toEqual([409, 'own_words']);
  });
});

describe('staff are told at once', () => {
  const told = async (person: TestPerson) =>
    ((await person.client.get('/api/me/inbox?limit=200')).body.items as any[]).filter(
      ({ kind }) => kind === 'post.flagged',
    );
  const isTold = async (times: number, ...people: TestPerson[]) => {
    for (const person of people) await eventually(async () => expect(await told(person)).toHaveLength(times));
    await followOutbox(world);
    for (const person of people) expect(await told(person)).toHaveLength(times);
  };
  const looked = async (as: TestPerson) => {
    for (const { id } of await flagsOf(as)) await keep(as, id);
  };

  it('given a post, then each of them by one notice that leads to the flags and says nothing of the post; nobody else is', async () => {
    const outsider = await aMember(world, await aCohort(world), 'staff');
    const { question } = await ask(fellow!, 'What a fool he is');
    await flag(other!, question.id, 'It calls me a fool');
    await isTold(1, staff!, colleague!);
    const [notice] = await told(staff!);
    expect(notice).toMatchObject({
      title: `${other!.name} flagged a post in the forum`,
      ...{ link: `/c/${cohortId}/forum/flags`, why: 'staff', group: null },
    });
    expect(JSON.stringify(notice)).not.toMatch(/fool/);
    await isTold(0, fellow!, other!, outsider);
    const mails = () => world.mail.mails.filter((mail) => JSON.stringify(mail.to).includes(staff!.email));
    await eventually(() => expect(mails().map(({ subject }) => subject)).toContain(notice.title));
  });

  it('given a post of one of them, then the others are', async () => {
    const { question } = await ask(staff!, 'Words of the team');
    await flag(fellow!, question.id, 'It names me before all');
    await isTold(1, colleague!);
    await isTold(0, staff!);
  });

  it('given several who ask, at once too, then once until somebody looked, and once more for who asks after that', async () => {
    const third = await aMember(world, cohortId, 'fellow');
    const { question } = await ask(fellow!, 'Which form is it');
    await Promise.all([flag(other!, question.id, 'First'), flag(third, question.id, 'I too')]);
    await flag(other!, question.id, 'Again');
    await isTold(1, staff!, colleague!);
    world.clock.advance(60_000);
    await looked(colleague!);
    await flag(other!, question.id, 'The same words');
    await isTold(1, staff!, colleague!);
    world.clock.advance(60_000);
    await flag(await aMember(world, cohortId, 'fellow'), question.id, 'And I');
    await isTold(2, staff!, colleague!);
    const { question: second } = await ask(fellow!, 'Another one');
    await flag(other!, second.id, 'This as well');
    await isTold(3, staff!, colleague!);
  });

  it('given a process that is killed right after, then a turn of the workers tells, once; of what was looked at meanwhile, nothing', async () => {
    const [{ question: first }, { question: second }] = [
      await ask(fellow!, 'The first one'),
      await ask(other!, 'The second one'),
    ];
    await killedAfter(world, async () => {
      await flag(other!, first.id, 'Look');
      const [{ id }] = await flagsOf(staff!);
      await flag(fellow!, second.id, 'Look here');
      await keep(colleague!, id);
    });
    expect(await told(staff!)).toEqual([]);
    await followOutbox(world);
    await isTold(1, staff!, colleague!);
    expect((await told(staff!))[0].title).toContain(fellow!.name);
  });
});

it('given more flagged posts than a page is long, then staff see those behind them on the next ones, and no other cohort does', async () => {
  const { id, question } = await ask(fellow!, 'Asked for all of them');
  await flag(other!, question.id, 'Sample');
  const cases = world.db.collection('flag-cases');
  const sample = (await cases.findOne({
    postId: new Types.ObjectId(question.id as string),
  }))!;
  await cases.insertMany(Array.from({ length: 250 }, () => ({ ...sample, _id: new Types.ObjectId() })));
  world.clock.advance(60_000);
  const { question: real } = await ask(fellow!, 'A real one');
  await flag(other!, real.id, 'A phone number');
  const seen: { flags: { reason: string }[] }[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: any = (await staff!.client.get(`${C}/flag-cases?limit=100${cursor && `&cursor=${cursor}`}`)).body;
    seen.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(seen).toHaveLength(252);
  expect(seen.at(-1)).toMatchObject({ flags: [{ reason: 'A phone number' }] });
  expect(JSON.stringify(seen)).toContain(id);
  expect((await staff!.client.get(`${C}/flag-cases/counts`)).body).toEqual({ open: 252, deferred: 0, settled: 0 });
  const outsider = await aMember(world, await aCohort(world), 'staff');
  for (const path of ['flag-cases', 'flag-cases/counts']) {
    expect((await outsider.client.get(`${C}/${path}`)).status).toBe(404);
    expect((await fellow!.client.get(`${C}/${path}`)).status).toBe(403);
  }
});

it('given somebody who reports one thing after another, then 429', async () => {
  const limited = await startWorld({ env: { RATE_LIMITS: 'on' } });
  const place = await aCohort(limited);
  const [author, reporter] = [await aMember(limited, place, 'fellow'), await aMember(limited, place, 'fellow')];
  const { question } = (
    await author.client.post(`/api/cohorts/${place}/topics`, { title: 'Again and again', body: 'x' })
  ).body;
  const path = `/api/cohorts/${place}/posts/${question.id as string}/flag`;
  const answers = [];
  for (let times = 0; times < 31; times += 1) answers.push((await reporter.client.post(path, { reason: 'x' })).status);
  expect(answers).toEqual([...Array<number>(30).fill(204), 429]);
  await limited.stop();
});
