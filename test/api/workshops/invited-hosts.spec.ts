import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aSeries, aWorkshop, draftOf } from '../../support/rooms/workshops.js';

/** The programme team plans workshops with hosts who have not come yet; who joins hosts what they were chosen for. */
let world: TestWorld;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set('2026-10-13T08:00:00.000Z');
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});

let count = 0;
const addressOf = (index: number) => `host${index}@people.test`;
async function invite(name: string, role = 'coach', email = addressOf((count += 1))) {
  const people = [{ email, name, role }];
  expect((await staff.client.post(`/api/cohorts/${cohortId}/invitations`, { people })).body.created).toBe(1);
  const [row] = (await staff.client.get(`/api/cohorts/${cohortId}/invitations`)).body.items;
  return { id: row.id as string, url: row.url as string, email };
}
async function accept({ url }: { url: string }, node = 0): Promise<string> {
  const answer = await clientOf(world.nodes[node]!.url).post(`/api/auth/invitations/${url.split('/').at(-1)!}/accept`, {
    password: PASSWORD,
  });
  expect(answer.status).toBe(200);
  return answer.body.me.id;
}
const base = () => `/api/cohorts/${cohortId}/workshops`;
const seen = async (path: string, as = staff) => (await as.client.get(path)).body;
const withdraw = ({ id }: { id: string }) => staff.client.delete(`/api/cohorts/${cohortId}/invitations/${id}`);

it('given an invited host, then staff see them beside the hosts, nobody else does, and they host it once they have joined', async () => {
  const coach = await aMember(world, cohortId, 'coach');
  const invited = await invite('Ana');
  const { path } = await aWorkshop(staff, cohortId, { hosts: [coach.id], invitedHosts: [invited.id] });
  expect(await seen(path)).toMatchObject({
    hosts: [coach.id],
    invitedHosts: [{ invitationId: invited.id, name: 'Ana', isSent: true }],
  });
  const fellow = await aMember(world, cohortId, 'fellow');
  expect([(await seen(path, coach)).invitedHosts, (await seen(path, fellow)).invitedHosts]).toEqual([[], []]);
  // A host who edits it loses nobody.
  expect((await coach.client.patch(path, { title: 'By hand', hosts: [coach.id], invitedHosts: [] })).status).toBe(200);
  const edition = (await seen(path)).edition;

  const userId = await accept(invited, 1);
  const now = await seen(path);
  expect(now).toMatchObject({ hosts: [coach.id, userId], invitedHosts: [], edition: Number(edition) + 1 });
  expect(now.people).toHaveLength(2);
  const stale = await staff.client.patch(path, { hosts: [coach.id], edition });
  expect([stale.status, stale.body.code]).toEqual([409, 'stale']);
});

it('given hosts who do not see who is invited, then no refusal tells how many; all of them may come, and stay', async () => {
  const coach = await aMember(world, cohortId, 'coach');
  const invited = [await invite('Bo'), await invite('Ana'), await invite('Cy')];
  const { path } = await aWorkshop(staff, cohortId, { hosts: [coach.id], invitedHosts: invited.map(({ id }) => id) });
  const many = await Promise.all(Array.from({ length: 10 }, () => aMember(world, cohortId, 'coach')));
  const hosts = [coach, ...many].map(({ id }) => id);
  expect((await coach.client.patch(path, { hosts: hosts.slice(0, 10) })).status).toBe(200);
  expect((await coach.client.patch(path, { hosts })).body.errors).toEqual([{ field: '/hosts', code: 'too_many' }]);
  for (const one of invited) await accept(one);
  const now = (await seen(path, coach)).hosts as string[];
  expect(now).toHaveLength(13);
  expect((await coach.client.patch(path, { title: 'Many hands', hosts: now })).status).toBe(200);
  const more = await staff.client.patch(path, { hosts: [...now, many[9]!.id] });
  expect(more.body.errors).toEqual([{ field: '/hosts', code: 'too_many' }]);
  expect((await staff.client.patch(path, { hosts: now.slice(1) })).status).toBe(200);
});

