import { Types } from 'mongoose';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import { MINUTE } from '../../../src/common/times/clock.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { handOver, handedOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';
import { TOLD_AT, WHILE_OPEN, aProject, accepted } from '../../support/rooms/teams.js';

let world: TestWorld;
let [staff, host, second, otherHost, fellow, other]: TestPerson[] = [];
let people: TestApplicant[];
let project: { id: string; name: string };
let bare: { id: string; name: string };
let P: string;
let M: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  [host, second, otherHost] = await Promise.all([1, 2, 3].map(() => aMember(world, cohortId, 'host')));
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, await aCohort(world), 'staff');
  people = await accepted(world, staff, 'fellows', [{}, { name: 'Yao Tchalla', craft: 'developer' }]);
  project = await aProject(staff, 'BailSûr', ['developer', 'designer']);
  bare = await aProject(staff, 'QuaiLibre', ['developer']);
  P = `/api/cohorts/${cohortId}/projects/${project.id}`;
  M = `/api/cohorts/${cohortId}/matching`;
  await staff.client.patch(P, { hostIds: [host!.id, second!.id] });
  const elsewhere = await aProject(staff, 'SolSain', ['developer']);
  await staff.client.patch(`/api/cohorts/${cohortId}/projects/${elsewhere.id}`, { hostIds: [otherHost!.id] });
  await staff.client.put(`${M}/wishes`, { until: '2026-11-20' });
});

const settled = () => Promise.all(world.nodes.map(({ app }) => app.get(Outbox).settled()));
const ask = (text: string, { of = people[0]!, at = project.id, node = 0 } = {}) =>
  of.client.on(world.nodes[node]!.url).post(`${of.path}/questions`, { projectId: at, text });
const mine = async (of = people[0]!) => await of.client.get(`${of.path}/questions`);
const read = async (by = host!) => (await by.client.get(`${P}/questions`)).body.items;
const answer = (id: string, text: string, { by = host!, node = 0 } = {}) =>
  by.client.on(world.nodes[node]!.url).put(`${P}/questions/${id}/answer`, { text });
const hide = (id: string, isHidden = true, by = staff!) => by.client.put(`${P}/questions/${id}/hidden`, { isHidden });
const told = async ({ client }: TestPerson) => {
  await settled();
  return (await client.get('/api/me/inbox')).body.items.filter(({ kind }: any) => kind === 'project.asked');
};
const QUESTION = 'Is there a desk in Toulouse?';

