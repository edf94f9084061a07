import { Types } from 'mongoose';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { handOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';

let world: TestWorld;
let [staff, second, fellow, other]: TestPerson[] = [];
let call: Awaited<ReturnType<typeof aCall>>;
let salome: TestApplicant;
let desk: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  second = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  call = await aCall(staff!, staff!.cohortId!);
  salome = await anApplicant(world, call.slug);
  await handsIn(salome);
  desk = `${call.path}/applications/${salome.id}/messages`;
});

const write = (text: string, clientId?: string, node = 0) =>
  salome.client.on(world.nodes[node]!.url).post(`${salome.path}/messages`, { text, ...(clientId && { clientId }) });
const settle = (seen: string) => second!.client.put(`${desk}/answered`, { seen });
const notices = async (person: TestPerson) =>
  (await person.client.get('/api/me/inbox')).body.items.filter(
    ({ kind, link }: any) => kind === 'application.message' && link.includes(salome.id),
  );
const table = async (query = '') => (await staff!.client.get(`${call.path}/applications${query}`)).body;

describe('an address that takes no mail', () => {
  it('given an answer that is refused, then staff see it at the file until a letter arrives, and who applies does not', async () => {
    await handOver(world, 'application');
    world.mail.answer(salome.email, 550);
    expect((await staff!.client.post(desk, { text: 'Yes, it does.' })).status).toBe(201);
    await handOver(world, 'application');
    const [item] = (await table()).items;
    expect(item.undelivered).toBe('address');
    expect((await staff!.client.get(`${call.path}/applications/${salome.id}`)).body.undelivered).toBe('address');
    expect(JSON.stringify((await salome.client.get(salome.path)).body)).not.toMatch(/undelivered|refused/);
    world.mail.answer(salome.email, 0);
    await staff!.client.post(desk, { text: 'Does this reach you?' });
    await handOver(world, 'application');
    expect((await table()).items[0].undelivered).toBeNull();
  });
});

