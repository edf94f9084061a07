import { Injectable } from '@nestjs/common';
import { avatarUrl } from '../../auth/profile/avatars.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { InvitationLetters } from '../../cohorts/invitations/invitation-letters.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { invalid, notFound } from '../../common/problem.js';
import type { PreviewRung, RungPreview } from '../../contracts/reminders/reminder-ladder.js';
import type { Locale } from '../../contracts/primitives.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import type { NoticeParams } from '../../notifications/inbox/notification.schema.js';
import { Notifier } from '../../notifications/notifier.js';
import { Readers } from '../../notifications/rules/readers.js';
import { noticeText } from '../../notifications/words/words.js';
import { GuestReminders } from '../../workshops/guests/guest-reminders.js';
import { type Rung, settingOf } from './ladder.js';
import { problemsOf } from './ladder-rules.js';
import { Ladders, saidBy } from './ladders.js';
import { NOTICE_OF } from '../planning/reminder-drafts.js';
import type { SubjectType } from '../planning/reminder-plan.js';
import { RemindersRepository } from '../reminders.repository.js';
import { SAMPLE_NAME, sampleOf, sampleWorkshop } from '../views/samples.js';
import type { ReminderRow } from '../reminder.schema.js';
import { type LoadedSubject, isOutside } from '../sources/subject-source.js';
import { SubjectSources } from '../sources/subject-sources.js';

/** How a reminder would read: on a real subject and person of the cohort, else on an invented example; in both languages, or as a mail. */
@Injectable()
export class LadderPreviewsService {
  constructor(
    private readonly clock: Clock,
    private readonly ladders: Ladders,
    private readonly reminders: RemindersRepository,
    private readonly sources: SubjectSources,
    private readonly readers: Readers,
    private readonly cohorts: CohortsRepository,
    private readonly invitations: InvitationLetters,
    private readonly guests: GuestReminders,
    private readonly notifier: Notifier,
  ) {}

  /** Throws 422 for words with a name that nothing fills, or a time out of bounds. */
  async preview(actor: CohortActor, body: PreviewRung): Promise<RungPreview> {
    const rung = await this.rungOf(actor, body);
    return (await this.onReal(actor, rung)) ?? (await this.onSample(actor, rung));
  }

  /**
   * Sends the mail to whoever asks, by the way of all mails; on an invented example, since what others are told is theirs. Their own
   * choices and quiet hours do not hold it back. Throws 422 as {@link preview}.
   */
  async trial(actor: CohortActor, body: PreviewRung): Promise<void> {
    const rung = await this.rungOf(actor, body);
    const known = await this.readers.of(actor.userId);
    if (!known) throw notFound();
    const { locale } = known.reader;
    const outside = isOutside(rung.subject) ? (await this.onSample(actor, rung))[locale] : null;
    const params: NoticeParams = outside
      ? { title: outside.title, text: outside.body }
      : { ...(await this.sampleOf(actor, rung, locale)).params, trialOf: noticeOf(rung.subject) };
    await this.notifier.notify({
      userIds: [actor.userId],
      cohortId: actor.cohortId,
      kind: 'reminder.trial',
      params,
      link: `/c/${actor.cohortId}/reminders/ladder`,
      why: 'trial',
      key: `reminder.trial-${String(newId())}`,
      only: ['mail'],
    });
  }

  private async rungOf({ cohortId }: CohortActor, { kind, count, text }: PreviewRung): Promise<Rung> {
    const known = (await this.ladders.ofOne(cohortId)).find((one) => one.kind === kind);
    if (!known) throw notFound();
    const rung: Rung = { ...known, text, count: count ?? known.count };
    const problems = problemsOf([settingOf(rung)]).filter(({ code }) => code !== 'out_of_order');
    if (problems.length > 0)
      throw invalid(problems.map((one) => ({ ...one, field: one.field.slice('/rungs/0'.length) })));
    return rung;
  }

  private async onReal({ cohortId, userId }: CohortActor, rung: Rung): Promise<RungPreview | null> {
    const row = await this.reminders.exampleOf(idOf(cohortId), rung, this.clock.now());
    const [subject] = row
      ? await this.sources.of(rung.subject).load([{ type: rung.subject, id: String(row.subject.id), cohortId }])
      : [];
    if (row && subject?.outside) return await outside(subject.outside, row, rung.text);
    // Who is asked how a workshop was is shown to nobody: whoever looks reads it as theirs.
    const readerId = rung.subject === 'feedback' ? userId : String(row?.userId);
    const choices = row && (await this.readers.of(readerId));
    if (!row || !subject || !choices || isOutside(subject.type)) return null;
    const { params, isEmpty } = await subject.content(readerId, rung.name);
    // It would not be sent as things are now.
    if (isEmpty) return null;
    const { reader } = choices;
    const said = { kind: NOTICE_OF[subject.type], params: saidBy(params, rung), why: row.why };
    return {
      person: { id: String(reader._id), name: reader.name, avatarUrl: avatarUrl(reader.avatar) },
      en: wordsFor(said, { locale: 'en', timeZone: reader.timeZone }),
      fr: wordsFor(said, { locale: 'fr', timeZone: reader.timeZone }),
    };
  }

  private async onSample(actor: CohortActor, rung: Rung): Promise<RungPreview> {
    const timeZone = actor.cohortTimeZone;
    const inLocale = async (locale: Locale) => {
      if (!isOutside(rung.subject))
        return wordsFor(
          { ...(await this.sampleOf(actor, rung, locale)), kind: noticeOf(rung.subject) },
          { locale, timeZone },
        );
      const name = await this.nameOf(actor);
      return rung.subject === 'guest'
        ? this.guests.sampleWords(name, sampleWorkshop(locale), locale, rung.text)
        : this.invitations.sampleWords({ name, timeZone }, SAMPLE_NAME, locale, rung.text);
    };
    const [en, fr] = await Promise.all([inLocale('en'), inLocale('fr')]);
    return { person: null, en, fr };
  }

  private async sampleOf(actor: CohortActor, rung: Rung, locale: Locale) {
    const at = { now: this.clock.now(), timeZone: actor.cohortTimeZone, cohort: await this.nameOf(actor) };
    const { params, why } = sampleOf(rung, locale, at);
    return { params: saidBy(params, rung), why };
  }

  private async nameOf({ cohortId }: CohortActor): Promise<string> {
    return (await this.cohorts.byId(idOf(cohortId)))?.name ?? '';
  }
}

function wordsFor(said: Parameters<typeof noticeText>[0], reader: Parameters<typeof noticeText>[1]) {
  const { title, body } = noticeText(said, reader);
  return { title, body };
}

const noticeOf = (subject: SubjectType) => NOTICE_OF[subject as keyof typeof NOTICE_OF];

/** For who has no account there is a name, and no page of theirs. */
async function outside(
  { name, words }: NonNullable<LoadedSubject['outside']>,
  row: ReminderRow,
  own: PreviewRung['text'],
): Promise<RungPreview | null> {
  const [en, fr] = await Promise.all([words('en', own), words('fr', own)]);
  return en && fr ? { person: { id: String(row.userId), name, avatarUrl: null }, en, fr } : null;
}
