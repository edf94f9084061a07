import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { decodeCursor, encodeCursor } from '../../common/cursor.js';
import { OneByOne } from '../../common/one-by-one.js';
import { notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { wordsIn } from '../../common/texts/search-words.js';
import type {
  ApplicationFile,
  ApplicationPage,
  ApplicationsQuery,
  ApplicationSummary,
} from '../../contracts/calls/applications.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import type { CallRow } from '../call.schema.js';
import { CallsRepository } from '../calls.repository.js';
import { CallsService } from '../calls.service.js';
import { ApplicationActs } from '../decisions/application-acts.js';
import { shownDecision, standingDecision } from '../decisions/deciding.js';
import { OwnFiles } from '../own-files.js';
import { shownAsked } from '../work/asked-piece.js';
import { DeskRepository } from '../work/desk.repository.js';
import { Duplicates } from '../work/duplicates.js';
import { countsOf } from '../calls.presenter.js';
import {
  ApplicationTablesRepository,
  type OwnRow,
  type TableFilter,
  type TableRow,
} from './application-tables.repository.js';
import { type CsvLine, csvLines } from './applications-csv.js';
import type { SubmittedRow } from './application.schema.js';
import { ApplicationsRepository } from './applications.repository.js';
import { eraseAt } from './erase-times.js';

const MOST_WORDS = 8;
const CSV_LINES = 100;

/** Files that were handed in to a call, for its programme team. What was never handed in is a number; of what was taken back whose it was is left, and no answer. */
@Injectable()
export class ApplicationTables {
  private readonly exports = new OneByOne();

  constructor(
    private readonly callsService: CallsService,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly tables: ApplicationTablesRepository,
    private readonly applications: ApplicationsRepository,
    private readonly desk: DeskRepository,
    private readonly duplicates: Duplicates,
    private readonly people: People,
    private readonly acts: ApplicationActs,
    private readonly own: OwnFiles,
    private readonly clock: Clock,
  ) {}

  /** What they handed in themself is there as they know it: without what the team keeps with it, or decided a moment ago. Throws 404, 422 `/cursor`. */
  async page(
    actor: CohortActor,
    callId: string,
    { state, craft, decision, tag, only, q = '', sort, limit, cursor }: ApplicationsQuery,
  ): Promise<ApplicationPage> {
    const call = await this.callsService.load(actor, callId);
    const words = wordsIn(q).map(({ word }) => word);
    const own = await this.own.inCall(actor, call._id);
    const mine = own.map(({ _id }) => _id);
    const filter: TableFilter = { callId: call._id, state, craft, decision, tag, words: words.slice(0, MOST_WORDS) };
    // What was asked is asked no more once it is decided.
    if (decision !== undefined || tag !== undefined || state === 'asked') filter.without = mine;
    if (only) filter.also = await this.duplicates.filter(call);
    const after = cursor === undefined ? null : decodeCursor(cursor, 2);
    const [rows, found, waiting, asked, tags, decisions, counts] = await Promise.all([
      this.tables.page(filter, { sort, after }, limit + 1),
      this.tables.count(filter),
      this.tables.count({ callId: call._id, state: 'waiting', words: [] }),
      this.tables.count({ callId: call._id, state: 'asked', without: mine, words: [] }),
      this.desk.tagsOf(call._id, mine),
      this.tables.countDecisions(call._id, mine),
      this.applications.countStates([call._id]),
    ]);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map((row) => this.summary(row, own)),
      nextCursor: last ? encodeCursor(placeOf(last, sort)) : null,
      ...{ counts: countsOf(call, counts), waiting, asked, tags, decisions, found },
    };
  }

  /** Throws 404. */
  async file(actor: CohortActor, callId: string, applicationId: string): Promise<ApplicationFile> {
    const call = await this.callsService.load(actor, callId);
    const id = toId(applicationId);
    const row = id && (await this.tables.one(call._id, id));
    if (!row?.submitted) throw notFound();
    const form = await this.calls.form(call._id, row.version);
    if (!form) throw notFound();
    const { submitted } = row;
    const own = await this.own.inCall(actor, call._id);
    const isOwn = isAmong(own, row);
    return {
      ...this.summary({ ...row, submitted }, own),
      ...{ kind: call.kind, locale: row.locale, form: { version: form.version, fields: form.fields } },
      added: row.addedById
        ? {
            ...{ by: (await this.people.faces([String(row.addedById)]))[0] ?? null, at: row.createdAt.toISOString() },
            isOpened: row.isUnread !== true,
          }
        : null,
      canEdit: actor.cohortState !== 'closed',
      acts: isOwn ? [] : await this.acts.of(call._id, row._id),
      duplicates: await this.duplicates.of(row, call),
      ...{ answers: answersOf(row, submitted), times: submitted.times },
      ...{
        withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
        eraseAt: eraseAt(isOwn ? this.known(row) : row, call).toISOString(),
      },
    };
  }

  /** All of them as a table for a spreadsheet, a part at a time: whether they may still have it is asked before each. Throws 404. */
  async csv(actor: CohortActor, callId: string): Promise<AsyncGenerator<string>> {
    const call = await this.callsService.load(actor, callId);
    const cohort = await this.cohorts.byId(idOf(actor.cohortId));
    const forms = await this.calls.formsOf(call._id);
    const parts = csvLines(forms, this.lines(call, await this.own.of(actor)), cohort?.locale ?? 'fr');
    return this.exports.of(actor.userId, parts, () => this.mustBeStaff(actor));
  }

  private summary(row: TableRow, own: readonly OwnRow[]): ApplicationSummary {
    return summaryOf(isAmong(own, row) ? this.known(row) : row, this.clock.now(), own);
  }

  /** As who applied knows it. */
  private known<Row extends Pick<TableRow, 'decision' | 'decidedBefore' | 'tags'>>(row: Row): Row {
    const { decision: _, ...rest } = row;
    const stands = standingDecision(row, this.clock.now());
    return { ...rest, tags: [], ...(stands && { decision: stands }) } as unknown as Row;
  }

  private async mustBeStaff({ cohortId, userId }: CohortActor): Promise<void> {
    if ((await this.members.find(cohortId, userId))?.role !== 'staff') throw notFound();
  }

  private async *lines(call: CallRow, isOwn: (row: Pick<CsvLine, 'email'>) => boolean): AsyncGenerator<CsvLine[]> {
    let rows = await this.tables.whole(call._id, 0, CSV_LINES);
    while (rows.length > 0) {
      const shown = rows.map((row) => (isOwn(row) ? this.known(row) : row));
      yield shown.flatMap((row) =>
        row.submitted ? [{ ...row, submitted: { ...row.submitted, answers: answersOf(row, row.submitted) } }] : [],
      );
      rows = await this.tables.whole(call._id, rows.at(-1)?.number ?? Infinity, CSV_LINES);
    }
  }
}

