import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { ClientSession } from 'mongoose';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock, HOUR } from '../../common/times/clock.js';
import { dayOf } from '../../common/times/zoned.js';
import type { CallFigures } from '../../contracts/calls/figures.js';
import type { FormField } from '../../contracts/calls/forms.js';
import { idOf } from '../../infra/mongo/ids.js';
import { HOURS_BEFORE } from '../applications/application-letter.js';
import type { ApplicationRow } from '../applications/application.schema.js';
import type { CallRow } from '../call.schema.js';
import { isOver } from '../call-times.js';
import { CallsRepository } from '../calls.repository.js';
import { CallsService } from '../calls.service.js';
import type { Counts } from './call-figures.schema.js';
import { CallFiguresRepository } from './call-figures.repository.js';
import { countFiles, countedFields, medianOf, summed, totalOf, withoutSmall } from './counting.js';
import { figureLines } from './figures-csv.js';

/** What a call comes to in numbers. */
@Injectable()
export class CallFiguresService {
  constructor(
    private readonly callsService: CallsService,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly figures: CallFiguresRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws 404. */
  async get(actor: CohortActor, callId: string): Promise<CallFigures> {
    const call = await this.callsService.load(actor, callId);
    const forms = await this.calls.formsOf(call._id);
    const fields = fieldsOf(forms);
    const keys = fields.map(({ key }) => key);
    const [files, known] = await Promise.all([this.figures.files(call._id, keys), this.figures.ofCall(call._id)]);
    const now = this.clock.now();
    const counts = summed(countFiles(files, keys, call.timeZone, now), known?.erased);
    const seen = known?.seen ?? {};
    const [accepted, waiting, declined, lapsed] = withoutSmall(
      (['accepted', 'waiting', 'declined', 'lapsed'] as const).map((kind) => counts.decisions[kind] ?? 0),
    );
    const standing = totalOf(counts.standing);
    return {
      totals: {
        ...{ seen: totalOf(seen), begun: totalOf(counts.begun), submitted: totalOf(counts.submitted) },
        withdrawn: totalOf(counts.submitted) - standing,
      },
      days: [...new Set([seen, counts.begun, counts.submitted].flatMap((tally) => Object.keys(tally)))]
        .toSorted()
        .map((on) => ({
          ...{ on, seen: seen[on] ?? 0, begun: counts.begun[on] ?? 0, submitted: counts.submitted[on] ?? 0 },
        })),
      letters: lettersOf(call, Object.keys(counts.letters), now),
      fields: fields.map(({ key, label, options }) => {
        const tally = counts.options[key] ?? {};
        const said = options.map((option) => tally[option.key] ?? 0);
        const unsaid = Math.max(0, standing - said.reduce((sum, n) => sum + n, 0));
        const cells = withoutSmall([...said, unsaid]);
        return {
          ...{ key, label, unsaid: cells.at(-1) ?? null },
          options: options.map((option, index) => ({
            key: option.key,
            label: option.label,
            count: cells[index] ?? null,
          })),
        };
      }),
      decisions: {
        ...{ accepted: accepted ?? null, waiting: waiting ?? null },
        ...{ declined: declined ?? null, lapsed: lapsed ?? null },
      },
      waited: { days: medianOf(counts.waited), answered: totalOf(counts.waited) },
    };
  }

  /** The same as lines for a spreadsheet. Throws 404. */
  async csv(actor: CohortActor, callId: string): Promise<string> {
    const figures = await this.get(actor, callId);
    const locale = (await this.cohorts.byId(idOf(actor.cohortId)))?.locale ?? 'fr';
    const { rows, delimiter } = figureLines(figures, locale);
    return stringify(rows, { delimiter, record_delimiter: 'windows', escape_formulas: true, bom: true });
  }

  /** The public page was opened. Nothing is kept of who did. */
  async see({ _id, timeZone }: Pick<CallRow, '_id' | 'timeZone'>): Promise<void> {
    await this.figures.see(_id, dayOf(this.clock.now(), timeZone));
  }

  /** What a file counted stays when it is erased, within the transaction that erases it. */
  async keep(file: ApplicationRow, session: ClientSession): Promise<void> {
    const call = await this.calls.byId(file.callId, session);
    if (!call) return;
    const form = await this.calls.form(call._id, file.version);
    const keys = countedFields(form?.fields ?? []).map(({ key }) => key);
    await this.figures.keep(call._id, this.countsOf(file, keys, call.timeZone), session);
  }

  private countsOf(file: ApplicationRow, keys: readonly string[], timeZone: string): Counts {
    return countFiles([file], keys, timeZone, this.clock.now());
  }
}

/** The questions of all versions of a form, with the newest words; of each all options that any version had. `forms`: the newest first. */
function fieldsOf(forms: readonly { fields: readonly FormField[] }[]): FormField[] {
  const byKey = new Map<string, FormField>();
  for (const field of forms.flatMap((form) => countedFields(form.fields))) {
    const known = byKey.get(field.key);
    const old = field.options.filter(({ key }) => !known?.options.some((option) => option.key === key));
    byKey.set(field.key, known ? { ...known, options: [...known.options, ...old] } : field);
  }
  return [...byKey.values()];
}

/** Days on which many got a letter: drafts before the closing and at it, and who was decided. */
function lettersOf(call: CallRow, decided: readonly string[], now: Date): CallFigures['letters'] {
  const { closesAt, publishedAt, timeZone } = call;
  const isPast = (at: Date) => at <= now && publishedAt !== null && at >= publishedAt;
  const before = closesAt ? HOURS_BEFORE.map((hours) => new Date(closesAt.getTime() - hours * HOUR)) : [];
  const closed = closesAt && isOver(call, now) ? [closesAt] : [];
  const daysOf = (instants: readonly Date[]) => [...new Set(instants.map((at) => dayOf(at, timeZone)))];
  const letters: CallFigures['letters'] = [
    ...daysOf(before.filter(isPast)).map((on) => ({ on, kind: 'closing' as const })),
    ...daysOf(closed).map((on) => ({ on, kind: 'closed' as const })),
    ...decided.map((on) => ({ on, kind: 'decision' as const })),
  ];
  return letters.sort((a, b) => a.on.localeCompare(b.on));
}
