import { Types } from 'mongoose';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { leavesUnheard } from '../../support/rooms/leaving.js';
import { aSeries, aWorkshop, draftOf } from '../../support/rooms/workshops.js';

/** Who leaves a cohort, or is no coach there any more, keeps no right over what lies ahead in it. */
let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let leaver: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set('2026-10-13T08:00:00.000Z');
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  leaver = await aMember(world, cohortId, 'coach', { name: 'Karim Haddad' });
});

const base = (cohort = cohortId) => `/api/cohorts/${cohort}/workshops`;
const seen = async (path: string, as = staff) => (await as.client.get(path)).body;
const remove = (person = leaver) => staff.client.delete(`/api/cohorts/${cohortId}/members/${person.id}`);
const told = async (person: TestPerson) =>
  (await person.client.get('/api/me/inbox')).body.items
    .filter(({ kind }: any) => kind === 'workshop.host_left')
    .map(({ title, body, link }: any) => [title, body, link]);

describe('a host who leaves', () => {
  it('given workshops of before, now and ahead, then they host those ahead no more, staff hear of it once, and their hour is free', async () => {
    const other = await aMember(world, cohortId, 'coach');
    const early = { startsAt: '2026-10-13T08:30:00.000Z', endsAt: '2026-10-13T09:30:00.000Z' };
    const past = await aWorkshop(staff, cohortId, { ...early, hosts: [leaver.id] });
    world.clock.set('2026-10-13T09:00:00.000Z');
    const alone = await aWorkshop(staff, cohortId, { title: 'Plain words', hosts: [leaver.id] });
    const later = { startsAt: '2026-10-16T08:00:00.000Z', endsAt: '2026-10-16T09:00:00.000Z' };
    const shared = await aWorkshop(staff, cohortId, { ...later, hosts: [leaver.id, other.id] });
    const draft = (await staff.client.post(base(), draftOf({ hosts: [leaver.id] }))).body;
    const edition = (await seen(alone.path)).edition;
    expect((await remove()).status).toBe(204);

    await eventually(async () => expect((await seen(alone.path)).hosts).toEqual([]));
    expect([(await seen(shared.path)).hosts, (await seen(`${base()}/${draft.id}`)).hosts]).toEqual([[other.id], []]);
    expect([(await seen(past.path)).hosts, (await seen(alone.path)).edition]).toEqual([
      [leaver.id],
      Number(edition) + 1,
    ]);
    await eventually(async () => expect(await told(staff)).toHaveLength(1));
    world.clock.advance(60_000);
    await followOutbox(world);
    expect(await told(staff)).toEqual([
      [
        'Karim Haddad has left and hosts 3 workshops ahead no more',
        '2 of them have no host now: name them, or call them off.',
        `/c/${cohortId}/workshops`,
      ],
    ]);
    expect([await told(other), await told(leaver)]).toEqual([[], []]);

    // At the same hour, elsewhere: nothing of theirs is in the way.
    const elsewhere = await aCohort(world);
    const theirs = await aMember(world, elsewhere, 'staff');
    await join(world, elsewhere, leaver.id, 'coach');
    const made = await theirs.client.post(base(elsewhere), draftOf({ hosts: [leaver.id] }));
    expect((await theirs.client.post(`${base(elsewhere)}/${made.body.id}/publish`)).status).toBe(200);
  });

  it('given a process that died as they left, then a turn finds what they still host; given they are back, then they stay', async () => {
    const { path } = await aWorkshop(staff, cohortId, {
      ...{ startsAt: '2026-11-16T09:00:00.000Z', endsAt: '2026-11-16T11:00:00.000Z' },
      hosts: [leaver.id],
    });
    const back = await aMember(world, cohortId, 'coach');
    const kept = await aWorkshop(staff, cohortId, { hosts: [back.id] });
    for (const { id } of [leaver, back]) await leavesUnheard(world, cohortId, id);
    await join(world, cohortId, back.id, 'coach');
    await followOutbox(world);
    expect((await seen(path)).hosts).toEqual([]);
    expect((await seen(kept.path)).hosts).toEqual([back.id]);
  });

  it('given drafts and series that still name them, then what is published or added is held by members only', async () => {
    const { path, dates } = await aSeries(staff, cohortId, {
      hosts: [leaver.id, staff.id],
      repeat: { unit: 'week', weekdays: [2], count: 2 },
    });
    const draft = (await staff.client.post(base(), draftOf({ hosts: [leaver.id] }))).body;
    await world.app
      .get(MembershipsRepository)
      .end(new Types.ObjectId(cohortId), new Types.ObjectId(leaver.id), world.clock.now());
    expect((await staff.client.post(`${base()}/${draft.id}/publish`)).body.hosts).toEqual([]);
    const { edition } = await seen(path);
    const longer = await staff.client.post(`${path}/lengthen`, {
      workshopId: dates[0],
      edition,
      until: null,
      count: 3,
    });
    expect(longer.status).toBe(200);
    const added = longer.body.dates.at(-1).workshopId as string;
    expect((await seen(`${base()}/${added}`)).hosts).toEqual([staff.id]);
  });

  it('given staff edit the same workshops at that moment on another node, then nobody who left hosts them in the end', async () => {
    const at = (day: number) => ({
      startsAt: `2026-10-2${day}T08:00:00.000Z`,
      endsAt: `2026-10-2${day}T09:00:00.000Z`,
    });
    const made = await Promise.all(
      [0, 1, 2, 3].map((day) => aWorkshop(staff, cohortId, { ...at(day), hosts: [leaver.id] })),
    );
    await Promise.all([
      remove(),
      ...made.map(({ path }) => staff.client.patch(path, { hosts: [leaver.id, staff.id], title: 'By hand' })),
    ]);
    await eventually(async () => {
      world.clock.advance(60_000);
      await followOutbox(world);
      const hosts = await Promise.all(made.map(async ({ path }) => (await seen(path)).hosts));
      expect(hosts.flat()).not.toContain(leaver.id);
    });
  });
});

