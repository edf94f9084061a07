import { Types } from 'mongoose';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { PROPOSAL, aTeamToPublish } from '../../support/rooms/teams.js';

let world: TestWorld;
let [staff, fellow]: TestPerson[] = [];
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
  C = `/api/cohorts/${cohortId}`;
  M = `${C}/matching`;
  ({ agency, people } = await aTeamToPublish(world, staff));
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
});
