import { Injectable } from '@nestjs/common';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { decodeCursor, encodeCursor } from '../../common/cursor.js';
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
import { shownDecision } from '../decisions/deciding.js';
import { countsOf } from '../calls.presenter.js';
import { ApplicationTablesRepository, type TableFilter, type TableRow } from './application-tables.repository.js';
import { type CsvLine, csvLines } from './applications-csv.js';
import { ApplicationsRepository } from './applications.repository.js';
import { eraseAt } from './erase-times.js';

const MOST_WORDS = 8;
const CSV_LINES = 100;

/** Files that were handed in to a call, for its programme team. What was never handed in is a number. */
@Injectable()
export class ApplicationTables {
  constructor(
    private readonly callsService: CallsService,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly tables: ApplicationTablesRepository,
    private readonly applications: ApplicationsRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws 404, 422 `/cursor`. */
  async page(
    actor: CohortActor,
    callId: string,
    { state, craft, decision, q = '', sort, limit, cursor }: ApplicationsQuery,
  ): Promise<ApplicationPage> {
    const call = await this.callsService.load(actor, callId);
    const words = wordsIn(q).map(({ word }) => word);
    const filter: TableFilter = { callId: call._id, state, craft, decision, words: words.slice(0, MOST_WORDS) };
    const after = cursor === undefined ? null : decodeCursor(cursor, 2);
    const [rows, found, waiting, decisions, counts] = await Promise.all([
      this.tables.page(filter, { sort, after }, limit + 1),
      this.tables.count(filter),
      this.tables.count({ callId: call._id, state: 'waiting', words: [] }),
      this.tables.countDecisions(call._id),
      this.applications.countStates([call._id]),
    ]);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map((row) => summaryOf(row, this.clock.now())),
      nextCursor: last ? encodeCursor(placeOf(last, sort)) : null,
      ...{ counts: countsOf(call, counts), waiting, decisions, found },
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
    return {
      ...summaryOf({ ...row, submitted }, this.clock.now()),
      ...{ kind: call.kind, locale: row.locale, form: { version: form.version, fields: form.fields } },
      ...{ answers: submitted.answers, times: submitted.times },
      ...{ withdrawnAt: row.withdrawnAt?.toISOString() ?? null, eraseAt: eraseAt(row, call).toISOString() },
    };
  }

  /** All of them as a table for a spreadsheet, a part at a time. Throws 404. */
  async csv(actor: CohortActor, callId: string): Promise<AsyncGenerator<string>> {
    const call = await this.callsService.load(actor, callId);
    const cohort = await this.cohorts.byId(idOf(actor.cohortId));
    const forms = await this.calls.formsOf(call._id);
    return csvLines(forms, this.lines(call), cohort?.locale ?? 'fr');
  }

  private async *lines(call: CallRow): AsyncGenerator<CsvLine[]> {
    let rows = await this.tables.whole(call._id, 0, CSV_LINES);
    while (rows.length > 0) {
      yield rows.flatMap((row) => (row.submitted ? [{ ...row, submitted: row.submitted }] : []));
      rows = await this.tables.whole(call._id, rows.at(-1)?.number ?? Infinity, CSV_LINES);
    }
  }
}

function summaryOf(
  { _id, state, numberText = '', email, waitsSince, decision, submitted: { at, known } }: TableRow,
  now: Date,
): ApplicationSummary {
  return {
    ...{ id: String(_id), number: numberText, state, name: known.name ?? '', email },
    ...{ town: known.town ?? null, agency: known.agency ?? null, title: known.title ?? null },
    craft: known.craftName ?? null,
    ...{ submittedAt: at.toISOString(), waits: waitsSince !== undefined },
    decision: state === 'submitted' ? shownDecision({ decision }, now) : null,
  };
}

function placeOf(
  { number = 0, nameKey = '', submitted }: TableRow,
  sort: ApplicationsQuery['sort'],
): [string | number, number] {
  if (sort === 'number') return [number, number];
  return [sort === 'name' ? nameKey : submitted.at.getTime(), number];
}