describe('messages about a file', () => {
  it('given who applies writes, then staff are told once though the process dies, answer, and the answer comes by mail', async () => {
    await killedAfter(world, async () => {
      const both = await Promise.all(
        [0, 1].map((node) => write('I move to Lyon.\nDoes that count?', 'message-1', node)),
      );
      expect(both.map(({ status }) => status)).toEqual([201, 201]);
    });
    await followOutbox(world);
    await eventually(async () => expect(await notices(staff!)).toHaveLength(1));
    expect(await notices(second!)).toHaveLength(1);
    const [notice] = await notices(staff!);
    expect(notice.title).toBe('A message about an application');
    expect(JSON.stringify(notice)).not.toMatch(/Lyon|Salom/);
    expect(await table()).toMatchObject({ waiting: 1, items: [{ waits: true }] });
    expect((await table('?state=waiting')).items).toHaveLength(1);
    expect((await staff!.client.get(desk)).body).toMatchObject({
      items: [{ from: 'applicant', name: null, text: 'I move to Lyon.\nDoes that count?', at: NOW }],
      ...{ canWrite: true, waits: true },
    });
    const answered = await staff!.client.post(desk, { text: 'It does not weigh.', clientId: 'answer-01' });
    expect([answered.status, answered.body.waits]).toEqual([201, false]);
    await staff!.client.post(desk, { text: 'It does not weigh.', clientId: 'answer-01' });
    const mail = await mailTo(world, salome.email, 'The programme team wrote to you');
    expect(mail.text).toContain('It does not weigh.');
    const mine = await salome.client.get(`${salome.path}/messages`);
    expect(mine.body.items.map(({ from, name }: any) => [from, name])).toEqual([
      ['applicant', null],
      ['team', 'Aurore Tessier'],
    ]);
    expect(await table()).toMatchObject({ waiting: 0, items: [{ waits: false }] });
  });

  it('given several messages, then they are one notice and one mail of each of the team until it is read, and one for what comes then', async () => {
    const told = async (person: TestPerson) =>
      (await notices(person)).map(({ title, readAt }: any) => [title, readAt !== null]);
    const mailed = () => world.db.collection('deliveries').countDocuments({ kind: 'notice' });
    await write('Does Lyon count?');
    await followOutbox(world);
    await eventually(async () => expect(await told(staff!)).toEqual([['A message about an application', false]]));
    const before = await mailed();
    for (const text of ['And Grenoble?', 'And Annecy?']) await write(text);
    await followOutbox(world);
    await eventually(async () => expect(await told(staff!)).toEqual([['3 messages about an application', false]]));
    expect([await told(second!), await mailed()]).toEqual([[['3 messages about an application', false]], before]);
    const [read] = await notices(staff!);
    expect((await staff!.client.post('/api/me/inbox/read', { ids: [read.id] })).status).toBeLessThan(300);
    await write('Thank you!');
    await followOutbox(world);
    await eventually(async () =>
      expect(await told(staff!)).toEqual([
        ['A message about an application', false],
        ['3 messages about an application', true],
      ]),
    );
    expect(await told(second!)).toEqual([['4 messages about an application', false]]);
    const stranger = await anApplicant(world, call.slug);
    await handsIn(stranger);
    await stranger.client.post(`${stranger.path}/messages`, { text: 'Hello' });
    await followOutbox(world);
    await eventually(async () => {
      const all = (await second!.client.get('/api/me/inbox?unread=true')).body.items as {
        kind: string;
        link: string;
      }[];
      expect(
        all.filter(({ kind, link }) => kind === 'application.message' && link.includes(call.path.split('/').at(-1)!)),
      ).toHaveLength(2);
    });
  });

  it('given their notice was read and then snoozed, then what is written next has a notice of its own', async () => {
    const told = async () =>
      (await notices(staff!)).map(({ title, readAt }: any) => [title, readAt !== null]) as [string, boolean][];
    const put = async (body: object) => expect((await staff!.client.put('/api/me/inbox/place', body)).status).toBe(204);
    const writes = async (text: string) => {
      await write(text);
      await followOutbox(world);
    };
    const until = new Date(Date.parse(NOW) + 3_600_000).toISOString();
    await writes('Does Lyon count?');
    await eventually(async () => expect(await told()).toEqual([['A message about an application', false]]));
    const ids = (await notices(staff!)).map(({ id }: any) => id as string);
    await staff!.client.post('/api/me/inbox/read', { ids });
    await put({ place: 'snoozed', ids, until });
    await writes('And Grenoble?');
    await eventually(async () => expect(await told()).toEqual([['A message about an application', false]]));
    await put({ place: 'inbox', ids });
    expect(await told()).toEqual([
      ['A message about an application', false],
      ['A message about an application', true],
    ]);
    const [next] = (await notices(staff!)).map(({ id }: any) => id as string);
    // Another one that was done and is snoozed from there does not take what comes from the one that stands there.
    await put({ place: 'done', ids: [next] });
    await writes('And Annecy?');
    await eventually(async () => expect(await told()).toHaveLength(2));
    await put({ place: 'snoozed', ids: [next], until });
    await writes('And Nice?');
    await eventually(async () => expect((await told())[0]).toEqual(['2 messages about an application', false]));
  });

  it('given what was written before was answered, then the team is told of what was written since', async () => {
    const titles = async () => (await notices(staff!)).map(({ title }: any) => title);
    await write('Does Lyon count?');
    await write('And Grenoble?');
    await followOutbox(world);
    await eventually(async () => expect(await titles()).toEqual(['2 messages about an application']));
    world.clock.advance(60_000);
    expect((await second!.client.post(desk, { text: 'Yes, both.' })).status).toBe(201);
    world.clock.advance(60_000);
    await write('Thank you!');
    await followOutbox(world);
    await eventually(async () => expect(await titles()).toEqual(['A message about an application']));
  });

  it('given it was answered before the team could be told, then nobody is told of it any more', async () => {
    await killedAfter(world, () => write('Does Lyon count?'));
    await staff!.client.post(desk, { text: 'Yes, it does.' });
    await followOutbox(world);
    world.clock.advance(60_000);
    await write('And Grenoble?');
    await followOutbox(world);
    await eventually(async () =>
      expect((await notices(staff!)).map(({ title }: any) => title)).toEqual(['A message about an application']),
    );
  });

  it('given somebody of the team applied themself, then the others are told of what they write, and they are not', async () => {
    const applied = await aMember(world, staff!.cohortId!, 'staff');
    const own = await anApplicant(world, call.slug, applied.email);
    await handsIn(own);
    expect((await own.client.post(`${own.path}/messages`, { text: 'Does Lyon count?' })).status).toBe(201);
    await followOutbox(world);
    const told = async (person: TestPerson, id: string) =>
      (await person.client.get('/api/me/inbox')).body.items.filter(
        ({ kind, link }: any) => kind === 'application.message' && link.includes(id),
      );
    await eventually(async () => expect(await told(staff!, own.id)).toHaveLength(1));
    await write('Hello');
    await followOutbox(world);
    await eventually(async () => expect(await told(applied, salome.id)).toHaveLength(1));
    expect(await told(applied, own.id)).toEqual([]);
  });

  it('given nothing is to be answered, then staff say so', async () => {
    const { items } = (await write('Thank you!')).body;
    expect((await table()).waiting).toBe(1);
    expect((await settle(items.at(-1).id)).body.waits).toBe(false);
    expect((await table()).waiting).toBe(0);
  });

  it('given they wrote once more since staff looked, then they still wait, and staff are shown it', async () => {
    const { items } = (await write('Thank you!')).body;
    world.clock.advance(1000);
    await write('And one more question?');
    const answer = await settle(items.at(-1).id);
    expect([answer.status, answer.body.waits, answer.body.items.at(-1).text]).toEqual([
      ...[200, true, 'And one more question?'],
    ]);
    expect((await table()).waiting).toBe(1);
    expect((await settle(answer.body.items.at(-1).id)).body.waits).toBe(false);
  });

  it('given staff answer what they have seen, then what was written meanwhile waits for an answer', async () => {
    const { items } = (await write('Does Lyon count?')).body;
    world.clock.advance(60_000);
    await write('And Grenoble?');
    const answer = (body: object) => staff!.client.post(desk, { text: 'Yes, it does.', ...body });
    expect((await answer({ seen: items.at(-1).id, clientId: 'answer-1' })).body.waits).toBe(true);
    expect((await table()).waiting).toBe(1);
    const last = (await answer({ seen: (await staff!.client.get(desk)).body.items.at(-1).id })).body;
    expect([last.waits, (await table()).waiting]).toEqual([false, 0]);
    const foreign = await answer({ seen: String(new Types.ObjectId()) });
    expect([foreign.status, foreign.body.errors[0].field]).toEqual([422, '/seen']);
  });

  it('given a message about another file, then nothing is settled by it', async () => {
    const stranger = await anApplicant(world, call.slug);
    await handsIn(stranger);
    const { items } = (await stranger.client.post(`${stranger.path}/messages`, { text: 'Hello' })).body;
    await write('Thank you!');
    for (const seen of [items.at(-1).id, String(new Types.ObjectId()), 'x']) {
      const answer = await settle(seen);
      expect([answer.status, answer.body.errors[0].field]).toEqual([422, '/seen']);
    }
    expect((await table()).waiting).toBe(2);
  });

  it('given others, then they neither read nor write; about a draft one cannot write', async () => {
    const stranger = await anApplicant(world, call.slug);
    for (const [who, path, status] of [
      [stranger.client, `${salome.path}/messages`, 404],
      [staff!.client, `${salome.path}/messages`, 401],
      [salome.client, desk, 401],
      [fellow!.client, desk, 403],
      [other!.client, desk, 404],
    ] as const) {
      expect((await who.get(path)).status).toBe(status);
      expect((await who.post(path, { text: 'x' })).status).toBe(status);
    }
    const draft = await stranger.client.post(`${stranger.path}/messages`, { text: 'x' });
    expect([draft.status, draft.body.code]).toEqual([409, 'not_handed_in']);
    const ofDraft = `${call.path}/applications/${stranger.id}/messages`;
    expect((await staff!.client.get(ofDraft)).status).toBe(404);
    for (const text of ['', '   ', 'x'.repeat(4001)]) expect((await write(text)).status).toBe(422);
  });

  it('given as many as there may be, then no more, and all go with the file', async () => {
    const id = new Types.ObjectId(salome.id);
    await world.db.collection('applications').updateOne({ _id: id }, { $set: { messages: 199 } });
    const both = await Promise.all([0, 1].map((node) => write(`one ${node}`, undefined, node)));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    world.clock.set('2027-01-23T00:00:00.000Z');
    await world.app.get(ApplicationErasing).erase();
    expect(await world.db.collection('application-messages').countDocuments({ applicationId: id })).toBe(0);
  });
});
