import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, notFound } from '../../common/problem.js';
import type { Locale } from '../../contracts/primitives.js';
import type { ReminderDetail, RemindersRetried, RetryReminders } from '../../contracts/reminders/reminders.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Readers } from '../../notifications/rules/readers.js';
import { noticeText } from '../../notifications/words/words.js';
import { Ladders, asOf, saidBy } from '../schedule/ladders.js';
import { ReminderAlarms } from '../reminder-alarms.js';
import { NOTICE_OF } from '../planning/reminder-drafts.js';
import type { ReminderRow } from '../reminder.schema.js';
import { RemindersRepository } from '../reminders.repository.js';
import { type Named, toReminder, windowOf } from '../reminders.service.js';
import { SubjectSources } from '../sources/subject-sources.js';
import { isOutside } from '../sources/subject-source.js';

/** So many go out again by one act: who wants more asks again. */
const MAX_AGAIN = 1000;

interface Shown {
  person: Named;
  text: ReminderDetail['text'];
}

/** One reminder as staff see it: what it says to its person, what became of it, and once more where it failed. */
@Injectable()
export class ReminderDetailService {
  constructor(
    private readonly clock: Clock,
    private readonly reminders: RemindersRepository,
    private readonly alarms: ReminderAlarms,
    private readonly users: UsersRepository,
    private readonly readers: Readers,
    private readonly ladders: Ladders,
    private readonly sources: SubjectSources,
  ) {}

  /** Throws 404. */
  async get(actor: CohortActor, reminderId: string): Promise<ReminderDetail> {
    const id = toId(reminderId);
    const row = id && (await this.reminders.inCohort(idOf(actor.cohortId), id));
    if (!row) throw notFound();
    const mine = (await this.users.profile(idOf(actor.userId)))?.locale ?? 'en';
    const shown = await this.shown(row, actor, mine);
    const reminder = shown && toReminder(row, shown.person, mine);
    if (!reminder) throw notFound();
    const now = this.clock.now();
    return {
      ...reminder,
      attempts: row.attempts,
      answer: row.answer ?? null,
      plannedAt: row.plannedAt.toISOString(),
      until: row.until.toISOString(),
      text: shown.text,
      canRetry: row.state === 'failed' && row.until > now && actor.cohortState === 'running',
    };
  }

  /** Sends it once more. Throws 404, 409 `cohort_closed`, `not_failed`, `too_late`. */
  async retry(actor: CohortActor, reminderId: string): Promise<ReminderDetail> {
    mustRun(actor);
    const id = toId(reminderId) ?? newId();
    const isOurs = await this.reminders.retry(idOf(actor.cohortId), id, this.clock.now());
    if (isOurs) await this.alarms.arm();
    const reminder = await this.get(actor, reminderId);
    if (isOurs) return reminder;
    throw reminder.state === 'failed'
      ? conflict('too_late', 'What it reminds of is over: it would be of no use.')
      : conflict('not_failed', 'It did not fail, or is on its way again.');
  }

  /** Sends once more all of a list that failed, can still be of use and cannot have arrived. Throws 409 `cohort_closed`. */
  async retryAll(actor: CohortActor, list: RetryReminders): Promise<RemindersRetried> {
    mustRun(actor);
    const window = windowOf(list);
    const retried = await this.reminders.retryAll(idOf(actor.cohortId), window, this.clock.now(), MAX_AGAIN);
    if (retried.again > 0) await this.alarms.arm();
    return retried;
  }

  /** Null when there is nobody to show it on. Who has no account reads it in the language of who looks. */
  private async shown(
    row: ReminderRow,
    { cohortId, cohortTimeZone }: CohortActor,
    locale: Locale,
  ): Promise<Shown | null> {
    const { type, id } = row.subject;
    const [[subject], ladder, choices] = await Promise.all([
      this.sources.of(type).load([{ type, id: String(id), cohortId }]),
      this.ladders.ofOne(cohortId),
      this.readers.of(String(row.userId)),
    ]);
    const rung = ladder.find(({ kind }) => kind === row.kind);
    if (subject?.outside) {
      const { name, words } = subject.outside;
      const said = await words(locale, rung?.text ?? null);
      return { person: { name, avatar: null, timeZone: cohortTimeZone }, text: said && { locale, ...said, why: '' } };
    }
    if (!choices) return null;
    const { reader } = choices;
    if (!subject || !rung || isOutside(type)) return { person: reader, text: null };
    // What was dropped because it concerns them no more, as a session that went to another coach, says nothing to them.
    const isTheirs = subject.people.some(({ userId }) => userId === String(row.userId));
    if (row.state === 'dropped' && !isTheirs) return { person: reader, text: null };
    const { params } = await subject.content(String(row.userId), rung.name);
    const told = asOf(saidBy(params, rung), rung, row.dueAt, reader.timeZone);
    const said = noticeText({ kind: NOTICE_OF[type], params: told, why: row.why }, reader);
    return { person: reader, text: { locale: reader.locale, title: said.title, body: said.body, why: said.why } };
  }
}
