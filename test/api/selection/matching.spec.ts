import { Types } from 'mongoose';
import { AcceptedFiles } from '../../../src/calls/decisions/accepted-files.reader.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { aProject, accepted } from '../../support/rooms/teams.js';

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
let people: TestApplicant[];
let projects: { id: string; name: string }[];
let M: string;

const NAMES = ['Rayan Aubert', 'Faïza Guerroudj', 'Pia Werner', 'Yao Tchalla', 'Anouk Lescure'];
const CRAFTS = ['developer', 'designer', 'data', 'developer', 'designer'];

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
  people = await accepted(
    world,
    staff,
    'fellows',
    NAMES.map((name, at) => ({ name, craft: CRAFTS[at], skills: at === 1 ? 'Field research, sketching' : 'Much' })),
  );
  projects = [
    await aProject(staff, 'BailSûr', ['developer', 'designer']),
    await aProject(staff, 'QuaiLibre', ['developer', 'designer', 'data']),
  ];
  const places = [
    { craft: 'developer', must: [], nice: [] },
    { craft: 'designer', must: ['field research'], nice: ['sketching', 'maps'] },
    { craft: 'data', must: [], nice: [] },
  ];
  await staff.client.patch(`/api/cohorts/${cohortId}/projects/${projects[1]!.id}`, { places });
  await staff.client.put(`${M}/wishes`, { until: '2026-11-20' });
});

const wish = (one: number, ...at: number[]) =>
  people[one]!.client.put(`${people[one]!.path}/wishes`, { projectIds: at.map((index) => projects[index]!.id) });
const solve = (more: Record<string, unknown> = {}, node = 0, by = staff!) =>
  by.client.on(world.nodes[node]!.url).post(M, { seed: 2027, ...more });
const overview = async () => (await staff!.client.get(M)).body;
const pair = (one: number, project: number) => ({
  applicationId: people[one]!.id,
  projectId: projects[project]!.id,
});
/** Who is where, by name. */
const told = ({ teams }: any) =>
  Object.fromEntries(
    teams.map(({ projectId, fellows }: any) => [
      projects.find(({ id }) => id === projectId)!.name,
      fellows.map(({ name }: any) => name).toSorted(),
    ]),
  );
const of = ({ teams, unplaced }: any, name: string) =>
  [...teams.flatMap(({ fellows }: any) => fellows), ...unplaced].find((one: any) => one.name === name);

