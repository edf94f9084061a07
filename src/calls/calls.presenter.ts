import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import type { Call, CallSummary } from '../contracts/calls/calls.js';
import { ApplicationsRepository, type StateCounts } from './applications/applications.repository.js';
import { type CallRow, outcomeOf } from './call.schema.js';
import { isOpen, stateAt } from './call-times.js';
import { type CallSummaryRow, CallsRepository } from './calls.repository.js';
import { callAbilities } from './calls.policy.js';

/** Makes replies of rows, for staff. */
@Injectable()
export class CallsPresenter {
  constructor(
    private readonly calls: CallsRepository,
    private readonly applications: ApplicationsRepository,
    private readonly clock: Clock,
  ) {}

  /** A call with all that staff write of it. */
  async call(actor: CohortActor, row: CallRow): Promise<Call> {
    const [form, counts] = await Promise.all([
      row.version > 0 ? this.calls.form(row._id, row.version) : null,
      this.applications.countStates([row._id]),
    ]);
    return {
      ...this.summary(row, counts),
      ...{ lead: row.lead, text: row.text, outcome: outcomeOf(row), dates: row.dates, criteria: row.criteria },
      keepRefusedMonths: row.keepRefusedMonths,
      form: form && { version: form.version, fields: form.fields },
      ...{ fields: row.fields, isFormChanged: row.isFormChanged, revision: row.revision },
      publishedAt: row.publishedAt?.toISOString() ?? null,
      abilities: callAbilities(actor, row, this.clock.now()),
    };
  }

  /** Calls of a list. */
  async summaries(rows: readonly CallSummaryRow[]): Promise<CallSummary[]> {
    const counts = await this.applications.countStates(rows.map(({ _id }) => _id));
    return rows.map((row) => this.summary(row, counts));
  }

  private summary(row: CallSummaryRow, counts: StateCounts): CallSummary {
    const now = this.clock.now();
    return {
      ...{ id: String(row._id), kind: row.kind, slug: row.slug, title: row.title, timeZone: row.timeZone },
      ...{ state: stateAt(row, now), isOpen: isOpen(row, now) },
      ...{ opensAt: row.opensAt?.toISOString() ?? null, closesAt: row.closesAt?.toISOString() ?? null },
      counts: countsOf(row, counts),
    };
  }
}

/** How many files of a call stand where, also of those that are erased. */
export function countsOf({ _id, erased }: Pick<CallRow, '_id' | 'erased'>, counts: StateCounts): Call['counts'] {
  const live = counts.get(String(_id));
  const of = (state: keyof CallRow['erased']) => (live?.[state] ?? 0) + erased[state];
  return { drafts: of('drafts'), submitted: of('submitted'), withdrawn: of('withdrawn') };
}
