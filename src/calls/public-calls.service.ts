import { Inject, Injectable } from '@nestjs/common';
import type { CohortRow } from '../cohorts/cohort.schema.js';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { notFound } from '../common/problem.js';
import { Clock } from '../common/times/clock.js';
import { formatInstant } from '../common/times/instants.js';
import { CONFIG, type Config } from '../config/config.js';
import type { PublicCall, PublicCalls } from '../contracts/calls/calls.js';
import type { Locale } from '../contracts/primitives.js';
import type { PageHead } from '../infra/http/page-head.js';
import { type CallRow, outcomeOf } from './call.schema.js';
import { atomOfCalls } from './calls-atom.js';
import { isOpen, isOver } from './call-times.js';
import { type CallSummaryRow, CallsRepository } from './calls.repository.js';
import { CallFiguresService } from './figures/call-figures.service.js';

/** A call that everybody may see, with its cohort. */
export interface ShownCall {
  call: CallRow;
  cohort: CohortRow;
}

/** Calls as everybody sees them. */
@Injectable()
export class PublicCallsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly figures: CallFiguresService,
    private readonly clock: Clock,
  ) {}

  /** Those that are open or will be, the first to close first. */
  async list(): Promise<PublicCalls> {
    const rows = await this.calls.closingAfter(this.clock.now());
    const cohorts = await this.cohorts.byIds([
      ...new Map(rows.map((row) => [String(row.cohortId), row.cohortId])).values(),
    ]);
    const known = new Map(cohorts.map((cohort) => [String(cohort._id), cohort]));
    return {
      items: rows.flatMap((row) => {
        const cohort = known.get(String(row.cohortId));
        return cohort?.state === 'running' ? [{ ...this.summary(row), cohort: cohortOf(cohort) }] : [];
      }),
    };
  }

  /** {@link list} in Atom, in a language. */
  async feed(locale: Locale): Promise<string> {
    return atomOfCalls(await this.list(), locale, this.config.PUBLIC_URL);
  }

  /** Throws 404 for a draft, and for what is none. */
  async show(slug: string): Promise<PublicCall> {
    const { call, cohort } = await this.shown(slug);
    const form = await this.calls.form(call._id, call.version);
    if (!form) throw notFound();
    return this.publicOf(call, cohort, form);
  }

  /** Somebody opened its page. Throws 404 for a draft, and for what is none. */
  async see(slug: string): Promise<void> {
    await this.figures.see((await this.shown(slug)).call);
  }

  /** The call of an address. Throws 404 for a draft, and for what is none. */
  async shown(slug: string): Promise<ShownCall> {
    const call = await this.calls.bySlug(slug);
    const cohort = call && (await this.cohorts.byId(call.cohortId));
    if (!call || !cohort) throw notFound();
    return { call, cohort };
  }

  /** What other sites show where somebody pastes its address: what it is, and until when; null where there is no such page. */
  async head(slug: string): Promise<PageHead | null> {
    const call = await this.calls.bySlug(slug);
    const cohort = call && (await this.cohorts.byId(call.cohortId));
    if (!call?.closesAt || !cohort) return null;
    const { locale } = cohort;
    const until = formatInstant(call.closesAt, call.timeZone, locale);
    const description = [`${UNTIL[locale]} ${until} · ${cohort.name}`, call.lead[locale]].filter((part) => part !== '');
    return { title: call.title[locale], description: description.join('\n'), locale };
  }

  /** As everybody reads it, with the form that a file is filled in by. */
  publicOf(call: CallRow, cohort: CohortRow, form: { version: number; fields: CallRow['fields'] }): PublicCall {
    const isPast = isOver(call, this.clock.now()) || cohort.state === 'closed';
    return {
      ...this.summary(call),
      outcome: isPast ? outcomeOf(call) : NOTHING_SAID,
      ...{ text: call.text, dates: call.dates, criteria: call.criteria, keepRefusedMonths: call.keepRefusedMonths },
      ...{ isOver: isPast, cohort: cohortOf(cohort) },
      ...{ isOpen: this.isOpen(call, cohort), form: { version: form.version, fields: form.fields } },
    };
  }

  /** Whether something can be handed in at an instant, now if none is given. */
  isOpen(call: CallRow, cohort: CohortRow, at = this.clock.now()): boolean {
    return cohort.state === 'running' && isOpen(call, at);
  }

  private summary(row: CallSummaryRow) {
    return {
      ...{ slug: row.slug, kind: row.kind, title: row.title, lead: row.lead, timeZone: row.timeZone },
      ...{ opensAt: timeOf(row.opensAt), closesAt: timeOf(row.closesAt), isOpen: isOpen(row, this.clock.now()) },
    };
  }
}

const NOTHING_SAID = { en: '', fr: '' } as const;

const UNTIL = { en: 'Until', fr: 'Jusqu’au' } as const;

/** What is published has both. */
const timeOf = (instant: Date | null): string => (instant ?? new Date(0)).toISOString();

const cohortOf = ({ name, color, startsOn, endsOn }: CohortRow): PublicCall['cohort'] => ({
  ...{ name, color, startsOn, endsOn },
});
