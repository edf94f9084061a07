import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import { type CohortSchedule, CohortSchedules, isSameSchedule } from '../schedule/cohort-schedules.js';
import { ReminderAlarms } from '../reminder-alarms.js';
import { type DraftOptions, type DraftedChange, ReminderDrafts } from './reminder-drafts.js';
import { isDoubtful, isOvertaken } from './reminder-plan.js';
import { ReminderPlansRepository } from './reminder-plans.repository.js';
import { type SubjectRef, refKey } from '../sources/subject-source.js';
import { SubjectSources } from '../sources/subject-sources.js';

/** So often a subject is gone by that may be planned for a newer state meanwhile; then it fails, so that who asked asks again. */
const MAX_ROUNDS = 4;

/**
 * Makes the rows of subjects what their state asks for. Repeatable: a second time changes nothing. Of two at once the newer state stays,
 * whoever comes last.
 */
@Injectable()
export class ReminderPlanner {
  constructor(
    private readonly clock: Clock,
    private readonly sources: SubjectSources,
    private readonly drafts: ReminderDrafts,
    private readonly reminders: ReminderPlansRepository,
    private readonly alarms: ReminderAlarms,
    private readonly schedules: CohortSchedules,
  ) {}

  /** Plans these subjects again; for some people only, when only they changed. */
  async plan(refs: readonly SubjectRef[], userIds?: readonly string[]): Promise<void> {
    await this.planAll(refs, { userIds });
  }

  /** A person's zone, quiet hours or channels changed: what they are reminded of is planned again, for them alone. */
  async planPerson(personId: string): Promise<void> {
    await this.plan(await this.sources.ofPerson(personId, this.clock.now()), [personId]);
  }

  /** One that cannot be planned keeps none of the others back: it is found by halves, and named. */
  private async planAll(refs: readonly SubjectRef[], options: DraftOptions): Promise<void> {
    try {
      await this.planIn(MAX_ROUNDS, refs, options);
    } catch (cause) {
      if (refs.length < 2) throw new Error(`${refs.map(refKey).join()} was not planned`, { cause });
      const middle = Math.ceil(refs.length / 2);
      await tryEach([refs.slice(0, middle), refs.slice(middle)], (half) => this.planAll(half, options));
    }
  }

  private async planIn(rounds: number, refs: readonly SubjectRef[], options: DraftOptions): Promise<void> {
    if (refs.length === 0) return;
    if (rounds === 0) throw new Error(`${refs.map(refKey).join()} kept changing`);
    const { changes, schedules, now } = await this.drafts.draft(refs, options);
    await Promise.all([this.alarms.insert(changes, now), this.reminders.apply(changes)]);
    // A ladder or pauses that changed while they were being gone by: once more, by the new ones.
    if (changes.some(isWritten) && (await this.haveChanged(schedules))) {
      await this.planIn(rounds - 1, refs, options);
      return;
    }
    // A slower plan may have undone what a newer one wrote, so it looks once more; what changes after that is planned after these writes.
    const unsure = changes.filter(isUnsure).map(({ subject }) => subject);
    await this.planIn(rounds - 1, unsure, options);
  }

  private async haveChanged(schedules: ReadonlyMap<string, CohortSchedule>): Promise<boolean> {
    const now = await this.schedules.of([...schedules.keys()]);
    return [...schedules].some(([id, schedule]) => !isSameSchedule(schedule, now.get(id)));
  }
}

const isWritten = ({ change: { insert, move, revive, drop } }: DraftedChange) =>
  insert.length + move.length + revive.length + drop.length > 0;

const isUnsure = ({ subject, existing, change }: DraftedChange) =>
  isOvertaken(subject, existing) || isDoubtful(subject, change);
