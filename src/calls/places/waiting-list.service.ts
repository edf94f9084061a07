import { Injectable } from '@nestjs/common';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { UpdateWaitingList, WaitingList as Reply } from '../../contracts/calls/places.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import type { DecisionRow } from '../applications/application.schema.js';
import { CallsRepository } from '../calls.repository.js';
import { CallsService } from '../calls.service.js';
import { OwnFiles } from '../own-files.js';
import { ApplicationActs } from '../decisions/application-acts.js';
import { isSent } from '../decisions/deciding.js';
import { Overtaken, untilSettled } from './overtaken.js';
import { type PlacedRow, PlacesRepository } from './places.repository.js';
import { reranked } from './placing.js';

/** The waiting list of a call: in which order places that are lost are offered, and whether they are by themselves. */
@Injectable()
export class WaitingLists {
  constructor(
    private readonly service: CallsService,
    private readonly calls: CallsRepository,
    private readonly actors: ActorsNow,
    private readonly places: PlacesRepository,
    private readonly acts: ApplicationActs,
    private readonly own: OwnFiles,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Without what they handed in themself: who waits is not told their place. Throws 404. */
  async get(actor: CohortActor, callId: string): Promise<Reply> {
    const call = await this.service.load(actor, callId);
    const now = this.clock.now();
    const isOwn = await this.own.of(actor);
    return {
      isOffering: call.isOffering !== false,
      items: (await this.places.waiting(call._id)).flatMap((row) =>
        row.decision && !isOwn(row) ? [shown(row, row.decision, now)] : [],
      ),
      canEdit: actor.cohortState !== 'closed',
      acts: await this.acts.of(call._id, null),
    };
  }

  /** Who applied themself has no place passed on, to them perhaps. Throws 404, 409 `cohort_closed`, `own_file`. */
  async update(actor: CohortActor, callId: string, { isOffering }: UpdateWaitingList): Promise<Reply> {
    const call = await this.service.load(actor, callId);
    mustRun(actor);
    await this.own.mustNotApply(actor, call._id);
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      await this.calls.offer(call._id, isOffering, session);
      const act = isOffering ? ('offering-on' as const) : ('offering-off' as const);
      await this.acts.write([{ callId: call._id, applicationId: null, act, byId: idOf(actor.userId) }], session);
    });
    return await this.get(actor, callId);
  }

  /** One stands right before another one of its craft, or last of it. Who applied themself ranks nobody: where it is refused would tell whether they wait. Throws 404, 409 `cohort_closed`, `own_file`, `edited_meanwhile`, 422 `/before` `unknown`. */
  async move(actor: CohortActor, callId: string, applicationId: string, before: string | null): Promise<Reply> {
    const call = await this.service.load(actor, callId);
    mustRun(actor);
    await this.own.mustNotApply(actor, call._id);
    try {
      await untilSettled(this.transactions, async (session) => {
        await this.actors.heldAsStaff(actor, session);
        const all = await this.places.waiting(call._id, session);
        const moved = all.find(({ _id }) => String(_id) === applicationId);
        if (!moved) throw notFound();
        const craft = all.filter(({ submitted }) => submitted?.known.craft === moved.submitted?.known.craft);
        const ranks = reranked(
          craft.map(({ _id, decision }) => ({ id: String(_id), rank: decision?.rank ?? 0 })),
          applicationId,
          before,
        );
        if (!ranks) throw invalidField('/before', 'unknown');
        const ranked = { callId: call._id, applicationId: moved._id, act: 'ranked' as const, byId: idOf(actor.userId) };
        if (ranks.length > 0) await this.acts.write([ranked], session);
        for (const { id, rank } of ranks) {
          const row = craft.find(({ _id }) => String(_id) === id);
          if (!row || !(await this.places.rank(row, rank, session))) throw new Overtaken();
        }
      });
    } catch (error) {
      if (error instanceof Overtaken) throw conflict('edited_meanwhile', 'Somebody changed the list meanwhile.');
      throw error;
    }
    return await this.get(actor, callId);
  }
}

function shown(row: PlacedRow, decision: DecisionRow, now: Date): Reply['items'][number] {
  const known = row.submitted?.known ?? {};
  const knows = isSent(decision, now);
  return {
    ...{ id: String(row._id), number: row.numberText ?? '', name: known.name ?? '', email: row.email },
    ...{ craft: known.craftName ?? null, craftKey: known.craft ?? null },
    ...{ isSent: knows, isOffered: decision.offer !== undefined },
  };
}
