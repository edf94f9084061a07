import { Injectable } from '@nestjs/common';
import type { CallRow } from '../../calls/call.schema.js';
import { isOver } from '../../calls/call-times.js';
import { CallsService } from '../../calls/calls.service.js';
import { OwnFiles } from '../../calls/own-files.js';
import { ApplicationsReader, type HandedInRow } from '../../calls/applications/applications-reader.js';
import { CallsRepository } from '../../calls/calls.repository.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { type Problem, conflict, invalid, notFound } from '../../common/problem.js';
import { grouped } from '../../common/grouped.js';
import { Clock } from '../../common/times/clock.js';
import type { FormField } from '../../contracts/calls/forms.js';
import type { ReviewState } from '../../contracts/selection/reviews.js';
import type { ChooseFiles, CreateStep, Step, Steps, UpdateStep } from '../../contracts/selection/steps.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { toId, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { JurorMails } from '../jurors/juror-mails.js';
import { type AskedRow, ReviewsRepository } from '../reviews/reviews.repository.js';
import { USUAL_SCALE, fieldsOf, isHiddenAtFirst, lacksOfStep, stepAbilities } from './step-rules.js';
import { isReadIn, ofFiles } from './step-files.js';
import type { StepRow } from './step.schema.js';
import { type StepChange, StepsRepository } from './steps.repository.js';

const MAX_STEPS = 6;

export const editedMeanwhile = (): Problem => conflict('edited_meanwhile', 'Somebody changed this meanwhile.');
const tooManySteps = () => conflict('too_many_steps', `A call has at most ${MAX_STEPS} steps.`, { maximum: MAX_STEPS });

