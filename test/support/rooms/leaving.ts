import { Types } from 'mongoose';
import { Leaving } from '../../../src/cohorts/members/leaving.js';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { Transactions } from '../../../src/infra/mongo/transactions.js';
import type { TestWorld } from '../app.js';
import { killedAfter } from '../outbox.js';

/** Somebody leaves a cohort by a process that dies right after the write: it is in the outbox, and no worker is woken. */
export async function leavesUnheard(world: TestWorld, cohortId: string, userId: string, successorId?: string) {
  await killedAfter(world, () =>
    world.app.get(Transactions).run(async (session) => {
      const [cohort, user] = [new Types.ObjectId(cohortId), new Types.ObjectId(userId)];
      const successor = successorId === undefined ? null : new Types.ObjectId(successorId);
      await world.app.get(MembershipsRepository).end(cohort, user, world.clock.now(), session, successor);
      await world.app.get(Leaving).cohort({ cohortId, userId }, session);
    }),
  );
}
