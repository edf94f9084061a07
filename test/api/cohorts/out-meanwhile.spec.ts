import { Types } from 'mongoose';
import { Members } from '../../../src/cohorts/members/members.service.js';
import { ProposedProjects } from '../../../src/cohorts/projects/proposed-projects.service.js';
import type { CohortActor } from '../../../src/common/actor.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { eventually } from '../../support/eventually.js';
import { photo } from '../../support/rooms/files.js';

/** A right over a cohort that is taken away between the look at it and the write gives nothing any more: who lost it does not take it back. */
let world: TestWorld;
let cohortId: string;
let [anna, ben, cleo, fellow]: TestPerson[] = [];
let projectId: string;
/** Of two that are open: the letter of the first has gone, that of the second is planned. */
let [invited, planned] = ['', ''];
let picture: Buffer;

beforeAll(async () => {
  world = await startWorld();
  picture = await photo(60, 20).png().toBuffer();
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  anna = await aMember(world, cohortId, 'staff');
  ben = await aMember(world, cohortId, 'staff');
  cleo = await aMember(world, cohortId, 'staff');
  projectId = (await anna.client.post(C('/projects'), { name: 'EauVive', agency: 'Bassin' })).body.id;
  fellow = await aMember(world, cohortId, 'fellow', { projectId });
  for (const sendAt of [undefined, '2026-11-03T10:00:00.000Z'])
    expect((await cleo.client.post(C('/invitations'), { people: people('fellow'), sendAt })).body.created).toBe(1);
  expect((await setsLogo(cleo)).status).toBe(200);
  await world.settled();
  // The letter of one is handed over, however busy the machine is.
  ({ invited, planned } = await eventually(async () => {
    const { items } = (await cleo!.client.get(C('/invitations'))).body as {
      items: { id: string; sentAt: string | null }[];
    };
    const [sent, waiting] = [true, false].map((isSent) => items.find(({ sentAt }) => (sentAt !== null) === isSent));
    expect([sent?.id, waiting?.id]).toEqual([expect.any(String), expect.any(String)]);
    return { invited: sent!.id, planned: waiting!.id };
  }));
});

const C = (path = '') => `/api/cohorts/${cohortId}${path}`;
const member = (who: TestPerson) => C(`/members/${who.id}`);

let count = 0;
const people = (role = 'staff') => [{ email: `fresh${(count += 1)}@people.test`, name: 'Second Ben', role }];

/** What is asked by who is on their way out, or was a moment ago. */
type Doing = (who: TestPerson) => Promise<{ status: number; body: any }>;

async function setsLogo({ token }: TestPerson): ReturnType<Doing> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'logo.png');
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(new URL(C('/logo'), world.url), { method: 'PUT', headers, body: form });
  return { status: answer.status, body: await answer.json() };
}

const ACTS: [string, Doing][] = [
  ['makes themself staff', (who) => who.client.patch(member(who), { role: 'staff' })],
  ['gives another the role', (who) => who.client.patch(member(fellow!), { role: 'staff' })],
  ['takes out who took them out', (who) => who.client.delete(member(anna!))],
  ['closes the cohort', (who) => who.client.post(C('/close'))],
  ['changes the cohort', (who) => who.client.patch(C(), { name: 'Mine' })],
  ['makes a project', (who) => who.client.post(C('/projects'), { name: 'Sources', agency: 'Bassin' })],
  ['changes a project', (who) => who.client.patch(C(`/projects/${projectId}`), { name: 'Mine' })],
  ['withdraws an invitation', (who) => who.client.delete(C(`/invitations/${invited}`))],
  ['sends a letter', (who) => who.client.post(C(`/invitations/${planned}/send`))],
  ['sends letters', (who) => who.client.post(C('/invitations/letters'), { invitationIds: [planned] })],
  [
    'puts a letter off',
    (who) => who.client.post(C('/invitations/letters'), { invitationIds: [planned], sendAt: 'not_yet' }),
  ],
  ['sets the logo', (who) => setsLogo(who)],
  ['takes the logo away', (who) => who.client.delete(C('/logo'))],
  ['invites staff', (who) => who.client.post(C('/invitations'), { people: people() })],
];

const rows = async (collection: string, ...fields: string[]) => {
  const found = world.db.collection(collection).find({ cohortId: new Types.ObjectId(cohortId) });
  return (await found.toArray()).map((row) => fields.map((field) => String(row[field])).join()).sort();
};

/** All that these acts could change, as it stands. */
async function standing() {
  const { name, state, logoUrl } = (await cleo!.client.get(C())).body;
  return {
    ...{ name, state, logoUrl },
    members: await rows('memberships', 'userId', 'role', 'endedAt'),
    projects: await rows('projects', 'name', 'summary'),
    invited: await rows('invitations', 'email', 'role', 'open', 'mailDueAt', 'askedBy'),
    letters: await world.db.collection('deliveries').countDocuments({ kind: 'invitation' }),
  };
}

/** Somebody asks for something, and before it is written something else happens: what came of it, and whether it changed anything. */
async function meanwhile(happens: () => Promise<{ status: number }>, act: () => ReturnType<Doing>) {
  let before: unknown;
  let happened = 0;
  const came = beforeItIsWritten(world, async () => {
    happened = (await happens()).status;
    before = await standing();
  });
  const { status, body } = await act();
  expect([came(), happened < 300]).toEqual([true, true]);
  const isAsBefore = JSON.stringify(await standing()) === JSON.stringify(before);
  return { status, code: body?.code as string | undefined, isAsBefore };
}

