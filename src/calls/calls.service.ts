import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { Types } from 'mongoose';
import { isDeepStrictEqual } from 'node:util';
import { closedForGood, mustRun } from '../cohorts/cohort-rules.js';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { ActorsNow } from '../cohorts/members/actors-now.js';
import type { CohortActor } from '../common/actor.js';
import { type Problem, conflict, invalid, invalidField, notFound } from '../common/problem.js';
import { slugOf } from '../common/texts/slug.js';
import { Clock } from '../common/times/clock.js';
import type { Call, Calls, CreateCall, ExtendCall, UpdateCall } from '../contracts/calls/calls.js';
import { problemsOfForm } from '../contracts/calls/forms.js';
import type { FieldProblem } from '../contracts/primitives.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { idOf, newId, toId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { Outbox } from '../infra/outbox/outbox.js';
import type { CallRow } from './call.schema.js';
import { templateOf } from './call-templates.js';
import { EarlierCallsService } from './earlier-calls.service.js';
import { callKeepingChanged, callMoved } from './calls.events.js';
import { callAbilities } from './calls.policy.js';
import { CallsPresenter } from './calls.presenter.js';
import { isOver } from './call-times.js';
import { type CallChange, CallsRepository } from './calls.repository.js';
import { lacksOfFields, lacksOfCall } from './publishing.js';

const MAX_TRIES = 3;
const MAX_CALLS = 40;
/** Tables show what every version asked. */
const MAX_VERSIONS = 50;
/** A file that was begun, or handed in, by the call of before, at the moment of the change, is found by then. */
const AGAIN_AFTER_MS = 30_000;

const editedMeanwhile = (): Problem => conflict('edited_meanwhile', 'Somebody changed the call meanwhile.');