describe('a question to the hosts of a project', () => {
  it('given it is asked, then its hosts are told, read it without a name, and their answer reaches who asked, on the page and by mail', async () => {
    const asked = await ask(QUESTION);
    expect([asked.status, asked.body]).toEqual([
      201,
      {
        canAsk: true,
        items: [
          {
            ...{ projectId: project.id, project: 'BailSûr', text: QUESTION, askedAt: TOLD_AT },
            ...{ isHidden: false, answer: null, answeredAt: null },
          },
        ],
      },
    ]);
    for (const one of [host!, second!])
      expect(await told(one)).toMatchObject([
        { link: expect.stringMatching(new RegExp(`^/c/${staff!.cohortId}/projects/${project.id}#question-\\w{24}$`)) },
      ]);
    for (const one of [staff!, otherHost!, fellow!]) expect(await told(one)).toEqual([]);
    const [{ id, ...seen }, ...more] = await read();
    expect([seen, more]).toEqual([
      {
        ...{ text: QUESTION, askedAt: TOLD_AT, by: null, isHidden: false, answer: null, answeredAt: null },
        abilities: { answer: true, hide: false },
      },
      [],
    ]);
    // Nothing of the file, in what hosts read or are told.
    const all = JSON.stringify([await read(), await told(host!)]);
    for (const word of ['Salomé', 'Payet', people[0]!.id, people[0]!.email]) expect(all).not.toContain(word);
    expect((await read(staff))[0]).toMatchObject({ by: 'Salomé Payet', abilities: { answer: true, hide: true } });
    const answered = await answer(id, 'Yes, two days a week.');
    expect([answered.status, answered.body.items[0].abilities.answer]).toEqual([200, false]);
    expect((await mine()).body.items[0]).toMatchObject({ answer: 'Yes, two days a week.', answeredAt: TOLD_AT });
    await handOver(world, 'project-answer');
    const mail = await mailTo(world, people[0]!.email, 'about BailSûr');
    expect(mail.subject).toBe('An answer about BailSûr');
    for (const word of [QUESTION, 'Yes, two days a week.', '/application/']) expect(mail.text).toContain(word);
    expect(mail.text).not.toContain(host!.email);
    // Nobody else hears of it.
    expect((await mine(people[1])).body.items).toEqual([]);
  });

  it('given a project without a host, then the programme team is told, and answers', async () => {
    await ask(QUESTION, { at: bare.id });
    expect(await told(staff!)).toHaveLength(1);
    const path = `/api/cohorts/${staff!.cohortId}/projects/${bare.id}/questions`;
    const [{ id }] = (await staff!.client.get(path)).body.items;
    expect((await staff!.client.put(`${path}/${id}/answer`, { text: 'They come in May.' })).status).toBe(200);
    expect((await mine()).body.items[0].answer).toBe('They come in May.');
  });

  it('given many at once on two processes, then one is asked; the same again is that one, another is refused', async () => {
    const tries = await Promise.all([0, 1, 0, 1].map((node, at) => ask(`Question ${at}`, { node })));
    const statuses = tries.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(tries.filter(({ status }) => status !== 201).map(({ body }) => body.code)).toEqual(
      Array(3).fill('already_asked'),
    );
    const text = `Question ${statuses.indexOf(201)}`;
    expect((await ask(text)).status).toBe(201);
    expect((await read()).map((one: any) => one.text)).toEqual([text]);
    expect(await told(host!)).toHaveLength(1);
    // Another project is another question, and so is another person's.
    expect((await ask('And here?', { at: bare.id })).status).toBe(201);
    expect((await ask('And I?', { of: people[1]! })).status).toBe(201);
    expect((await mine()).body.items).toHaveLength(2);
    expect(await read()).toHaveLength(2);
  });

  it('given two hosts answer at once, then one of them does, and one letter goes', async () => {
    await ask(QUESTION);
    const [{ id }] = await read();
    const both = await Promise.all([answer(id, 'Yes.', { by: host! }), answer(id, 'No.', { by: second!, node: 1 })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)!.body.code).toBe('already_answered');
    const won = both.findIndex(({ status }) => status === 200);
    const [by, text] = won === 0 ? [host!, 'Yes.'] : [second!, 'No.'];
    // Sent again after a lost answer.
    expect((await answer(id, text, { by })).status).toBe(200);
    expect((await mine()).body.items[0].answer).toBe(text);
    expect(await world.db.collection('deliveries').countDocuments({ kind: 'project-answer', key: id })).toBe(1);
  });

  it('given staff hide it, then its hosts neither read nor answer it until it is shown again, and the history of the file says so', async () => {
    await ask(QUESTION);
    const [{ id }] = await read();
    expect(await told(host!)).toHaveLength(1);
    const hidden = await hide(id);
    expect([hidden.status, hidden.body.items[0].isHidden]).toEqual([200, true]);
    expect(await read()).toEqual([]);
    expect(await told(host!)).toEqual([]);
    expect((await answer(id, 'Yes.')).status).toBe(404);
    expect((await answer(id, 'Yes.', { by: staff! })).body.code).toBe('question_hidden');
    expect((await mine()).body.items[0]).toMatchObject({ isHidden: true, text: QUESTION });
    await hide(id, false);
    expect(await read()).toHaveLength(1);
    expect(await told(host!)).toHaveLength(1);
    const calls = (await staff!.client.get(`/api/cohorts/${staff!.cohortId}/calls`)).body.items;
    const acts = `/api/cohorts/${staff!.cohortId}/calls/${calls[0].id}/applications/${people[0]!.id}`;
    const said = (await staff!.client.get(acts)).body.acts;
    expect(said.slice(-2).map(({ act, by }: any) => [act, by.name])).toEqual([
      ['question-hidden', 'Aurore Tessier'],
      ['question-shown', 'Aurore Tessier'],
    ]);
    // An answer that was given is taken back with it.
    await answer(id, 'Yes.');
    await hide(id);
    expect((await mine()).body.items[0]).toMatchObject({ isHidden: true, answer: null, answeredAt: null });
  });

  it('given it is hidden while a host answers, then it has no answer', async () => {
    await ask(QUESTION);
    const [{ id }] = await read();
    const meanwhile = beforeItIsWritten(world, () => hide(id));
    const late = await answer(id, 'Yes.');
    expect([meanwhile(), late.body.code]).toEqual([true, 'question_hidden']);
    expect((await read(staff))[0].answer).toBeNull();
  });

  it('given who is no host of the project any more, then neither the question nor its notice is theirs', async () => {
    await ask(QUESTION);
    expect(await told(second!)).toHaveLength(1);
    await staff!.client.patch(P, { hostIds: [host!.id] });
    expect(await told(second!)).toEqual([]);
    expect((await second!.client.get(`${P}/questions`)).status).toBe(403);
  });

  it('given a question waits, then who becomes its host hears of it, once, and the programme team where no host is left', async () => {
    await ask(QUESTION);
    await staff!.client.patch(P, { hostIds: [host!.id, second!.id, otherHost!.id] });
    expect([await told(otherHost!), await told(host!), await told(staff!)].map(({ length }) => length)).toEqual([
      1, 1, 0,
    ]);
    await staff!.client.patch(P, { hostIds: [host!.id] });
    expect((await staff!.client.delete(`/api/cohorts/${staff!.cohortId}/members/${host!.id}`)).status).toBe(204);
    expect(await told(staff!)).toHaveLength(1);
    // What is answered waits no more.
    const [{ id }] = await read(staff);
    await answer(id, 'Yes.', { by: staff! });
    await staff!.client.patch(P, { hostIds: [second!.id] });
    const again = { kind: 'project.asked', userId: new Types.ObjectId(second!.id) };
    expect(await world.db.collection('notifications').countDocuments(again)).toBe(1);
  });

  it('given an answer is hidden before its letter goes, then the letter waits, and goes once it is shown again', async () => {
    await ask(QUESTION);
    const [{ id }] = await read();
    const { email } = people[0]!;
    const letters = () => world.mail.mails.filter(({ subject }) => subject === 'An answer about BailSûr').length;
    const before = letters();
    const asked = world.mail.asked(email);
    world.mail.answer(email, 451);
    await answer(id, 'Yes.');
    await eventually(() => expect(world.mail.asked(email)).toBeGreaterThan(asked));
    await handedOver(world, 'project-answer');
    await hide(id);
    world.mail.answer(email, 0);
    world.clock.advance(30 * MINUTE);
    await handOver(world, 'project-answer');
    expect(letters()).toBe(before);
    await hide(id, false);
    world.clock.advance(61 * MINUTE);
    await handOver(world, 'project-answer');
    expect(letters()).toBe(before + 1);
  });

  it('given projects are not open to wishes, or none that takes somebody, then nothing is asked', async () => {
    const nobody = await aProject(staff!, 'Wants nobody', []);
    const elsewhere = await aProject(other!, 'Elsewhere', ['developer']);
    for (const at of [nobody.id, elsewhere.id])
      expect((await ask(QUESTION, { at })).body.errors).toEqual([{ field: '/projectId', code: 'unknown_project' }]);
    expect((await ask('')).status).toBe(422);
    expect((await ask('x'.repeat(601))).status).toBe(422);
    await ask(QUESTION);
    world.clock.set('2026-11-20T23:00:00.000Z');
    expect((await ask('Late', { at: bare.id })).body.code).toBe('wishes_closed');
    // What was asked is answered all the same.
    expect((await mine()).body).toMatchObject({ canAsk: false, items: [{ text: QUESTION }] });
    const [{ id }] = await read();
    expect((await answer(id, 'Yes.')).status).toBe(200);
    await staff!.client.put(`${M}/wishes`, { until: null });
    expect((await ask('Before', { at: bare.id })).body.code).toBe('wishes_not_open');
  });

  it('given others, then nothing is theirs', async () => {
    world.clock.set(WHILE_OPEN);
    const call = await aCall(staff!, staff!.cohortId!);
    const undecided = await anApplicant(world, call.slug);
    await handsIn(undecided);
    world.clock.set(TOLD_AT);
    await ask(QUESTION);
    const [{ id }] = await read();
    expect((await mine(undecided)).status).toBe(404);
    expect((await ask(QUESTION, { of: undecided })).status).toBe(404);
    const [own, theirs] = people;
    expect((await own!.client.get(`${theirs!.path}/questions`)).status).toBe(404);
    expect((await own!.client.post(`${theirs!.path}/questions`, { projectId: project.id, text: 'x' })).status).toBe(
      404,
    );
    for (const client of [clientOf(world.url), staff!.client, host!.client])
      expect((await client.get(`${own!.path}/questions`)).status).toBe(401);
    for (const one of [otherHost!, fellow!]) {
      expect((await one.client.get(`${P}/questions`)).status).toBe(403);
      expect((await answer(id, 'Yes.', { by: one })).status).toBe(403);
    }
    expect((await hide(id, true, host)).status).toBe(403);
    expect((await other!.client.get(`${P}/questions`)).status).toBe(404);
    expect((await answer(id, 'Yes.', { by: other! })).status).toBe(404);
    expect((await hide(id, true, other)).status).toBe(404);
    expect((await clientOf(world.url).get(`${P}/questions`)).status).toBe(401);
    // A question of another project is none of this one.
    await ask('There?', { at: bare.id });
    const path = `/api/cohorts/${staff!.cohortId}/projects/${bare.id}/questions`;
    const [{ id: there }] = (await staff!.client.get(path)).body.items;
    expect((await answer(there, 'Yes.')).status).toBe(404);
    const abilities = async (by: TestPerson) => (await by.client.get(P)).body.abilities.readQuestions;
    expect(await Promise.all([staff!, host!, otherHost!, fellow!].map(abilities))).toEqual([true, true, false, false]);
  });

  it('given who asked is of the programme team, or hosts the project, then others answer and hide it, and it is no news to them', async () => {
    const self = { ...(await aPerson(world, { email: people[0]!.email })), cohortId: staff!.cohortId };
    await join(world, self.cohortId!, self.id, 'staff');
    await ask(QUESTION, { at: bare.id });
    expect([await told(self), await told(staff!)].map(({ length }) => length)).toEqual([0, 1]);
    await ask(QUESTION);
    const [{ id, abilities }] = await read(self);
    expect(abilities).toEqual({ answer: false, hide: false });
    for (const refused of [await answer(id, 'Yes.', { by: self }), await hide(id, true, self)])
      expect([refused.status, refused.body.code]).toEqual([409, 'own_file']);
    expect((await hide(id)).status).toBe(200);
  });

  it('given who asked takes their file back, then nobody reads it; once the file is erased, it is gone', async () => {
    await ask(QUESTION);
    await ask('And mine?', { of: people[1]! });
    const [{ id }] = await read();
    await people[0]!.client.post(`${people[0]!.path}/withdraw`);
    expect((await read()).map(({ text }: any) => text)).toEqual(['And mine?']);
    expect((await answer(id, 'Yes.')).status).toBe(404);
    world.clock.set('2028-12-01T00:00:00.000Z');
    await world.app.get(ApplicationErasing).erase();
    await settled();
    const projectId = new Types.ObjectId(project.id);
    expect(await world.db.collection('project-questions').countDocuments({ projectId })).toBe(0);
  });
});
