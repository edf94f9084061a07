import { Types } from 'mongoose';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { handOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { accepted } from '../../support/rooms/teams.js';

/** Teams are told to all whom they concern: agencies, and who is in none of them. */
let world: TestWorld;
let staff: TestPerson;
let [quai, phare]: TestApplicant[] = [];
let [rayan, faiza]: TestApplicant[] = [];
let M: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
  M = `/api/cohorts/${cohortId}/matching`;
  [quai, phare] = await accepted(world, staff, 'projects', [
    { title: 'QuaiLibre', crafts: ['developer'] },
    { title: 'PhareOuvert', crafts: ['data'] },
  ]);
  [rayan, faiza] = await accepted(world, staff, 'fellows', [
    { name: 'Rayan Aubert', craft: 'developer' },
    { name: 'Faïza Guerroudj', craft: 'designer' },
  ]);
  const { items } = (await staff.client.get(`${M}/proposals`)).body;
  const projects = items.map(({ projectId: _, host: __, number: ___, ...proposal }: any) => proposal);
  expect((await staff.client.post(`${M}/projects`, { projects })).status).toBe(200);
  await followed();
});

const followed = () => Promise.all(world.nodes.map(({ app }) => app.get(Outbox).settled()));
const lettersTo = ({ email }: TestApplicant) =>
  world.mail.mails.filter(
    ({ to, subject }) =>
      [to].flat().some((one) => one?.text.includes(email)) &&
      /^(Your team|No team yet|Votre équipe|Pas encore d’équipe)/.test(subject ?? ''),
  );
const subjects = () => [quai!, phare!, rayan!, faiza!].map((one) => lettersTo(one).map(({ subject }) => subject));

async function publish(before?: () => Promise<unknown>) {
  const { id } = (await staff.client.post(M, { seed: 7 })).body;
  await before?.();
  const preview = (await staff.client.post(`${M}/${id}/publish`, { dryRun: true })).body;
  await killedAfter(world, async () => {
    expect((await staff.client.post(`${M}/${id}/publish`, {})).status).toBe(200);
  });
  await followOutbox(world);
  await followed();
  await handOver(world, 'team');
  return preview;
}

it('given teams, then agencies hear who comes, or that nobody does, and who is in no team hears that; each once, though the process dies', async () => {
  const preview = await publish();
  expect(preview.told).toEqual({ agencies: 2, withoutPlace: 1 });
  await eventually(() =>
    expect(subjects()).toEqual([
      ...[['Your team: QuaiLibre'], ['Pas encore d’équipe\u00a0: PhareOuvert']],
      ...[[], ['Pas encore d’équipe\u00a0: Cohort 8']],
    ]),
  );
  const [team] = lettersTo(quai!);
  expect(team!.text).toContain('Rayan Aubert');
  expect(team!.text).toContain('Developer');
  expect(team!.text).not.toContain(rayan!.email);
  expect(team!.text).toContain('/application/');
  for (const one of [phare!, faiza!]) expect(lettersTo(one)[0]!.text).not.toContain('Rayan');
});

it('given they take their file back before, or are in the cohort already, then they hear nothing of it', async () => {
  const preview = await publish(async () => {
    await phare!.client.post(`${phare!.path}/withdraw`);
    const people = [{ email: faiza!.email, name: 'Faïza', role: 'fellow' }];
    await staff.client.post(`/api/cohorts/${staff.cohortId}/invitations`, { people });
  });
  expect(preview.told).toEqual({ agencies: 1, withoutPlace: 0 });
  await eventually(() => expect(subjects()).toEqual([['Your team: QuaiLibre'], [], [], []]));
});

it('given an older file of theirs is in a team, then they are not told that there is no place for the newer one', async () => {
  const [newer] = await accepted(world, staff, 'fellows', [{ name: 'Rayan Aubert', craft: 'data' }]);
  const preview = await publish(() =>
    world.db
      .collection('applications')
      .updateOne({ _id: new Types.ObjectId(newer!.id) }, { $set: { email: rayan!.email } }),
  );
  expect(preview.told).toEqual({ agencies: 2, withoutPlace: 1 });
  await eventually(() => expect(lettersTo(faiza!)).toHaveLength(1));
  expect(lettersTo(rayan!)).toEqual([]);
});