/** What staff do with the calls of their cohort. */
@Injectable()
export class CallsService {
  constructor(
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly actors: ActorsNow,
    private readonly earlier: EarlierCallsService,
    private readonly present: CallsPresenter,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Those of the cohort, the newest first. */
  async list(actor: CohortActor): Promise<Calls> {
    return { items: await this.present.summaries(await this.calls.ofCohort(idOf(actor.cohortId))) };
  }

  /** Throws 404. */
  async get(actor: CohortActor, callId: string): Promise<Call> {
    return await this.present.call(actor, await this.load(actor, callId));
  }

  /** A draft with the words and questions of its kind's template, or of an earlier call. Throws 409 `cohort_closed`, `too_many_calls`, 422 as {@link EarlierCallsService.words}. */
  async create(actor: CohortActor, { kind, title, fromCallId }: CreateCall): Promise<Call> {
    mustRun(actor);
    const cohortId = idOf(actor.cohortId);
    const cohort = await this.cohorts.byId(cohortId);
    if (!cohort) throw notFound();
    const blank = { opensAt: null, closesAt: null, timeZone: cohort.timeZone, dates: [], keepRefusedMonths: 3 };
    const words =
      fromCallId === undefined
        ? { ...blank, ...templateOf(kind) }
        : await this.earlier.words(actor, fromCallId, kind, cohort);
    const row: CallRow = {
      ...{ _id: newId(), cohortId, kind, slug: '', state: 'draft', title, ...words },
      ...{ isFormChanged: true, version: 0, revision: 0, numbers: 0 },
      erased: { drafts: 0, submitted: 0, withdrawn: 0 },
      ...{ createdAt: this.clock.now(), publishedAt: null },
    };
    return await this.get(actor, String((await this.inserted(actor, row))._id));
  }

  /**
   * Writes what is given; of what is closed, what became of it alone. Throws 404, 409 `cohort_closed`, `call_closed`, `edited_meanwhile`, 422: two fields of one key, and of what is published words in one language only,
   * `/closesAt` `use_extend`, `/opensAt` `already_open`.
   */
  async update(actor: CohortActor, callId: string, { revision, ...body }: UpdateCall): Promise<Call> {
    const isOutcome = 'outcome' in body && Object.keys(body).length === 1;
    const row = await this.editable(actor, callId, revision, { alsoClosed: isOutcome });
    const { opensAt, closesAt, fields, ...words } = body;
    const change: CallChange = {
      ...words,
      ...(opensAt !== undefined && { opensAt: opensAt === null ? null : new Date(opensAt) }),
      ...(closesAt !== undefined && { closesAt: closesAt === null ? null : new Date(closesAt) }),
      ...(fields && { fields, isFormChanged: await this.isChanged(row, fields) }),
    };
    if (fields) mustBeUnique(fields);
    if (row.state !== 'draft') mustStayPublished(row, change, this.clock.now());
    await this.change(actor, row, change);
    return await this.get(actor, callId);
  }

  /** The call goes out, or its form as a new version. Throws 404, 409 `cohort_closed`, `call_closed`, `edited_meanwhile`, `already_published`, `too_many_versions`, 422 with all that is lacking. */
  async publish(actor: CohortActor, callId: string, revision: number): Promise<Call> {
    const row = await this.editable(actor, callId, revision);
    if (!callAbilities(actor, row, this.clock.now()).publish)
      throw conflict('already_published', 'This form is published as it stands here.');
    if (row.version >= MAX_VERSIONS)
      throw conflict('too_many_versions', `A form has at most ${MAX_VERSIONS} versions.`, { maximum: MAX_VERSIONS });
    const now = this.clock.now();
    const lacks = [...lacksOfCall(row), ...lacksOfFields(row)];
    if (row.state === 'draft' && row.closesAt && row.closesAt <= now)
      lacks.push({ field: '/closesAt', code: 'in_the_past' });
    if (lacks.length > 0) throw invalid(lacks);
    const version = row.version + 1;
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      const change = {
        state: 'published' as const,
        version,
        isFormChanged: false,
        publishedAt: row.publishedAt ?? now,
      };
      if (!(await this.calls.change(row, change, session))) throw editedMeanwhile();
      await this.calls.insertForm({ callId: row._id, version, fields: row.fields, publishedAt: now }, session);
    });
    return await this.get(actor, callId);
  }

  /** Closes later than it did; who has a draft hears of it. Throws 404, 409 `cohort_closed`, `not_published`, `edited_meanwhile`, 422 `/closesAt` `not_later`. */
  async extend(actor: CohortActor, callId: string, { closesAt }: ExtendCall): Promise<Call> {
    const row = await this.published(actor, callId);
    const later = new Date(closesAt);
    if (later <= this.clock.now() || (row.closesAt && later <= row.closesAt))
      throw invalidField('/closesAt', 'not_later');
    await this.move(row, { closesAt: later }, actor);
    return await this.get(actor, callId);
  }

  /** Closes now, for good; who has a draft hears of it. Throws 404, 409 `cohort_closed`, `not_published`, `edited_meanwhile`. */
  async close(actor: CohortActor, callId: string): Promise<Call> {
    await this.closeNow(await this.published(actor, callId), actor);
    return await this.get(actor, callId);
  }

  /** The calls of a cohort that is closed close with it: nothing can be handed in any more, and who has a draft hears of it. Throws 409 `edited_meanwhile`. */
  async closeAll(cohortId: Types.ObjectId): Promise<void> {
    const open = (await this.calls.ofCohort(cohortId)).filter(
      (call) => call.state === 'published' && !isOver(call, this.clock.now()),
    );
    for (const { _id } of open) {
      const row = await this.calls.byId(_id);
      if (row) await this.closeNow(row);
    }
  }

  /** A call of the actor's cohort. Throws 404. */
  async load(actor: CohortActor, callId: string): Promise<CallRow> {
    const id = toId(callId);
    const row = id && (await this.calls.inCohort(idOf(actor.cohortId), id));
    if (!row) throw notFound();
    return row;
  }

  private async closeNow(row: CallRow, by: CohortActor | null = null): Promise<void> {
    const now = this.clock.now();
    const closesAt = row.closesAt && row.closesAt < now ? row.closesAt : now;
    await this.move(row, { state: 'closed', closesAt }, by);
  }

  private async move(row: CallRow, change: Partial<CallRow>, by: CohortActor | null): Promise<void> {
    await this.transactions.run(async (session) => {
      if (by) await this.actors.heldAsStaff(by, session);
      if (!(await this.calls.change(row, change, session))) throw editedMeanwhile();
      await this.outbox.write(callMoved, { callId: String(row._id) }, session, { againAfterMs: AGAIN_AFTER_MS });
    });
  }

  private async change(actor: CohortActor, row: CallRow, change: CallChange): Promise<void> {
    const months = change.keepRefusedMonths ?? row.keepRefusedMonths;
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.calls.change(row, change, session))) throw editedMeanwhile();
      const fact = { callId: String(row._id) };
      if (months !== row.keepRefusedMonths)
        await this.outbox.write(callKeepingChanged, fact, session, { againAfterMs: AGAIN_AFTER_MS });
    });
  }

  private async editable(
    actor: CohortActor,
    callId: string,
    revision: number,
    { alsoClosed = false } = {},
  ): Promise<CallRow> {
    const row = await this.load(actor, callId);
    if (actor.cohortState === 'closed') throw closedForGood();
    if (row.state === 'closed' && !alsoClosed)
      throw conflict('call_closed', 'This call is closed: it is kept as it was.');
    if (row.revision !== revision) throw editedMeanwhile();
    return row;
  }

  private async published(actor: CohortActor, callId: string): Promise<CallRow> {
    const row = await this.load(actor, callId);
    mustRun(actor);
    if (row.state !== 'published') throw conflict('not_published', 'Only a call that is out can be moved or closed.');
    return row;
  }

  private async isChanged({ _id, version }: CallRow, fields: CallRow['fields']): Promise<boolean> {
    const form = version > 0 ? await this.calls.form(_id, version) : null;
    return !isDeepStrictEqual(form?.fields, fields);
  }

  /** Two calls that get one address at once: the second gets another one. Two that would both be the last of a cohort are counted one after the other. */
  private async inserted(actor: CohortActor, row: CallRow): Promise<CallRow> {
    const words = slugOf(row.title.en || row.title.fr) ?? row.kind;
    for (let tries = 1; ; tries += 1) {
      try {
        const named = { ...row, slug: `${words}-${randomBytes(2).toString('hex')}` };
        await this.transactions.run(async (session) => {
          await this.actors.heldAsStaff(actor, session);
          if ((await this.calls.countOfCohort(row.cohortId, session)) >= MAX_CALLS)
            throw conflict('too_many_calls', `A cohort has at most ${MAX_CALLS} calls.`);
          await this.calls.insert(named, session);
        });
        return named;
      } catch (error) {
        if (tries === MAX_TRIES || !isDuplicateKey(error, 'slug')) throw error;
      }
    }
  }
}

