import { Types } from 'mongoose';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { DECIDED_AT, accepted } from '../../support/rooms/teams.js';

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
let proposals: TestApplicant[];
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
  M = `/api/cohorts/${cohortId}/matching`;
  proposals = await accepted(world, staff, 'projects', [
    {},
    { title: 'SolSain', agency: 'Soil Register', name: 'Ousmane Ba', crafts: ['data', 'designer'] },
  ]);
});

const list = async (by = staff!) => (await by.client.get(`${M}/proposals`)).body.items;
const chosen = (item: any, more = {}) => {
  const { applicationId, name, agency, summary, places } = item;
  return { applicationId, name, agency, summary, places, ...more };
};
const adopt = (projects: unknown[], node = 0, by = staff!) =>
  by.client.on(world.nodes[node]!.url).post(`${M}/projects`, { projects });
const projects = async () => (await staff!.client.get(`/api/cohorts/${staff!.cohortId}/projects`)).body.items;
const invitations = async () => (await staff!.client.get(`/api/cohorts/${staff!.cohortId}/invitations`)).body.items;
const followed = () => Promise.all(world.nodes.map(({ app }) => app.get(Outbox).settled()));

describe('projects out of proposals', () => {
  it('given accepted proposals, then each shows the project that it would become, from its answers', async () => {
    const [first, second] = await list();
    expect(first).toMatchObject({
      ...{ applicationId: proposals[0]!.id, name: 'QuaiLibre', agency: 'Harbour Office', projectId: null },
      summary: 'Berths are free, and nobody knows.',
      places: ['developer', 'designer', 'data'].map((craft) => ({ craft, must: [], nice: [] })),
      host: { name: 'Ines Roux', email: proposals[0]!.email, locale: 'en' },
    });
    expect(second).toMatchObject({ name: 'SolSain', host: { locale: 'fr' } });
    expect(second.places.map(({ craft }: any) => craft)).toEqual(['data', 'designer']);
  });

  it('given staff make them, then they are projects with what was changed, and their hosts are invited with them, each once', async () => {
    const [first, second] = await list();
    const places = [
      { craft: 'developer', must: ['maps'], nice: [] },
      { craft: 'designer', must: [], nice: ['RGAA'] },
    ];
    const done = await adopt([chosen(first, { name: 'Quai Libre', places }), chosen(second)]);
    expect([done.status, done.body.made]).toEqual([200, 2]);
    await followed();
    const made = await projects();
    expect(made.map(({ name, agency, summary }: any) => [name, agency, summary])).toEqual([
      ['Quai Libre', 'Harbour Office', 'Berths are free, and nobody knows.'],
      ['SolSain', 'Soil Register', 'Berths are free, and nobody knows.'],
    ]);
    expect(made[0].places).toEqual(places);
    expect(made[0].invited).toMatchObject([{ name: 'Ines Roux', role: 'host', email: proposals[0]!.email }]);
    expect((await invitations()).map(({ email, projectName }: any) => [email, projectName]).toSorted()).toEqual(
      [
        [proposals[0]!.email, 'Quai Libre'],
        [proposals[1]!.email, 'SolSain'],
      ].toSorted(),
    );
    await eventually(() =>
      expect(proposals.map(({ email }) => lettersTo(email).map(({ subject }) => subject))).toEqual([
        [expect.stringContaining('Cohort 8')],
        [expect.stringContaining('Cohort 8')],
      ]),
    );
    const after = await list();
    expect(after.map(({ projectId }: any) => projectId)).toEqual(made.map(({ id }: any) => id));
    // Once more: nothing.
    expect((await adopt([chosen(first), chosen(second)])).body.made).toBe(0);
    await followed();
    expect([await projects(), await invitations()].map((all) => all.length)).toEqual([2, 2]);
  });

  it('given two of staff on two processes at once, then there is one project a proposal and one invitation a host', async () => {
    const items = (await list()).map((item: any) => chosen(item));
    const answers = await Promise.all([adopt(items, 0), adopt(items, 1), adopt(items.slice(1), 1)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.reduce((sum, { body }) => sum + Number(body.made), 0)).toBe(2);
    await followed();
    expect([await projects(), await invitations()].map((all) => all.length)).toEqual([2, 2]);
  });

  it('given the address of a member, then a host hosts the project at once, and everybody else stays what they are', async () => {
    const users = world.db.collection('users');
    const host = await aMember(world, staff!.cohortId!, 'host');
    const files = world.db.collection('applications');
    const addressOf = async (person: TestPerson) =>
      (await users.find().toArray()).find(({ _id }) => String(_id) === person.id)!['email'] as string;
    const [hostAddress, fellowAddress] = [await addressOf(host), await addressOf(fellow!)];
    await files.updateOne({ _id: new Types.ObjectId(proposals[0]!.id) }, { $set: { email: hostAddress } });
    await files.updateOne({ _id: new Types.ObjectId(proposals[1]!.id) }, { $set: { email: fellowAddress } });
    await adopt((await list()).map((item: any) => chosen(item)));
    await followed();
    const made = await projects();
    expect(made.map(({ hosts }: any) => hosts.map(({ id }: any) => id))).toEqual([[host.id], []]);
    expect(await invitations()).toEqual([]);
  });

  it('given an agency with a second proposal, then its one invitation has both projects', async () => {
    const [first, second] = await list();
    await adopt([chosen(first)]);
    await followed();
    const files = world.db.collection('applications');
    const [one, two] = proposals.map(({ id }) => new Types.ObjectId(id));
    await files.updateOne({ _id: one }, { $set: { email: 'before@people.test' } });
    await files.updateOne({ _id: two }, { $set: { email: proposals[0]!.email } });
    await adopt([chosen(second)]);
    await followed();
    expect((await invitations()).map(({ email, projectName }: any) => [email, projectName])).toEqual([
      [proposals[0]!.email, 'QuaiLibre, SolSain'],
    ]);
    expect((await projects()).map(({ invited }: any) => invited.length)).toEqual([1, 1]);
  });

  it('given what cannot be made, then nothing is, and it says why', async () => {
    const [first, second] = await list();
    const codes = (answer: any) => answer.body.errors.map(({ field, code }: any) => `${field} ${code}`);
    expect(codes(await adopt([chosen(first), chosen(second, { name: '  quaî LIBRE' }), chosen(first)]))).toEqual([
      '/projects/2/applicationId doubled',
    ]);
    expect(codes(await adopt([chosen(first), chosen(second, { name: 'QUAILIBRE' })]))).toEqual([
      '/projects/1/name name_taken',
    ]);
    expect(codes(await adopt([chosen(first, { places: [] })]))).toEqual([
      expect.stringContaining('/projects/0/places'),
    ]);
    expect(codes(await adopt([chosen(first, { applicationId: other!.id })]))).toEqual([
      '/projects/0/applicationId not_accepted',
    ]);
    // Before its letter goes nobody knows that it is accepted.
    world.clock.set(DECIDED_AT);
    expect(await list()).toEqual([]);
    expect(codes(await adopt([chosen(first)]))).toEqual(['/projects/0/applicationId not_accepted']);
    expect([await projects(), await invitations()]).toEqual([[], []]);
  });

  it('given anybody but staff of the cohort, then nothing is shown and nothing made', async () => {
    const [first] = await list();
    for (const [who, status] of [
      [fellow!, 403],
      [other!, 404],
    ] as const) {
      expect((await who.client.get(`${M}/proposals`)).status).toBe(status);
      expect((await adopt([chosen(first)], 0, who)).status).toBe(status);
    }
    expect((await clientOf(world.url).get(`${M}/proposals`)).status).toBe(401);
    expect((await proposals[0]!.client.get(`${M}/proposals`)).status).toBe(401);
  });
});

const lettersTo = (email: string) =>
  world.mail.mails.filter(
    ({ to, text }) => [to].flat().some((one) => one?.text.includes(email)) && text?.includes('/invitation/'),
  );
