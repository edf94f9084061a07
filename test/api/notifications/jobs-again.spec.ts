import { Types } from 'mongoose';
import { JobQueues } from '../../../src/infra/queue/job-queues.js';
import { SlotWatches } from '../../../src/mentoring/scheduling/slot-watches.service.js';
import { SlotNotices } from '../../../src/notifications/notices/slot.notices.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';

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