describe('a coach who is one no more', () => {
  const demote = (role: string) => staff.client.patch(`/api/cohorts/${cohortId}/members/${leaver.id}`, { role });

  it('given a draft that they made as a coach, then staff publish it, neither they nor a fellow who holds it with them', async () => {
    const fellow = await aMember(world, cohortId, 'fellow');
    const draft = (await leaver.client.post(base(), draftOf({ hosts: [fellow.id] }))).body;
    const path = `${base()}/${draft.id}`;
    expect(draft.abilities.publish).toBe(true);
    expect((await demote('fellow')).status).toBe(200);
    expect((await seen(path, leaver)).abilities).toMatchObject({ edit: true, publish: false });
    expect((await leaver.client.post(`${path}/publish`)).status).toBe(403);
    await eventually(async () => expect((await seen(path, fellow)).abilities.publish).toBe(false));
    expect((await fellow.client.post(`${path}/publish`)).status).toBe(403);
    expect((await staff.client.post(`${path}/publish`)).status).toBe(200);
  });

  it('given a series of drafts that they made, then its dates are not theirs to publish either', async () => {
    const body = { ...draftOf(), key: 'a-series-of-a-coach', repeat: { unit: 'week', weekdays: [4], count: 2 } };
    const made = await leaver.client.post(`/api/cohorts/${cohortId}/workshop-series`, body);
    const path = `/api/cohorts/${cohortId}/workshop-series/${made.body.id}`;
    expect((await demote('host')).status).toBe(200);
    expect((await leaver.client.post(`${path}/publish`)).status).toBe(403);
    expect((await seen(path, leaver)).abilities.publish).toBe(false);
    // Who is a coach again may.
    expect((await demote('coach')).status).toBe(200);
    expect((await leaver.client.post(`${path}/publish`)).status).toBe(200);
  });
});
