import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { aTeamToPublish } from '../../support/rooms/teams.js';

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
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
  ({ people } = await aTeamToPublish(world, staff));
  await followed();
});

const followed = () => Promise.all(world.nodes.map(({ app }) => app.get(Outbox).settled()));
const solved = async () => (await staff!.client.post(M, { seed: 7 })).body;
const publish = (id: string, node = 0, body = {}, by = staff!) =>
  by.client.on(world.nodes[node]!.url).post(`${M}/${id}/publish`, body);
const invitations = async () => (await staff!.client.get(`${C}/invitations`)).body.items;
const lettersTo = ({ email }: TestApplicant) =>
  world.mail.mails.filter(
    ({ to, text }) => [to].flat().some((one) => one?.text.includes(email)) && text?.includes('/invitation/'),
  );

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
