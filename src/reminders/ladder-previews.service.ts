import { Injectable } from '@nestjs/common';
import { avatarUrl } from '../auth/avatars.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { invalid } from '../common/problem.js';
import type { PreviewRung, RungPreview } from '../contracts/reminder-ladder.js';
import type { Locale } from '../contracts/primitives.js';
import { idOf } from '../infra/mongo/ids.js';
import { Readers } from '../notifications/readers.js';
import { noticeText } from '../notifications/words.js';
import { type Rung, settingOf } from './ladder.js';
import { problemsOf } from './ladder-rules.js';
import { Ladders, saidBy } from './ladders.js';
import { NOTICE_OF } from './reminder-drafts.js';
import { RemindersRepository } from './reminders.repository.js';
import type { ReminderRow } from './reminder.schema.js';
import { type LoadedSubject, isOutside } from './subject-source.js';
import { SubjectSources } from './subject-sources.js';

const NOTHING: RungPreview = { person: null, en: null, fr: null };

/** How a reminder would read: on a real subject and person of the cohort, in both languages. */
@Injectable()
export class LadderPreviewsService {
  constructor(
    private readonly clock: Clock,
    private readonly ladders: Ladders,
    private readonly reminders: RemindersRepository,
    private readonly sources: SubjectSources,
    private readonly readers: Readers,
  ) {}

  /** Throws 422 for words with a name that nothing fills, or a time out of bounds; nulls where there is nothing to show it on. */
  async preview({ cohortId, userId }: CohortActor, { kind, count, text }: PreviewRung): Promise<RungPreview> {
    const known = (await this.ladders.ofOne(cohortId)).find((one) => one.kind === kind);
    if (!known) return NOTHING;
    const rung: Rung = { ...known, text, count: count ?? known.count };
    const problems = problemsOf([settingOf(rung)]).filter(({ code }) => code !== 'out_of_order');
    if (problems.length > 0)
      throw invalid(problems.map((one) => ({ ...one, field: one.field.slice('/rungs/0'.length) })));
    const row = await this.reminders.exampleOf(idOf(cohortId), rung, this.clock.now());
    const [subject] = row
      ? await this.sources.of(rung.subject).load([{ type: rung.subject, id: String(row.subject.id), cohortId }])
      : [];
    if (row && subject?.outside) return await outside(subject.outside, row, text);
    // Who is asked how a workshop was is shown to nobody: whoever looks reads it as theirs.
    const readerId = rung.subject === 'feedback' ? userId : String(row?.userId);
    const choices = row && (await this.readers.of(readerId));
    if (!row || !subject || !choices || isOutside(subject.type)) return NOTHING;
    const { params } = await subject.content(readerId, rung.name);
    const { reader } = choices;
    const said = { kind: NOTICE_OF[subject.type], params: saidBy(params, rung), why: row.why };
    const inLocale = (locale: Locale) => {
      const { title, body } = noticeText(said, { locale, timeZone: reader.timeZone });
      return { title, body };
    };
    return {
      person: { id: String(reader._id), name: reader.name, avatarUrl: avatarUrl(reader.avatar) },
      en: inLocale('en'),
      fr: inLocale('fr'),
    };
  }
}

/** For who has no account there is a name, and no page of theirs. */
async function outside(
  { name, words }: NonNullable<LoadedSubject['outside']>,
  row: ReminderRow,
  own: PreviewRung['text'],
): Promise<RungPreview> {
  const [en, fr] = await Promise.all([words('en', own), words('fr', own)]);
  return { person: { id: String(row.userId), name, avatarUrl: null }, en, fr };
}
