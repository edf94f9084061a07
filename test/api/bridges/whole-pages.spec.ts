import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { aSmallCohort, type SmallCohort } from '../../support/small-cohort.js';

let world: TestWorld;
let cohort: SmallCohort;
let inside: string;
let week: string;
let span: Record<'since' | 'from' | 'to', string>;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohort = await aSmallCohort(world);
  inside = `/api/cohorts/${cohort.id}`;
  const day = (days: number) => new Date(Math.floor(Date.now() / 86_400_000 + days) * 86_400_000).toISOString();
  span = { since: day(-28), from: day(0), to: day(8) };
  week = `${inside}/week?${new URLSearchParams(span).toString()}`;
});
afterAll(() => world.stop());

/** Each part of an answer beside what its own route answers the same person; null where it answers that it is not for them. */
async function expectParts({ client }: TestPerson, path: string, alone: Record<string, string | null>): Promise<void> {
  const whole = await client.get(path);
  expect(whole.status).toBe(200);
  expect(Object.keys(whole.body as object).sort()).toEqual(Object.keys(alone).sort());
  for (const [part, at] of Object.entries(alone))
    expect([part, whole.body[part]]).toEqual([part, at === null ? null : (await client.get(at)).body]);
}

describe('my week', () => {
  const partsOf = async (role: 'fellow' | 'coach' | 'host' | 'staff') => {
    const { memberships } = (await cohort[role].client.get('/api/me')).body as {
      memberships: { projectId: string | null }[];
    };
    const projectId = memberships[0]!.projectId;
    const waiting = (box: string) => `${inside}/requests?box=${box}&state=waiting&limit=100`;
    return {
      milestones: `${inside}/milestones?limit=100`,
      project: projectId && `${inside}/projects/${projectId}`,
      myAgenda: `/api/me/agenda?from=${span.since}&to=${span.to}`,
      agenda: `${inside}/agenda?from=${span.from}&to=${span.to}`,
      requests: role === 'host' ? null : waiting(role === 'staff' ? 'all' : 'for_me'),
      myRequests: role === 'fellow' ? waiting('mine') : null,
      topics: `${inside}/topics?state=unanswered&limit=50`,
      actions: role === 'staff' || role === 'host' ? null : '/api/me/actions?state=open',
      cycles: role === 'fellow' || role === 'coach' ? `${inside}/cycles?state=open&limit=100` : null,
    };
  };

  it.each(['fellow', 'coach', 'host', 'staff'] as const)(
    'given a %s, then its parts are what their routes answer',
    async (role) => {
      await expectParts(cohort[role], week, await partsOf(role));
    },
  );

  it('given something of each part, then none of them is empty for somebody', async () => {
    const { body } = await cohort.fellow.client.get(week);
    for (const part of ['milestones', 'myAgenda', 'agenda', 'topics'])
      expect([part, body[part].items.length > 0]).toEqual([part, true]);
  });

  it('given no span, or one that is too long, then 422', async () => {
    expect((await cohort.fellow.client.get(`${inside}/week`)).status).toBe(422);
    const long = new URLSearchParams({ ...span, since: '2020-01-01T00:00:00Z' });
    expect((await cohort.fellow.client.get(`${inside}/week?${long.toString()}`)).status).toBe(422);
  });
});

describe('a whole workshop', () => {
  it.each([
    ['one to come', 'fellow', () => cohort.workshopId],
    ['one that is over', 'fellow', () => cohort.pastWorkshopId],
    ['a draft', 'staff', () => cohort.draftId],
  ] as const)('given %s, then its parts are what their routes answer to a %s', async (_, role, idOf) => {
    const path = `${inside}/workshops/${idOf()}`;
    await expectParts(cohort[role], `${path}/whole`, {
      workshop: path,
      materials: `${path}/materials`,
      minutes: `${path}/minutes`,
      topics: `${inside}/topics?workshop=${idOf()}&limit=20`,
      wishes: `${inside}/wishes?workshop=${idOf()}`,
    });
  });

  it('given a draft of others, or none, then 404', async () => {
    for (const id of [cohort.draftId, '0123456789abcdef01234567', 'none'])
      expect((await cohort.fellow.client.get(`${inside}/workshops/${id}/whole`)).status).toBe(404);
  });
});

it('given another cohort, or nobody, then neither is there', async () => {
  const stranger = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
  for (const path of [week, `${inside}/workshops/${cohort.workshopId}/whole`]) {
    expect((await stranger.client.get(path)).status).toBe(404);
    expect((await clientOf(world.url).get(path)).status).toBe(401);
  }
});
