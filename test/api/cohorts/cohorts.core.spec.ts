import { clientOf } from '../../support/client.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';

let world: TestWorld;
let admin: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  admin = await aPerson(world, { isAdmin: true });
});
afterAll(() => world.stop());

const body = { name: 'Cohort 8', startsOn: '2026-09-01', timeZone: 'Europe/Paris' };

describe('making a cohort', () => {
  it('given an admin, then phases and milestones come from the template', async () => {
    const made = await admin.client.post('/api/cohorts', body);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: 'Cohort 8',
      endsOn: '2027-06-30',
      state: 'running',
      country: 'FR',
      counts: { fellows: 0, projects: 0 },
      // Nobody meets on a third party's server before staff chose it.
      meeting: { kind: 'none', pattern: null },
      abilities: { edit: true, invite: true, close: true, removeMembers: true },
    });
    expect(made.body.phases).toHaveLength(4);
    const milestones = await admin.client.get(`/api/cohorts/${made.body.id}/milestones`);
    expect(milestones.body.items[0]).toMatchObject({ titleKey: 'welcome', on: '2026-09-01', phase: 'discover' });
    expect(milestones.body.items).toHaveLength(12);
  });

  it('given another person or nobody, then refused', async () => {
    const other = await aPerson(world);
    expect((await other.client.post('/api/cohorts', body)).status).toBe(403);
    expect((await clientOf(world.url).post('/api/cohorts', body)).status).toBe(401);
  });

  it.each([
    [{ ...body, startsOn: '2026-02-30' }, '/startsOn', 'wrong_format'],
    [{ ...body, startsOn: '9999-12-31' }, '/startsOn', 'out_of_range'],
    [{ ...body, timeZone: 'Mars/Olympus' }, '/timeZone', 'unknown_zone'],
    [{ ...body, months: 0 }, '/months', 'too_small'],
    [{ ...body, name: ' \n ' }, '/name', 'too_small'],
    [{ ...body, id: 'x' }, '/id', 'unknown_field'],
  ])('given %j, then 422 names %s', async (wrong, field, code) => {
    const answer = await admin.client.post('/api/cohorts', wrong);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field, code })]));
  });
});

