import { Types } from 'mongoose';
import { MembershipsRepository } from '../../src/cohorts/memberships.repository.js';
import { Members } from '../../src/cohorts/members.service.js';
import { JobQueues } from '../../src/infra/queue/job-queues.js';
import { SlotWatches } from '../../src/mentoring/slot-watches.service.js';
import { SlotNotices } from '../../src/notifications/slot.notices.js';
import { Departures } from '../../src/workshops/departures.js';
import { type TestWorld, startWorld } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { aCohort, aMember } from '../support/factories.js';
import { aWorkshop } from '../support/workshops.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
afterEach(() => jest.restoreAllMocks());

/** Nobody waits fifteen seconds for five tries: each job has one. */
function tryOnce() {
  const queues = world.app.get(JobQueues);
  const addAll = queues.addAll.bind(queues);
  jest.spyOn(queues, 'addAll').mockImplementation((kind, jobs) =>
    addAll(
      kind,
      jobs.map(({ data, options }) => ({ data, options: { ...options, attempts: 1 } })),
    ),
  );
}

function broken<T extends object>(of: T, method: keyof T) {
  return jest
    .spyOn(of as Record<string, () => Promise<unknown>>, method as string)
    .mockRejectedValue(new Error('away'));
}

describe('given a job of an id of its own that failed for good while the database was away', () => {
  beforeEach(tryOnce);

  it('when a person had left, then the next look takes their place back', async () => {
    const cohortId = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    const fellow = await aMember(world, cohortId, 'fellow');
    const { path } = await aWorkshop(staff, cohortId);
    await fellow.client.put(`${path}/registration`, {});
    await world.app
      .get(MembershipsRepository)
      .end(new Types.ObjectId(cohortId), new Types.ObjectId(fellow.id), world.clock.now());
    world.clock.set(new Date(Date.parse((await staff.client.get(path)).body.startsAt) - 86_400_000).toISOString());

    const away = broken(world.app.get(Members), 'find');
    await world.app.get(Departures).heal();
    await eventually(() => expect(away).toHaveBeenCalled());
    away.mockRestore();
    await eventually(async () => {
      await world.app.get(Departures).heal();
      expect((await staff.client.get(path)).body.going).toBe(0);
    });
  });

  it('when somebody waits for a coach, then the next look asks for a free slot again', async () => {
    const watches = world.app.get(SlotWatches);
    jest.spyOn(watches, 'watched').mockResolvedValue([String(new Types.ObjectId())]);
    const away = broken(watches, 'ready');
    await world.app.get(SlotNotices).heal();
    await eventually(() => expect(away).toHaveBeenCalled());
    away.mockRestore();
    const ready = jest.spyOn(watches, 'ready').mockResolvedValue([]);
    await eventually(async () => {
      await world.app.get(SlotNotices).heal();
      expect(ready).toHaveBeenCalled();
    });
  });
});
