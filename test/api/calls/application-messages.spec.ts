import { Types } from 'mongoose';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
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
const notices = async (person: TestPerson) =>
  (await person.client.get('/api/me/inbox')).body.items.filter(
    ({ kind, link }: any) => kind === 'application.message' && link.includes(salome.id),
  );
const table = async (query = '') => (await staff!.client.get(`${call.path}/applications${query}`)).body;

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
    expect(notice.title).toMatch(/^A message about application 8-\d{4}$/);
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

  it('given nothing is to be answered, then staff say so', async () => {
    await write('Thank you!');
    expect((await table()).waiting).toBe(1);
    expect((await second!.client.put(`${desk}/answered`)).body.waits).toBe(false);
    expect((await table()).waiting).toBe(0);
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