describe('matching', () => {
  it('given wishes, then everybody has a place by them, with their rank and reasons, and the version is kept', async () => {
    await wish(0, 1, 0);
    await wish(1, 1);
    await wish(3, 1, 0);
    const made = await solve();
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      ...{ number: 1, seed: 2027, by: staff!.name, publishedAt: null, locks: [], forbidden: [] },
      shares: { first: 2, second: 1, third: 0, none: 2, unplaced: 0 },
    });
    const teams = told(made.body);
    expect(teams['QuaiLibre']).toEqual(expect.arrayContaining(['Faïza Guerroudj', 'Pia Werner']));
    expect(teams['BailSûr']).toContain('Anouk Lescure');
    expect(of(made.body, 'Faïza Guerroudj')).toMatchObject({
      ...{ rank: 1, isLocked: false, craft: 'designer', applicationId: people[1]!.id },
      reasons: [
        { code: 'wish', rank: 1 },
        { code: 'must', skill: 'field research' },
        { code: 'nice', skill: 'sketching' },
      ],
    });
    const second = made.body.teams[0].fellows.find(({ rank }: any) => rank === 2);
    expect(second.reasons).toEqual(
      expect.arrayContaining([
        { code: 'wish', rank: 2 },
        { code: 'wish_full', rank: 1, projectId: projects[1]!.id },
      ]),
    );
    expect(of(made.body, 'Pia Werner').reasons).toContainEqual({ code: 'no_wishes' });
    expect((await staff!.client.get(`${M}/${made.body.id}`)).body).toEqual(made.body);
    const { versions, projects: open, proposals, withoutPlaces } = await overview();
    expect(withoutPlaces).toEqual([]);
    expect(versions).toMatchObject([{ number: 1, seed: 2027, locks: 0, by: staff!.name, shares: { first: 2 } }]);
    expect(open.map(({ name }: any) => name)).toEqual(['BailSûr', 'QuaiLibre']);
    expect(proposals).toBe(0);
  });

  it('given locked, forbidden, together and apart, then all of it holds, and says so', async () => {
    await wish(0, 1);
    const locked = await solve({
      locks: [pair(0, 0)],
      forbidden: [pair(1, 0)],
      together: [[people[3]!.id, people[1]!.id]],
    });
    expect(told(locked.body)).toEqual({
      BailSûr: ['Anouk Lescure', 'Rayan Aubert'],
      QuaiLibre: ['Faïza Guerroudj', 'Pia Werner', 'Yao Tchalla'],
    });
    expect(of(locked.body, 'Rayan Aubert')).toMatchObject({ rank: null, isLocked: true });
    expect(of(locked.body, 'Rayan Aubert').reasons).toEqual(
      expect.arrayContaining([{ code: 'locked' }, { code: 'not_wished' }]),
    );
    expect(of(locked.body, 'Yao Tchalla').reasons).toContainEqual({ code: 'together', applicationId: people[1]!.id });
    const apart = await solve({ locks: [pair(2, 1), pair(0, 1)], apart: [[people[2]!.id, people[1]!.id]] });
    expect(told(apart.body)['BailSûr']).toContain('Faïza Guerroudj');
    const impossible = await solve({
      locks: [pair(0, 0)],
      together: [
        [people[0]!.id, people[3]!.id],
        [people[3]!.id, people[2]!.id],
      ],
    });
    expect([impossible.status, impossible.body.code]).toEqual([409, 'no_solution']);
    const wrong = await solve({ locks: [pair(2, 0), pair(0, 0), pair(3, 0)] });
    expect(wrong.body.errors).toEqual([
      { field: '/locks/0', code: 'craft_not_wanted' },
      { field: '/locks/2', code: 'full' },
    ]);
    expect((await overview()).versions.map(({ number }: any) => number)).toEqual([2, 1]);
  });

  it('given it is only to be shown, then nothing is kept; the same seed gives the same teams on another process', async () => {
    await wish(3, 0);
    const shown = await solve({ dryRun: true });
    expect(shown.body).toMatchObject({ id: null, number: null });
    expect((await overview()).versions).toEqual([]);
    const again = await solve({ dryRun: true }, 1);
    expect(again.body.teams).toEqual(shown.body.teams);
  });

  it('given something changed since it was shown, then what is kept is not another: it is to be tried again', async () => {
    const { digest } = (await solve({ dryRun: true })).body;
    expect((await solve({ digest }, 1)).body).toMatchObject({ number: 1, digest: null });
    await wish(3, 0);
    const refused = await solve({ digest });
    expect([refused.status, refused.body.code]).toEqual([409, 'changed_meanwhile']);
    expect((await solve({ digest: (await solve({ dryRun: true })).body.digest })).status).toBe(200);
    expect((await solve({ digest, seed: 1 })).status).toBe(409);
    expect((await overview()).versions).toHaveLength(2);
  });

  it('given two hundred versions, then with the next one the oldest goes, and never the one that is published', async () => {
    const { body: first } = await solve({ locks: [pair(0, 1)], forbidden: [pair(1, 0), pair(3, 0)] });
    const rows = world.db.collection('matchings');
    const row = (await rows.findOne({ _id: new Types.ObjectId(String(first.id)) }))!;
    await rows.insertMany(
      Array.from({ length: 199 }, (_, at) => ({ ...row, _id: new Types.ObjectId(), number: at + 2 })),
    );
    expect((await overview()).versions.at(-1)).toMatchObject({ number: 1, locks: 1, forbidden: 2 });
    const answers = await Promise.all([solve({}, 0), solve({}, 1)]);
    expect(answers.map(({ body }) => body.number).toSorted((a, b) => a - b)).toEqual([201, 202]);
    const { versions } = await overview();
    expect([versions.length, versions[0].number, versions.at(-1).number]).toEqual([200, 202, 3]);
    expect((await staff!.client.get(`${M}/${first.id}`)).status).toBe(404);
    expect((await staff!.client.post(`${M}/${first.id}/publish`, {})).status).toBe(404);
  });

  it('given more pairs of people and projects than can be solved at once, then it says so', async () => {
    const more = async (name: string, id: string, own: (at: number) => Record<string, unknown>) => {
      const rows = world.db.collection(name);
      const one = await rows.findOne({ _id: new Types.ObjectId(id) });
      await rows.insertMany(
        Array.from({ length: 320 }, (_, at) => ({ ...one, _id: new Types.ObjectId(), ...own(at) })),
      );
    };
    await more('applications', people[0]!.id, (at) => ({ email: `more-${at}@people.test`, number: 1000 + at }));
    await more('projects', projects[0]!.id, (at) => ({ nameKey: `more ${at}` }));
    const refused = await solve();
    expect([refused.status, refused.body.code]).toEqual([409, 'too_large']);
  });

  it('given accepted files, then only the answers that are asked for are read', async () => {
    const reader = world.app.get(AcceptedFiles);
    const read = async (wanted: Parameters<AcceptedFiles['ofCohort']>[2]) =>
      Object.keys((await reader.ofCohort(new Types.ObjectId(staff!.cohortId!), 'fellows', wanted))[0]!.answers);
    expect([await read({}), await read({ keys: ['skills'] })]).toEqual([[], ['skills']]);
    expect((await read({ keys: ['skills'], long: true })).toSorted()).toEqual(['failed', 'proud', 'public', 'skills']);
  });

  it('given many versions at once on two processes, then each has a number of its own', async () => {
    const answers = await Promise.all([0, 1, 0, 1, 0].map((node, at) => solve({ seed: at }, node)));
    expect(answers.map(({ body }) => body.number).toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect((await overview()).versions).toHaveLength(5);
  });

  it('given more people than places, then who has none is told why', async () => {
    const files = world.db.collection('applications');
    const one = (await files.findOne({ _id: new Types.ObjectId(people[2]!.id) }))!;
    const more = ['Nil Özdemir', 'Ada Nocraft'].map((name, at) => ({
      ...{ ...one, _id: new Types.ObjectId(), email: `more-${at}@people.test`, number: 100 + at },
      submitted: { ...one['submitted'], known: { ...one['submitted'].known, name, craft: at ? undefined : 'data' } },
    }));
    await files.insertMany(more, { ignoreUndefined: true });
    const made = await solve({ forbidden: [{ applicationId: String(more[0]!._id), projectId: projects[1]!.id }] });
    expect(made.body.shares.unplaced).toBe(2);
    expect(made.body.unplaced.map(({ name, reasons }: any) => [name, reasons])).toEqual([
      ['Nil Özdemir', [{ code: 'craft_full', craft: 'data' }]],
      ['Ada Nocraft', [{ code: 'no_craft' }]],
    ]);
    // Who took their file back is placed no more; the version stays as it was.
    await people[0]!.client.post(`${people[0]!.path}/withdraw`);
    expect((await overview()).people.map(({ name }: any) => name)).not.toContain('Rayan Aubert');
    const kept = (await staff!.client.get(`${M}/${made.body.id}`)).body;
    expect(kept.teams.flatMap(({ fellows }: any) => fellows).filter(({ name }: any) => name === null)).toHaveLength(1);
    expect((await solve({ locks: [pair(0, 0)] })).body.errors).toEqual([
      { field: '/locks/0/applicationId', code: 'unknown_person' },
    ]);
  });

  it('given nobody, or no project with a place, then it says what is missing', async () => {
    const empty = await aMember(world, await aCohort(world), 'staff');
    const E = `/api/cohorts/${empty.cohortId}/matching`;
    expect((await empty.client.get(E)).body).toMatchObject({ people: [], projects: [], versions: [], proposals: 0 });
    expect((await empty.client.post(E, { seed: 1 })).body.code).toBe('nobody_to_place');
    for (const { id } of projects)
      await staff!.client.patch(`/api/cohorts/${staff!.cohortId}/projects/${id}`, { places: [] });
    expect((await solve()).body.code).toBe('no_projects');
    expect((await overview()).withoutPlaces.map(({ name }: any) => name)).toEqual(['BailSûr', 'QuaiLibre']);
    expect((await solve({ seed: -1 })).status).toBe(422);
    expect((await staff!.client.get(`${M}/${people[0]!.id}`)).status).toBe(404);
  });

  it('given anybody but staff of the cohort, then nothing is shown and nothing made', async () => {
    const { body: made } = await solve();
    const theirs = `/api/cohorts/${other!.cohortId}/matching`;
    expect((await other!.client.get(`${theirs}/${made.id}`)).status).toBe(404);
    for (const [client, status] of [
      [fellow!.client, 403],
      [other!.client, 404],
      [clientOf(world.url), 401],
      [people[0]!.client, 401],
    ] as const) {
      expect((await client.get(M)).status).toBe(status);
      expect((await client.get(`${M}/${made.id}`)).status).toBe(status);
      expect((await client.post(M, { seed: 1 })).status).toBe(status);
    }
    expect((await overview()).versions).toHaveLength(1);
  });
});