/** The steps of a call's selection, as staff prepare, open and close them. */
@Injectable()
export class StepsService {
  constructor(
    private readonly calls: CallsService,
    private readonly forms: CallsRepository,
    private readonly steps: StepsRepository,
    private readonly reviews: ReviewsRepository,
    private readonly applications: ApplicationsReader,
    private readonly own: OwnFiles,
    private readonly mails: JurorMails,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** What they handed in themself is counted nowhere, or they would learn whether a step reads it. Throws 404. */
  async list(actor: CohortActor, callId: string): Promise<Steps> {
    const call = await this.calls.load(actor, callId);
    const [rows, asked, files, fields, isOwn] = await Promise.all([
      this.steps.ofCall(call._id),
      this.reviews.ofCall(call._id),
      this.applications.ofCall(call._id),
      this.fieldsOf(call),
      this.own.of(actor),
    ]);
    const ofOthers = files.filter((file) => !isOwn(file));
    const byStep = grouped(asked, ({ stepId }) => String(stepId));
    const isCallOver = isOver(call, this.clock.now());
    return {
      items: rows.map((row) => ({
        ...{ id: String(row._id), number: row.number, name: row.name, scale: row.scale, criteria: row.criteria },
        fields: fields.map(({ key, label }) => ({ key, label })),
        ...{
          hidden: hiddenNow(row, fields),
          dueAt: row.dueAt?.toISOString() ?? null,
          state: row.state,
          revision: row.revision,
        },
        counts: countsOf(
          byStep.get(String(row._id)) ?? [],
          ofOthers.filter(({ _id }) => isReadIn(row, _id)),
        ),
        abilities: stepAbilities(actor, row, isCallOver),
      })),
    };
  }

  /** Throws 404, 409 `cohort_closed`, `too_many_steps`. */
  async create(actor: CohortActor, callId: string, { name }: CreateStep): Promise<Step> {
    const call = await this.calls.load(actor, callId);
    mustRun(actor);
    const there = await this.steps.ofCall(call._id);
    const number = (there.at(-1)?.number ?? 0) + 1;
    if (number > MAX_STEPS) throw tooManySteps();
    const before = there.at(-1);
    const fields = await this.fieldsOf(call);
    const usual = { scale: [...USUAL_SCALE], criteria: call.criteria };
    const words = before ? { ...before, hidden: hiddenNow(before, fields) } : { ...usual, hidden: hiddenFirst(fields) };
    try {
      const id = await this.steps.insert({
        ...{ callId: call._id, cohortId: call.cohortId, number, name, scale: words.scale, criteria: words.criteria },
        ...{
          hidden: words.hidden,
          known: fields.map(({ key }) => key),
          dueAt: null,
          state: 'draft',
          chosen: [],
          revision: 0,
          assignments: 0,
          held: 0,
        },
        createdAt: this.clock.now(),
      });
      return await this.one(actor, callId, String(id));
    } catch (error) {
      if (isDuplicateKey(error, 'number')) throw editedMeanwhile();
      throw error;
    }
  }

  /** Throws 404, 409 `cohort_closed`, `step_closed`, `step_open` for scale and criteria, `edited_meanwhile`, 422 for what an open step would lack. */
  async update(actor: CohortActor, callId: string, stepId: string, body: UpdateStep): Promise<Step> {
    const { revision, dueAt, ...words } = body;
    const { call, step } = await this.editable(actor, callId, stepId);
    if (step.revision !== revision) throw editedMeanwhile();
    if (step.state === 'open' && (words.scale || words.criteria)) throw stepOpen();
    const known = words.hidden && (await this.fieldsOf(call)).map(({ key }) => key);
    const change: StepChange = {
      ...words,
      ...(known && { known }),
      ...(dueAt !== undefined && { dueAt: dueAt === null ? null : new Date(dueAt) }),
    };
    if (step.state === 'open') mustBeWhole({ ...step, ...change });
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.steps.change(step, change, session))) throw editedMeanwhile();
      if (step.state !== 'open' || !change.dueAt) return;
      const asked = (await this.reviews.pairs(step._id, session)).map(({ jurorId }) => jurorId);
      await this.mails.due(asked, { ...step, ...change }, session);
    });
    return await this.one(actor, callId, stepId);
  }

  /** Which files a later step reads; who reads what is no more asked of the others. Throws 404, 409 `cohort_closed`, `step_closed`, `first_step`, `own_file` where one's own is named, which stays in it or out of it whatever else is chosen, `edited_meanwhile`, 422 `/applicationIds` `unknown`. */
  async choose(actor: CohortActor, callId: string, stepId: string, body: ChooseFiles): Promise<Step> {
    const { call, step } = await this.editable(actor, callId, stepId);
    if (step.number === 1) throw conflict('first_step', 'The first step reads all that was handed in.');
    const ids = [...new Set(body.applicationIds)];
    const known = (await this.applications.some(toIds(ids))).filter(({ callId: of }) => of.equals(call._id));
    if (known.length < ids.length) throw invalid([{ field: '/applicationIds', code: 'unknown' }]);
    await this.own.mustBeOfOthers(actor, ...known);
    const own = (await this.applications.some(step.chosen)).filter(await this.own.of(actor));
    const chosen = [...known, ...own].map(({ _id }) => _id);
    const there = new Set(chosen.map(String));
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.steps.change(step, { chosen }, session))) throw editedMeanwhile();
      const gone = (await this.reviews.pairs(step._id, session)).filter(
        (pair) => !there.has(String(pair.applicationId)),
      );
      await this.reviews.takeBack(
        gone.map(({ _id }) => _id),
        session,
      );
    });
    return await this.one(actor, callId, stepId);
  }

  /** Jurors read and write from now on, and are told. Throws 404, 409 `cohort_closed`, `call_open`, `step_open`, `edited_meanwhile`, 422 with all that is lacking. */
  async open(actor: CohortActor, callId: string, stepId: string): Promise<Step> {
    const { call, step } = await this.load(actor, callId, stepId);
    mustRun(actor);
    if (step.state === 'open') throw stepOpen();
    if (!isOver(call, this.clock.now())) throw conflict('call_open', 'Files are read once the call is closed.');
    mustBeWhole(step);
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.steps.change(step, { state: 'open' }, session))) throw editedMeanwhile();
      const asked = (await this.reviews.pairs(step._id, session)).map(({ jurorId }) => jurorId);
      await this.mails.asked(asked, { ...step, revision: step.revision + 1 }, session);
      await this.mails.due(asked, step, session);
    });
    return await this.one(actor, callId, stepId);
  }

  /** Nothing is written any more; what was handed in stays. Throws 404, 409 `cohort_closed`, `step_closed`, `edited_meanwhile`. */
  async close(actor: CohortActor, callId: string, stepId: string): Promise<Step> {
    const { step } = await this.load(actor, callId, stepId);
    mustRun(actor);
    if (step.state !== 'open') throw stepClosed();
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.steps.change(step, { state: 'closed' }, session))) throw editedMeanwhile();
    });
    return await this.one(actor, callId, stepId);
  }

  /** The last step of a call, while nobody is asked to read anything in it: whether somebody is to read theirs, who applied does not learn. Throws 404, 409 `own_file`, `cohort_closed`, `step_in_use`, `edited_meanwhile`. */
  async delete(actor: CohortActor, callId: string, stepId: string): Promise<void> {
    const { call, step } = await this.load(actor, callId, stepId);
    mustRun(actor);
    await this.own.mustNotApply(actor, call._id);
    const last = (await this.steps.ofCall(call._id)).at(-1);
    if (!last?._id.equals(step._id) || step.state !== 'draft' || (await this.reviews.hasAny(step._id)))
      throw conflict('step_in_use', 'Only the last step can be taken away, before anybody reads in it.');
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.steps.delete(step, session))) throw editedMeanwhile();
    });
  }

  /** A step of a call of the actor's cohort. Throws 404. */
  async load(actor: CohortActor, callId: string, stepId: string): Promise<{ call: CallRow; step: StepRow }> {
    const call = await this.calls.load(actor, callId);
    const id = toId(stepId);
    const step = id && (await this.steps.inCall(call._id, id));
    if (!step) throw notFound();
    return { call, step };
  }

  private async fieldsOf(call: CallRow): Promise<FormField[]> {
    return fieldsOf(await this.forms.formsOf(call._id), call.fields);
  }

  private async editable(actor: CohortActor, callId: string, stepId: string) {
    const loaded = await this.load(actor, callId, stepId);
    mustRun(actor);
    if (loaded.step.state === 'closed') throw stepClosed();
    return loaded;
  }

  private async one(actor: CohortActor, callId: string, stepId: string): Promise<Step> {
    const found = (await this.list(actor, callId)).items.find(({ id }) => id === stepId);
    if (!found) throw notFound();
    return found;
  }
}

