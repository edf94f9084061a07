import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { nameOf } from '../../calls/applications/applications-reader.js';
import { OwnFiles } from '../../calls/own-files.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { grouped } from '../../common/grouped.js';
import { conflict, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { isOver } from '../../calls/call-times.js';
import type {
  AddReview,
  AssignReviews,
  Assigned,
  ReviewsQuery,
  StaffReview,
  StaffReviews,
} from '../../contracts/selection/assignment.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Threads } from '../../infra/threads/threads.js';
import { JurorMails } from '../jurors/juror-mails.js';
import { JurorsRepository } from '../jurors/jurors.repository.js';
import { KnownJurors } from '../jurors/known-jurors.js';
import { OPEN, type PairRow, ReviewsRepository } from '../reviews/reviews.repository.js';
import { StepFiles } from '../steps/step-files.js';
import type { StepRow } from '../steps/step.schema.js';
import { StepsRepository } from '../steps/steps.repository.js';
import { StepsService, editedMeanwhile, stepClosed } from '../steps/steps.service.js';
import type { Pair } from './assigning.js';
import { ASSIGNING_WITHIN_MS, assigning } from './assigning-task.js';
import { type Table, changesOf, loadsOf, nextJuror, readersOf, toProblem } from './assignment-table.js';

const MAX_TRIES = 3;

/** Somebody changed who reads what at the same moment, or began to write: looked at once more. */
class Overtaken extends Error {}

/** Who reads what in a step. Who applied in the call themself changes nothing of it: what is refused, and whom it falls to, would tell who reads theirs. */
@Injectable()
export class AssignmentService {
  constructor(
    private readonly stepsService: StepsService,
    private readonly steps: StepsRepository,
    private readonly jurors: JurorsRepository,
    private readonly known: KnownJurors,
    private readonly users: UsersRepository,
    private readonly own: OwnFiles,
    private readonly reviews: ReviewsRepository,
    private readonly stepFiles: StepFiles,
    private readonly mails: JurorMails,
    private readonly threads: Threads,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** By file, in the order of their numbers, but for what they handed in themself. Throws 404. */
  async list(actor: CohortActor, callId: string, { stepId }: ReviewsQuery): Promise<StaffReviews> {
    const { step } = await this.stepsService.load(actor, callId, stepId);
    const [{ files, pairs }, names] = await Promise.all([this.stepFiles.pairs(step), this.namesOf(step)]);
    const byFile = grouped(pairs, ({ applicationId }) => String(applicationId));
    const isOwn = await this.own.of(actor);
    const ofOthers = files.filter((file) => !isOwn(file));
    return {
      files: ofOthers.map((file) => ({
        ...{ applicationId: String(file._id), number: file.numberText ?? '', name: nameOf(file) },
        reviews: (byFile.get(String(file._id)) ?? []).map((pair) => toStaffReview(pair, names)),
      })),
    };
  }

  /** Throws 404, 409 `own_file`, `cohort_closed`, `call_open`, `step_closed`, `too_few_jurors`, `edited_meanwhile`. */
  async assign(
    actor: CohortActor,
    callId: string,
    { step: stepId, perFile, perJuror }: AssignReviews,
  ): Promise<Assigned> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const { table, step } = await this.table(actor, callId, stepId);
      const problem = toProblem(table, { perFile, perJuror });
      const needed = table.files.length * perFile;
      if (table.jurors.length < perFile || table.jurors.length * perJuror < needed)
        throw conflict('too_few_jurors', 'All jurors together have too few places for these files.', {
          ...{ needed, places: table.jurors.length * perJuror, jurors: table.jurors.length },
        });
      const pairs = await this.threads.run<Pair[]>(assigning, problem, { withinMs: ASSIGNING_WITHIN_MS });
      try {
        const written = await this.write(actor, step, table, pairs);
        const short = written.short.filter(({ jurors }) => jurors < perFile);
        return { ...written, short, conflicts: problem.byRule };
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error;
      }
    }
    throw editedMeanwhile();
  }

  /** One more juror reads a file. Throws 404, 409 `own_file`, `cohort_closed`, `call_open`, `step_closed`, `conflict_of_interest`, `already_assigned`, `nobody_left`, `edited_meanwhile`. */
  async add(actor: CohortActor, callId: string, { stepId, applicationId, jurorId }: AddReview): Promise<StaffReview> {
    const { table, step } = await this.table(actor, callId, stepId);
    const file = table.files.find(({ _id }) => String(_id) === applicationId);
    if (!file) throw notFound();
    const chosen = nextJuror(table, file, jurorId);
    if (chosen === 'unknown') throw notFound();
    if (chosen === 'conflict') throw conflict('conflict_of_interest', 'This juror has an interest in the file.');
    if (chosen === 'there') throw conflict('already_assigned', 'This juror is asked to read the file already.');
    if (chosen === 'nobody') throw conflict('nobody_left', 'Every juror reads this file, or has an interest in it.');
    const pair = { stepId: step._id, callId: step.callId, jurorId: chosen._id, applicationId: file._id };
    try {
      await this.transactions.run(async (session) => {
        await this.actors.heldAsStaff(actor, session);
        if (!(await this.steps.takeAssignments(step, session))) throw editedMeanwhile();
        if (!(await this.jurors.holdThere([chosen._id], session))) throw editedMeanwhile();
        await this.reviews.ask([{ ...pair, isLocked: true }], session);
        await this.tell(table, [chosen._id], step, session);
      });
    } catch (error) {
      if (isDuplicateKey(error, 'pair'))
        throw conflict('already_assigned', 'This juror is asked to read the file already.');
      throw error;
    }
    const now = await this.reviews.pairs(step._id);
    const added = now.find((row) => row.jurorId.equals(pair.jurorId) && row.applicationId.equals(pair.applicationId));
    if (!added) throw editedMeanwhile();
    return toStaffReview(added, await this.namesOf(step));
  }

  /** A juror does not read a file any more. Throws 404, 409 `own_file`, `cohort_closed`, `step_closed`, `review_submitted`, `edited_meanwhile`. */
  async remove(actor: CohortActor, callId: string, reviewId: string): Promise<void> {
    const { row, step } = await this.pair(actor, callId, reviewId);
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.steps.takeAssignments(step, session))) throw editedMeanwhile();
      if (!(await this.reviews.remove(row._id, session)))
        throw conflict('review_submitted', 'What was handed in stays. It can be opened again.');
    });
  }

  /** What was handed in, or given up, can be written again. Throws 404, 409 `own_file`, `cohort_closed`, `step_closed`, `review_open`. */
  async reopen(actor: CohortActor, callId: string, reviewId: string): Promise<StaffReview> {
    const { row, step } = await this.pair(actor, callId, reviewId);
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.steps.takeAssignments(step, session))) throw editedMeanwhile();
      if (!(await this.reviews.reopen(row._id, session)))
        throw conflict('review_open', 'This review is not handed in, or there is a conflict of interest.');
    });
    const now = await this.reviews.byId(row._id);
    if (!now) throw notFound();
    return toStaffReview(now, await this.namesOf(step));
  }

  private async namesOf({ callId }: StepRow): Promise<Map<string, string>> {
    return new Map((await this.jurors.ofCall(callId)).map(({ _id, name }) => [String(_id), name]));
  }

  private async pair(actor: CohortActor, callId: string, reviewId: string) {
    const id = toId(reviewId);
    const row = id && (await this.reviews.byId(id));
    if (!row) throw notFound();
    const { step } = await this.stepsService.load(actor, callId, String(row.stepId));
    mustRun(actor);
    await this.own.mustNotApply(actor, step.callId);
    if (step.state === 'closed') throw stepClosed();
    return { row, step };
  }

  private async table(actor: CohortActor, callId: string, stepId: string): Promise<{ table: Table; step: StepRow }> {
    const { call, step } = await this.stepsService.load(actor, callId, stepId);
    mustRun(actor);
    await this.own.mustNotApply(actor, call._id);
    if (step.state === 'closed') throw stepClosed();
    if (!isOver(call, this.clock.now()))
      throw conflict('call_open', 'Files are given to jurors once the call is closed.');
    const [{ files, pairs }, jurors, givenUp] = await Promise.all([
      this.stepFiles.pairs(step),
      this.jurors.ofCall(step.callId),
      this.reviews.givenUp(step.callId),
    ]);
    const ended = await this.users.endedAmong(jurors.flatMap(({ userId }) => userId ?? []));
    const there = jurors
      .filter(({ state, userId }) => state !== 'left' && !(userId && ended.has(String(userId))))
      .sort((a, b) => String(a._id).localeCompare(String(b._id)));
    return { step, table: { stepId: step._id, files, jurors: await this.known.of(there), pairs, givenUp } };
  }

  /** Who had nothing to read in an open step hears that there is something now; of its day all are reminded. */
  private async tell(
    { pairs }: Table,
    jurorIds: readonly Types.ObjectId[],
    step: StepRow,
    session: ClientSession,
  ): Promise<void> {
    if (step.state !== 'open') return;
    const busy = new Set(pairs.filter(({ state }) => OPEN.includes(state)).map(({ jurorId }) => String(jurorId)));
    const idle = jurorIds.filter((id) => !busy.has(String(id)));
    await this.mails.asked(idle, { ...step, assignments: step.assignments + 1 }, session);
    await this.mails.due(jurorIds, step, session);
  }

  private async write(actor: CohortActor, step: StepRow, table: Table, pairs: readonly Pair[]) {
    const { gone, fresh, stands } = changesOf(table, pairs);
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.steps.takeAssignments(step, session))) throw new Overtaken();
      const goneIds = gone.map(({ _id }) => _id);
      if ((await this.reviews.takeBack(goneIds, session)) < gone.length) throw new Overtaken();
      const of = { stepId: step._id, callId: step.callId, isLocked: false };
      const jurorIds = [...new Map(fresh.map(({ jurorId }) => [String(jurorId), jurorId])).values()];
      if (!(await this.jurors.holdThere(jurorIds, session))) throw new Overtaken();
      const asked = fresh.map((pair) => ({ ...of, ...pair }));
      await this.reviews.ask(asked, session);
      await this.tell(table, jurorIds, step, session);
    });
    return {
      ...{ assigned: stands.length, added: fresh.length, removed: gone.length },
      loads: loadsOf(table, stands),
      short: readersOf(table, stands),
    };
  }
}

const toStaffReview = (row: PairRow, names: ReadonlyMap<string, string>): StaffReview => ({
  jurorName: names.get(String(row.jurorId)) ?? '',
  ...{
    id: String(row._id),
    jurorId: String(row.jurorId),
    state: row.state,
    isLocked: row.isLocked,
    reason: row.reason,
  },
  submittedAt: row.submittedAt?.toISOString() ?? null,
});
