import { Types } from 'mongoose';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { PROPOSAL, accepted } from '../../support/rooms/teams.js';

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
let agency: TestApplicant;
let people: TestApplicant[];
let C: string;
let M: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, await aCohort(world), 'staff');
  C = `/api/cohorts/${cohortId}`;
  M = `${C}/matching`;
  [agency] = (await accepted(world, staff, 'projects', [{ crafts: ['developer', 'designer'] }])) as [TestApplicant];
  people = await accepted(world, staff, 'fellows', [
    { name: 'Rayan Aubert', craft: 'developer' },
    { name: 'Faïza Guerroudj', craft: 'designer' },
  ]);
  // As the page does: what is made is what the proposal said.
  const { projectId: _, host: __, number: ___, ...proposal } = (await staff.client.get(`${M}/proposals`)).body.items[0];
  await staff.client.post(`${M}/projects`, { projects: [proposal] });
  await followed();
});

const followed = () => Promise.all(world.nodes.map(({ app }) => app.get(Outbox).settled()));
const solved = async () => (await staff!.client.post(M, { seed: 7 })).body;
const publish = (id: string, node = 0, body = {}, by = staff!) =>
  by.client.on(world.nodes[node]!.url).post(`${M}/${id}/publish`, body);
const project = async () => (await staff!.client.get(`${C}/projects`)).body.items[0];
const invitations = async () => (await staff!.client.get(`${C}/invitations`)).body.items;
const lettersTo = ({ email }: TestApplicant) =>
  world.mail.mails.filter(
    ({ to, text }) => [to].flat().some((one) => one?.text.includes(email)) && text?.includes('/invitation/'),
  );
/** Follows the link of their letter, with a password alone. */
async function join(one: TestApplicant) {
  await eventually(() => expect(lettersTo(one)).toHaveLength(1));
  const token = /\/invitation\/(\S+)/.exec(lettersTo(one)[0]!.text!)![1]!;
  const joined = await clientOf(world.url).post(`/api/auth/invitations/${token}/accept`, {
    password: 'a long enough password',
  });
  expect(joined.status).toBe(200);
  return joined.body.me;
}

