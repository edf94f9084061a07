import { Types } from 'mongoose';
import { Leaving } from '../../../src/cohorts/members/leaving.js';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { Transactions } from '../../../src/infra/mongo/transactions.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { Alarms } from '../../../src/infra/queue/alarms.js';
import type { TestWorld } from '../app.js';
import { eventually } from '../eventually.js';

/** Somebody leaves a cohort by a process that dies right after the write: it is in the outbox, and no worker is woken. */
export async function leavesUnheard(world: TestWorld, cohortId: string, userId: string, successorId?: string) {
  const alarms = world.app.get(Alarms);
  alarms.set = () => Promise.resolve();
  try {
    await world.app.get(Transactions).run(async (session) => {
      const [cohort, user] = [new Types.ObjectId(cohortId), new Types.ObjectId(userId)];
      const successor = successorId === undefined ? null : new Types.ObjectId(successorId);
      await world.app.get(MembershipsRepository).end(cohort, user, world.clock.now(), session, successor);
      await world.app.get(Leaving).cohort({ cohortId, userId }, session);
    });
  } finally {
    Reflect.deleteProperty(alarms, 'set');
  }
}

/** As when workers take their turn: what is due in the outbox is followed, also where their own turn has it already. */
export async function followOutbox(world: TestWorld): Promise<void> {
  const leased = new Date(world.clock.now().getTime() + 30_000);
  await eventually(async () => {
    await world.app.get(Outbox).turn();
    expect(
      await world.db
        .collection('outbox')
        .find({ dueAt: { $lte: leased } })
        .toArray(),
    ).toEqual([]);
  });
}