describe('reading cohorts', () => {
  it('given a member, then lists theirs only; given an admin, then all, page by page', async () => {
    const cohortId = await aCohort(world);
    const fellow = await aMember(world, cohortId, 'fellow');
    const mine = await fellow.client.get('/api/cohorts');
    expect(mine.body.items.map((one: { id: string }) => one.id)).toEqual([cohortId]);
    expect(mine.body.items[0]).toMatchObject({ counts: { fellows: 1 }, abilities: { edit: false } });
    const first = await admin.client.get('/api/cohorts?limit=1');
    const second = await admin.client.get(`/api/cohorts?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
    expect((await admin.client.get('/api/cohorts?cursor=nonsense')).status).toBe(422);
    expect((await clientOf(world.url).get('/api/cohorts')).status).toBe(401);
  });

  it('given a member of another cohort, then 404 as for a random id', async () => {
    const [here, there] = [await aCohort(world), await aCohort(world)];
    const fellow = await aMember(world, there, 'staff');
    const random = await fellow.client.get('/api/cohorts/64b000000000000000000000');
    for (const path of ['', '/members', '/projects', '/milestones', '/invitations']) {
      const answer = await fellow.client.get(`/api/cohorts/${here}${path}`);
      expect(answer.status).toBe(404);
      expect(answer.text).toBe(random.text);
    }
    expect((await fellow.client.patch(`/api/cohorts/${here}`, { name: 'Mine' })).text).toBe(random.text);
    expect((await fellow.client.post(`/api/cohorts/${here}/close`)).text).toBe(random.text);
  });
});

describe('changing a cohort', () => {
  it('given staff, then name, colour, meeting and phases change, and the dates follow the phases', async () => {
    const cohortId = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    const { phases } = (await staff.client.get(`/api/cohorts/${cohortId}`)).body;
    const longer = phases.map((phase: object, index: number) =>
      index === 3 ? { ...phase, name: 'Passation', endsOn: '2027-07-15' } : phase,
    );
    const answer = await staff.client.patch(`/api/cohorts/${cohortId}`, {
      name: 'Cohort 7b',
      color: 'iris',
      meeting: { kind: 'fixed', pattern: 'https://meet.example/seven' },
      phases: longer,
    });
    expect(answer.body).toMatchObject({ name: 'Cohort 7b', color: 'iris', endsOn: '2027-07-15' });
    expect(answer.body.phases[3].name).toBe('Passation');
  });

  it('given phases that move, then the milestones ahead go with them, as was shown before, unless they are to stay', async () => {
    const cohortId = (await admin.client.post('/api/cohorts', body)).body.id;
    const path = `/api/cohorts/${cohortId}`;
    const days = async () =>
      (await admin.client.get(`${path}/milestones`)).body.items.map(({ on }: { on: string }) => on);
    const { phases } = (await admin.client.get(path)).body;
    const before = await days();
    const ends = ['2026-11-14', '2027-02-14', '2027-05-14', '2027-07-14'];
    const later = phases.map((phase: object, index: number) => ({
      ...phase,
      endsOn: ends[index],
      ...(index > 0 && { startsOn: `${ends[index - 1]!.slice(0, 8)}15` }),
    }));
    const shown = await admin.client.post(`${path}/phases/preview`, { phases: later });
    expect(shown.status).toBe(200);
    expect(shown.body.moves[0]).toMatchObject({
      titleKey: 'challenge-framed',
      on: '2026-10-30',
      movesTo: '2026-11-13',
    });
    expect(await days()).toEqual(before);
    const moved = new Map(shown.body.moves.map(({ on, movesTo }: { on: string; movesTo: string }) => [on, movesTo]));
    await admin.client.patch(path, { phases: later, keepMilestones: true });
    expect(await days()).toEqual(before);
    await admin.client.patch(path, { phases, keepMilestones: true });
    await admin.client.patch(path, { phases: later });
    expect(await days()).toEqual(before.map((on: string) => moved.get(on) ?? on));
    expect((await admin.client.post(`${path}/phases/preview`, { phases: later.toReversed() })).status).toBe(422);
  });

  it('given a gap between phases or a pattern without a session, then 422 and nothing changes', async () => {
    const cohortId = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    const before = (await staff.client.get(`/api/cohorts/${cohortId}`)).body;
    const gap = before.phases.map((phase: object, index: number) =>
      index === 1 ? { ...phase, startsOn: '2026-11-05' } : phase,
    );
    const refused = await staff.client.patch(`/api/cohorts/${cohortId}`, { name: 'Other', phases: gap });
    expect(refused.body.errors).toEqual([{ field: '/phases/1/startsOn', code: 'not_contiguous' }]);
    const far = before.phases.map((phase: object, index: number) =>
      index === 3 ? { ...phase, endsOn: '9999-12-31' } : phase,
    );
    const years = await staff.client.patch(`/api/cohorts/${cohortId}`, { phases: far });
    expect(years.body.errors).toEqual([{ field: '/phases/3/endsOn', code: 'out_of_range' }]);
    const room = await staff.client.patch(`/api/cohorts/${cohortId}`, {
      meeting: { kind: 'jitsi', pattern: 'https://meet.example/room' },
    });
    expect(room.body.errors).toEqual([{ field: '/meeting/pattern', code: 'needs_session_part' }]);
    expect((await staff.client.get(`/api/cohorts/${cohortId}`)).body).toEqual(before);
  });

  it('given a fellow, then 403', async () => {
    const cohortId = await aCohort(world);
    const fellow = await aMember(world, cohortId, 'fellow');
    expect((await fellow.client.patch(`/api/cohorts/${cohortId}`, { name: 'Mine' })).status).toBe(403);
    expect((await fellow.client.post(`/api/cohorts/${cohortId}/close`)).status).toBe(403);
  });
});

describe('an admin who is a member', () => {
  it('given the role of a fellow, then may do what an admin may, and abilities say so', async () => {
    const cohortId = await aCohort(world);
    const both = await aMember(world, cohortId, 'fellow', { isAdmin: true });
    const seen = await both.client.get(`/api/cohorts/${cohortId}`);
    expect(seen.body.abilities).toEqual({ edit: true, invite: true, close: true, removeMembers: true });
    const renamed = await both.client.patch(`/api/cohorts/${cohortId}`, { name: 'Renamed' });
    expect(renamed.body).toMatchObject({ name: 'Renamed', abilities: { edit: true } });
    expect((await both.client.get(`/api/cohorts/${cohortId}/overview`)).status).toBe(200);
    expect((await both.client.get(`/api/cohorts/${cohortId}/reminders`)).status).toBe(403);
  });
});

describe('closing a cohort', () => {
  it('given staff, then its fellows are alumni, projects remember their teams, and it changes no more', async () => {
    const cohortId = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    const fellow = await aMember(world, cohortId, 'fellow');
    const project = (
      await staff.client.post(`/api/cohorts/${cohortId}/projects`, {
        name: 'PermisClair',
        agency: 'Prefecture',
        fellowIds: [fellow.id],
      })
    ).body;
    const both = await Promise.all([1, 2].map(() => staff.client.post(`/api/cohorts/${cohortId}/close`)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const me = (await fellow.client.get('/api/me')).body;
    expect(me.memberships).toEqual([
      expect.objectContaining({ role: 'alumni', projectId: null, cohortState: 'closed' }),
    ]);
    const kept = (await fellow.client.get(`/api/cohorts/${cohortId}/projects/${project.id}`)).body;
    expect(kept).toMatchObject({ fellows: [{ id: fellow.id }], abilities: { edit: false, editSummary: false } });
    for (const answer of [
      await staff.client.patch(`/api/cohorts/${cohortId}`, { name: 'Other' }),
      await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name: 'New', agency: 'A' }),
      await staff.client.post(`/api/cohorts/${cohortId}/milestones`, { title: 'New', on: '2026-10-20' }),
      await staff.client.post(`/api/cohorts/${cohortId}/invitations`, { people: [{}] }),
    ]) {
      expect(answer.body).toMatchObject({ status: 409, code: 'cohort_closed' });
    }
  });
});

describe('milestones', () => {
  it('given staff, then they are made, renamed, moved and deleted, in order of days', async () => {
    const cohortId = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    const path = `/api/cohorts/${cohortId}/milestones`;
    const late = (await staff.client.post(path, { title: 'Demo day', on: '2027-05-12' })).body;
    const early = (await staff.client.post(path, { title: 'First visit', on: '2026-09-10' })).body;
    expect(late).toMatchObject({ phase: 'handover', titleKey: null });
    const page = (await staff.client.get(`${path}?limit=1`)).body;
    expect(page.items).toEqual([early]);
    expect((await staff.client.get(`${path}?limit=1&cursor=${page.nextCursor}`)).body.items).toEqual([late]);
    const moved = await staff.client.patch(`${path}/${late.id}`, { title: 'Démo', on: '2026-09-09' });
    expect(moved.body).toMatchObject({ title: 'Démo', on: '2026-09-09', phase: 'discover' });
    expect((await staff.client.get(path)).body.items.map((one: { id: string }) => one.id)).toEqual([late.id, early.id]);
    expect((await staff.client.delete(`${path}/${late.id}`)).status).toBe(204);
    expect((await staff.client.delete(`${path}/${late.id}`)).status).toBe(404);
  });

  it('given a day outside the cohort, a fellow, or a milestone of another cohort, then refused', async () => {
    const [here, there] = [await aCohort(world), await aCohort(world)];
    const staff = await aMember(world, here, 'staff');
    const path = `/api/cohorts/${here}/milestones`;
    const outside = await staff.client.post(path, { title: 'Too late', on: '2027-07-01' });
    expect(outside.body.errors).toEqual([expect.objectContaining({ field: '/on', code: 'outside_cohort' })]);
    const fellow = await aMember(world, here, 'fellow');
    expect((await fellow.client.post(path, { title: 'Mine', on: '2026-10-20' })).status).toBe(403);
    const other = await aMember(world, there, 'staff');
    const foreign = (await other.client.post(`/api/cohorts/${there}/milestones`, { title: 'X', on: '2026-10-20' }))
      .body;
    expect((await staff.client.patch(`${path}/${foreign.id}`, { title: 'Mine' })).status).toBe(404);
    expect((await staff.client.delete(`${path}/${foreign.id}`)).status).toBe(404);
  });
});