describe('publishing teams', () => {
  it('given a version, then it is shown what becomes of whom, and nothing is done; published, each is invited once with their team', async () => {
    const { id } = await solved();
    const shown = await publish(id, 0, { dryRun: true });
    expect(shown.body.publishedAt).toBeNull();
    expect(shown.body.people.toSorted((a: any, b: any) => a.name.localeCompare(b.name))).toMatchObject([
      {
        ...{ name: 'Faïza Guerroudj', email: people[1]!.email, craft: 'designer', locale: 'fr', becomes: 'invited' },
        projectName: 'QuaiLibre',
      },
      { name: 'Rayan Aubert', craft: 'developer', locale: 'en', becomes: 'invited' },
    ]);
    expect(await invitations()).toHaveLength(1);
    const done = await publish(id);
    expect([done.status, done.body.publishedAt]).toEqual([200, world.clock.now().toISOString()]);
    await followed();
    expect((await invitations()).map(({ email, role, projectName }: any) => `${email} ${role} ${projectName}`)).toEqual(
      expect.arrayContaining(people.map(({ email }) => `${email} fellow QuaiLibre`)),
    );
    await eventually(() => expect(people.map((one) => lettersTo(one).length)).toEqual([1, 1]));
    expect((await publish(id)).body.people.map(({ becomes }: any) => becomes)).toEqual(['planned', 'planned']);
    await followed();
    expect([await invitations(), people.flatMap(lettersTo)].map((all) => all.length)).toEqual([3, 2]);
    expect((await staff!.client.get(`${M}/${id}`)).body.publishedAt).not.toBeNull();
    expect((await staff!.client.post(M, { seed: 8 })).body.code).toBe('already_published');
  });

  it('given two of staff publish two versions at once on two processes, then one is', async () => {
    const [one, two] = [await solved(), await solved()];
    const answers = await Promise.all([publish(one.id, 0), publish(two.id, 1), publish(one.id, 1)]);
    const statuses = answers.map(({ status }) => status);
    expect([
      [200, 409, 200],
      [409, 200, 409],
    ]).toContainEqual(statuses);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('already_published');
    await followed();
    expect(await invitations()).toHaveLength(3);
    await eventually(() => expect(people.map((one) => lettersTo(one).length)).toEqual([1, 1]));
  });

  it('given who is in a team has an invitation whose letter is kept, then it is said that none goes, and none does', async () => {
    const { id } = await solved();
    const { email } = people[0]!;
    const person = { email, name: 'Rayan Aubert', role: 'fellow' };
    await staff!.client.post(`${C}/invitations`, { people: [person], sendAt: 'not_yet' });
    const becoming = (await publish(id)).body.people.map((one: any) => [one.name, one.becomes]);
    expect(Object.fromEntries(becoming)).toEqual({ 'Rayan Aubert': 'not_sent', 'Faïza Guerroudj': 'invited' });
    await followed();
    const [theirs] = (await invitations()).filter((one: any) => one.email === email);
    expect(theirs).toMatchObject({ letter: 'kept', projectName: 'QuaiLibre' });
    expect(lettersTo(people[0]!)).toEqual([]);
  });

  it('given who is in a team was invited before, then their invitation is kept, and has the team', async () => {
    const { id } = await solved();
    const { email } = people[0]!;
    await staff!.client.post(`${C}/invitations`, { people: [{ email, name: 'Rayan Aubert', role: 'fellow' }] });
    const done = await publish(id);
    const becoming = done.body.people.map((one: any) => [one.name, one.becomes]);
    expect(Object.fromEntries(becoming)).toEqual({ 'Rayan Aubert': 'planned', 'Faïza Guerroudj': 'invited' });
    await followed();
    const theirs = (await invitations()).filter((one: any) => one.email === email);
    expect(theirs.map(({ role, projectName }: any) => [role, projectName])).toEqual([['fellow', 'QuaiLibre']]);
  });

  it('given somebody is in the cohort already, or is gone, then it says so, and they are not invited', async () => {
    const { id } = await solved();
    const files = world.db.collection('applications');
    const address = (await world.db.collection('users').findOne({ _id: new Types.ObjectId(fellow!.id) }))!['email'];
    await files.updateOne({ _id: new Types.ObjectId(people[0]!.id) }, { $set: { email: address } });
    await people[1]!.client.post(`${people[1]!.path}/withdraw`);
    const done = await publish(id);
    expect(done.body.people.map(({ name, becomes }: any) => [name, becomes]).toSorted()).toEqual([
      ...[
        ['Rayan Aubert', 'placed'],
        [null, 'gone'],
      ].toSorted(),
    ]);
    await followed();
    expect((await project()).fellows.map(({ id: one }: any) => one)).toEqual([fellow!.id]);
    expect(await invitations()).toHaveLength(1);
  });

  it('given a proposal and applications, then their people meet on the page of their team, and no field was typed twice', async () => {
    const { id } = await solved();
    await publish(id);
    await followed();
    const host = await join(agency);
    const [rayan, faiza] = [await join(people[0]!), await join(people[1]!)];
    await followed();
    const team = await project();
    // All that stands there came from the two forms: what staff typed is a password of each, by themselves, and nothing else.
    expect(team).toMatchObject({
      ...{ name: PROPOSAL.title, agency: PROPOSAL.agency, summary: PROPOSAL.problem, invited: [] },
      places: [{ craft: 'developer' }, { craft: 'designer' }],
    });
    expect(team.hosts.map(({ id: one, name }: any) => [one, name])).toEqual([[host.id, PROPOSAL.name]]);
    const byName = (a: any, b: any) => a.name.localeCompare(b.name);
    expect(team.fellows.toSorted(byName).map(({ id: one, name, craft }: any) => [one, name, craft])).toEqual([
      [faiza.id, 'Faïza Guerroudj', 'designer'],
      [rayan.id, 'Rayan Aubert', 'developer'],
    ]);
    expect([rayan, faiza].map(({ locale, timeZone }) => [locale, timeZone])).toEqual([
      ['en', 'Europe/Paris'],
      ['fr', 'Europe/Paris'],
    ]);
    expect([rayan, faiza].map(({ memberships }) => memberships[0])).toMatchObject([
      { role: 'fellow', projectId: team.id },
      { role: 'fellow', projectId: team.id },
    ]);
  });

  it('given places were taken away or changed since, then nothing is published, and it names the projects', async () => {
    const { id } = await solved();
    const { id: projectId, places } = await project();
    const set = (crafts: string[]) =>
      staff!.client.patch(`${C}/projects/${projectId}`, {
        places: crafts.map((craft) => ({ craft, must: [], nice: [] })),
      });
    for (const crafts of [['developer'], ['developer', 'data'], []]) {
      await set(crafts);
      for (const body of [{ dryRun: true }, {}]) {
        const refused = await publish(id, 1, body);
        expect([refused.status, refused.body.code, refused.body.projects]).toEqual([
          ...[409, 'places_changed', 'QuaiLibre'],
        ]);
      }
    }
    await followed();
    expect([await invitations(), (await staff!.client.get(`${M}/${id}`)).body.publishedAt]).toMatchObject([[{}], null]);
    // Who took their file back needs no place.
    await people[1]!.client.post(`${people[1]!.path}/withdraw`);
    await set(['developer', 'data']);
    expect((await publish(id)).status).toBe(200);
    expect(places).toHaveLength(2);
    // Once it is published places say nothing about it.
    await set(['data']);
    expect((await publish(id, 0, { dryRun: true })).status).toBe(200);
  });

  it('given anybody but staff of the cohort, then nothing is published', async () => {
    const { id } = await solved();
    expect((await publish(id, 0, {}, fellow)).status).toBe(403);
    expect((await publish(id, 0, {}, other)).status).toBe(404);
    expect((await other!.client.post(`/api/cohorts/${other!.cohortId}/matching/${id}/publish`, {})).status).toBe(404);
    expect((await clientOf(world.url).post(`${M}/${id}/publish`, {})).status).toBe(401);
    await followed();
    expect(await invitations()).toHaveLength(1);
  });
});