it('given who is no staff, a stranger, too many or who accepted meanwhile, then it is refused and nothing changes', async () => {
  const coach = await aMember(world, cohortId, 'coach');
  const [gone, ana] = [await invite('Bo'), await invite('Ana')];
  await accept(gone);
  const { path } = await aWorkshop(staff, cohortId, { hosts: [coach.id] });
  expect((await coach.client.patch(path, { invitedHosts: [ana.id] })).status).toBe(403);
  expect((await coach.client.post(base(), draftOf({ invitedHosts: [ana.id] }))).status).toBe(403);
  for (const id of [gone.id, staff.id, 'nonsense']) {
    const refused = await staff.client.patch(path, { title: 'Renamed', invitedHosts: [ana.id, id] });
    expect([refused.status, refused.body.errors]).toEqual([422, [{ field: '/invitedHosts/1', code: 'not_invited' }]]);
    const made = await staff.client.post(base(), draftOf({ invitedHosts: [id] }));
    expect(made.body.errors).toEqual([{ field: '/invitedHosts/0', code: 'not_invited' }]);
  }
  const many = await Promise.all(Array.from({ length: 9 }, () => aMember(world, cohortId, 'coach')));
  const hosts = [coach, ...many].map(({ id }) => id);
  const tooMany = await staff.client.patch(path, { hosts, invitedHosts: [ana.id] });
  expect(tooMany.body.errors).toEqual([{ field: '/invitedHosts', code: 'too_many' }]);
  expect(await seen(path)).toMatchObject({ title: 'Impact assessment, by hand', hosts: [coach.id], invitedHosts: [] });
  const outsider = await aMember(world, await aCohort(world), 'staff');
  expect((await outsider.client.patch(path, { invitedHosts: [] })).status).toBe(404);
  expect((await clientOf(world.url).patch(path, { invitedHosts: [] })).status).toBe(401);
});

it('given the invitation is withdrawn, then nobody is planned any more; given it ran out and is made again, then they still are', async () => {
  const [bo, ana] = [await invite('Bo'), await invite('Ana')];
  world.clock.set('2026-10-14T08:00:00.000Z');
  const { path } = await aWorkshop(staff, cohortId, {
    startsAt: '2027-01-20T08:00:00.000Z',
    endsAt: '2027-01-20T10:00:00.000Z',
    invitedHosts: [bo.id, ana.id],
  });
  expect((await withdraw(bo)).status).toBe(204);
  expect((await seen(path)).invitedHosts).toMatchObject([{ name: 'Ana' }]);
  await accept(await invite('Bo', 'coach', bo.email));
  expect((await seen(path)).hosts).toEqual([]);
  // Sixty days later.
  world.clock.set('2027-01-13T08:00:00.000Z');
  expect((await seen(path)).invitedHosts).toMatchObject([{ invitationId: ana.id, name: 'Ana' }]);
  const again = await invite('Ana', 'coach', ana.email);
  expect((await seen(path)).invitedHosts).toMatchObject([{ invitationId: again.id, name: 'Ana' }]);
  const userId = await accept(again);
  expect((await seen(path)).hosts).toEqual([userId]);
});

it('given a series, a copy and a longer series, then all dates carry who is invited, and who joins hosts all that lie ahead', async () => {
  const ana = await invite('Ana');
  const series = await aSeries(staff, cohortId, {
    invitedHosts: [ana.id],
    repeat: { unit: 'week', weekdays: [2], count: 3 },
  });
  const first = `${base()}/${series.dates[0]!}`;
  const copy = await staff.client.post(`${first}/duplicate`, { startsAt: '2026-12-01T09:00:00.000Z' });
  expect(copy.body.invitedHosts).toMatchObject([{ name: 'Ana' }]);
  const coach = await aMember(world, cohortId, 'coach');
  const other = await coach.client.post(`${first}/duplicate`, { startsAt: '2026-12-02T09:00:00.000Z' });
  world.clock.set('2026-10-21T08:00:00.000Z');
  const userId = await accept(ana);
  const hosts = await Promise.all(
    [...series.dates, copy.body.id, other.body.id].map(async (id) => (await seen(`${base()}/${id as string}`)).hosts),
  );
  expect(hosts).toEqual([[], [userId], [userId], [userId], [coach.id]]);
});

it('given a workshop is planned with them while they accept on another node, then they host it or it is refused, never lost', async () => {
  for (let round = 0; round < 5; round += 1) {
    const ana = await invite(`Ana ${round}`);
    const { path } = await aWorkshop(staff, cohortId, {
      startsAt: `2026-10-2${round}T08:00:00.000Z`,
      endsAt: `2026-10-2${round}T09:00:00.000Z`,
    });
    const [planned, userId] = await Promise.all([staff.client.patch(path, { invitedHosts: [ana.id] }), accept(ana, 1)]);
    expect([planned.status, (await seen(path)).hosts]).toEqual(planned.status === 200 ? [200, [userId]] : [422, []]);
  }
});