/** A step that is not open takes nothing any more. */
export const stepClosed = (): Problem =>
  conflict('step_closed', 'This step is not open: what was written stays as it is.');
const stepOpen = () => conflict('step_open', 'This step is open: its scale and criteria stay as they are.');

function mustBeWhole(step: Pick<StepRow, 'name' | 'scale' | 'criteria'>): void {
  const lacks = lacksOfStep(step);
  if (lacks.length > 0) throw invalid(lacks);
}

/** What a step hides of all fields there are: what staff chose, and of what came later what its form hides. */
const hiddenNow = ({ hidden, known }: Pick<StepRow, 'hidden' | 'known'>, fields: readonly FormField[]): string[] =>
  fields
    .filter((field) => hidden.includes(field.key) || (!known.includes(field.key) && isHiddenAtFirst(field)))
    .map(({ key }) => key);

const hiddenFirst = (fields: readonly FormField[]) => fields.filter(isHiddenAtFirst).map(({ key }) => key);

function countsOf(asked: readonly AskedRow[], files: readonly HandedInRow[]): Step['counts'] {
  const pairs = ofFiles(asked, files);
  const of = (...states: ReviewState[]) => pairs.filter(({ state }) => states.includes(state)).length;
  return {
    ...{ files: files.length, asked: of('asked', 'begun', 'submitted'), submitted: of('submitted') },
    ...{ abstained: of('abstained'), conflicts: of('conflict') },
  };
}