describe.each(ACTS)('of the team of a cohort, as one of them %s', (what, act) => {
  it('given they get another role, then 403 and nothing has changed', async () => {
    const demoted = () => anna!.client.patch(member(ben!), { role: 'coach' });
    expect(await meanwhile(demoted, () => act(ben!))).toEqual({ status: 403, code: 'forbidden', isAsBefore: true });
  });

  it('given they are taken out, then 404 and nothing has changed', async () => {
    const out = () => anna!.client.delete(member(ben!));
    expect(await meanwhile(out, () => act(ben!))).toEqual({ status: 404, code: 'not_found', isAsBefore: true });
  });

  it('given another gets another role, then it is done', async () => {
    const demoted = () => anna!.client.patch(member(fellow!), { role: 'coach' });
    const { status, isAsBefore } = await meanwhile(demoted, () => act(ben!));
    expect(status).toBeLessThan(300);
    // Who is staff stays staff.
    expect(isAsBefore).toBe(what === 'makes themself staff');
  });
});

const anAdmin = () => aPerson(world, { isAdmin: true });

describe('of the admins, as one of them makes another staff', () => {
  const act = (who: TestPerson) => () => who.client.patch(member(fellow!), { role: 'staff' });
  const taken = async (who: TestPerson) => (await anAdmin()).client.delete(`/api/admin/people/${who.id}/admin`);

  it('given the right of one from outside is taken, then 404; of one who coaches there, then 403; nothing has changed', async () => {
    const [outside, coach] = [await anAdmin(), await anAdmin()];
    await join(world, cohortId, coach.id, 'coach');
    const nothing = { code: 'not_found', isAsBefore: true };
    expect(await meanwhile(() => taken(outside), act(outside))).toEqual({ ...nothing, status: 404 });
    const forbidden = { code: 'forbidden', isAsBefore: true };
    expect(await meanwhile(() => taken(coach), act(coach))).toEqual({ ...forbidden, status: 403 });
  });

  it('given the right of another is taken, then it is done', async () => {
    const [admin, other] = [await anAdmin(), await anAdmin()];
    expect(await meanwhile(() => taken(other), act(admin))).toMatchObject({ status: 200, isAsBefore: false });
  });

  it('given they were of the team and get another role, then it is done', async () => {
    const admin = await anAdmin();
    await join(world, cohortId, admin.id, 'staff');
    const demoted = () => anna!.client.patch(member(admin), { role: 'coach' });
    expect(await meanwhile(demoted, act(admin))).toMatchObject({ status: 200, isAsBefore: false });
  });
});

it('given an account that is closed as its person makes another staff, then 404 and nothing has changed', async () => {
  const admin = await anAdmin();
  const closed = () => admin.client.post(`/api/admin/people/${ben!.id}/deactivate`, {});
  const came = await meanwhile(closed, () => ben!.client.patch(member(fellow!), { role: 'staff' }));
  expect(came).toEqual({ status: 404, code: 'not_found', isAsBefore: true });
});

it('given a cohort that closes as staff invite, then 409 and nobody is invited; in a running one all are', async () => {
  const invite = () => ben!.client.post(C('/invitations'), { people: people() });
  expect((await invite()).body).toMatchObject({ created: 1 });
  const closed = () => anna!.client.post(C('/close'));
  expect(await meanwhile(closed, invite)).toEqual({ status: 409, code: 'cohort_closed', isAsBefore: true });
});

describe('the summary of a project', () => {
  const summary = (who: TestPerson) => () =>
    who.client.patch(C(`/projects/${projectId}`), { summary: 'As I left it.' });
  const off = (who: TestPerson) => () => anna!.client.patch(member(who), { projectId: null });

  it('given its fellow or host is taken off it as they write, then 403 and it says what it said', async () => {
    const host = await aMember(world, cohortId, 'host');
    expect((await anna!.client.patch(member(host), { projectId })).status).toBe(200);
    for (const who of [fellow!, host])
      expect(await meanwhile(off(who), summary(who))).toEqual({ status: 403, code: 'forbidden', isAsBefore: true });
  });

  it('given another is taken off it, then it is written', async () => {
    const other = await aMember(world, cohortId, 'fellow', { projectId });
    const written = await meanwhile(off(other), summary(fellow!));
    expect(written).toMatchObject({ status: 200, isAsBefore: false });
  });
});

it('given proposals that somebody makes projects of who is out by then, then 404 and none is made; by another, then all', async () => {
  const actorOf = async (who: TestPerson) =>
    (await world.app.get(Members).actorIn({ userId: who.id, loginId: '', isAdmin: false }, cohortId)) as CohortActor;
  const [gone, left] = [await actorOf(ben!), await actorOf(cleo!)];
  expect((await anna!.client.delete(member(ben!))).status).toBe(204);
  const proposal = { applicationId: new Types.ObjectId(), name: 'Sources', agency: 'Bassin', summary: '', places: [] };
  const make = (actor: CohortActor) => world.app.get(ProposedProjects).make(actor, [proposal], () => Promise.resolve());
  await expect(make(gone)).rejects.toMatchObject({ status: 404 });
  expect(await rows('projects', 'name')).toEqual(['EauVive']);
  expect(await make(left)).toHaveLength(1);
});