/** Answers are kept under the key of their field: one is one. What else is wrong with a form is said when it goes out. */
function mustBeUnique(fields: CallRow['fields']): void {
  const doubled = problemsOfForm(fields).filter(({ code }) => code === 'doubled' || code === 'doubled_options');
  if (doubled.length > 0)
    throw invalid(
      doubled.map(({ field, code }) => ({
        field: `/fields/${fields.findLastIndex(({ key }) => key === field)}`,
        code,
      })),
    );
}

/** What everybody sees stays whole, and keeps what was promised of its times. */
function mustStayPublished(row: CallRow, change: CallChange, now: Date): void {
  if (change.closesAt !== undefined && change.closesAt?.getTime() !== row.closesAt?.getTime())
    throw invalidField('/closesAt', 'use_extend');
  const isMoved = change.opensAt !== undefined && change.opensAt?.getTime() !== row.opensAt?.getTime();
  if (isMoved && row.opensAt && row.opensAt <= now) throw invalidField('/opensAt', 'already_open');
  // Of what staff closed nothing else can be mended: one may have closed it before it opened.
  const isMendable = ({ field }: FieldProblem) => row.state !== 'closed' || field.startsWith('/outcome');
  const lacks = lacksOfCall({ ...row, ...change }).filter(isMendable);
  if (lacks.length > 0) throw invalid(lacks);
}