/** What was taken back is read by nobody any more. */
const answersOf = ({ state }: Pick<TableRow, 'state'>, { answers }: SubmittedRow): SubmittedRow['answers'] =>
  state === 'submitted' ? answers : {};

const isAmong = (own: readonly OwnRow[], { _id }: Pick<TableRow, '_id'>) => own.some((one) => one._id.equals(_id));

function summaryOf(
  {
    _id,
    state,
    numberText = '',
    email,
    waitsSince,
    decision,
    asked,
    lettersFailed,
    refusedAt,
    tags,
    submitted: { at, known },
  }: TableRow,
  now: Date,
  own: readonly OwnRow[],
): ApplicationSummary {
  const isRead = state === 'submitted';
  const { town = null, agency = null, title = null, craftName: craft = null } = isRead ? known : {};
  return {
    ...{ id: String(_id), number: numberText, state, name: known.name ?? '', email },
    ...{ town, agency, title, craft },
    ...{ submittedAt: at.toISOString(), waits: waitsSince !== undefined },
    tags: tags ?? [],
    asked: isRead ? shownAsked({ asked, decision }, now) : null,
    decision: isRead ? shownDecision({ decision }, now, own) : null,
    undelivered: isRead ? undeliveredOf({ decision, asked, lettersFailed, refusedAt }) : null,
  };
}

/** Of letters that failed, the one about what holds now; of others (an answer of the team, a receipt) it is said that the address takes none. */
function undeliveredOf({
  decision,
  asked,
  lettersFailed,
  refusedAt,
}: Pick<TableRow, 'decision' | 'asked' | 'lettersFailed' | 'refusedAt'>): ApplicationSummary['undelivered'] {
  if (decision && lettersFailed?.decision === decision.turn) return 'decision';
  const isAsked = !decision && asked && !asked.cameAt && !asked.endedAt;
  if (isAsked && lettersFailed?.asked === asked.turn) return 'asked';
  return refusedAt ? 'address' : null;
}

function placeOf(
  { number = 0, nameKey = '', submitted }: TableRow,
  sort: ApplicationsQuery['sort'],
): [string | number, number] {
  if (sort === 'number') return [number, number];
  return [sort === 'name' ? nameKey : submitted.at.getTime(), number];
}
