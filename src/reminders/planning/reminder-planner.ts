import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import { type KnownLadder, Ladders } from '../schedule/ladders.js';
import { ReminderAlarms } from '../reminder-alarms.js';
import { type DraftOptions, type DraftedChange, ReminderDrafts } from './reminder-drafts.js';
import type { ReminderMarkRow } from './reminder-mark.schema.js';
import { ReminderMarksRepository } from './reminder-marks.repository.js';
import { isDoubtful, isOvertaken } from './reminder-plan.js';
import type { ClosedDays } from '../../cohorts/timeline/closed-days.js';
import { ClosedDaysReader } from '../../cohorts/timeline/closed-days.reader.js';
import { ReminderPlansRepository } from './reminder-plans.repository.js';
import { type LoadedSubject, type SubjectRef, markId } from '../sources/subject-source.js';
import { SubjectSources } from '../sources/subject-sources.js';

/** So often a subject is gone by that may be planned for a newer state meanwhile; then it is left to the reconciler. */
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
    private readonly marks: ReminderMarksRepository,
    private readonly ladders: Ladders,
    private readonly rest: ClosedDaysReader,
  ) {}

  /** Plans these subjects again; for some people only, when only they changed. */
  async plan(refs: readonly SubjectRef[], userIds?: readonly string[]): Promise<void> {
    await this.planAll(refs, { userIds });
  }

  /** The same where most is planned right, as when a cohort is gone through: what is right costs a sum of the database instead of its rows. */
  async planAnew(refs: readonly SubjectRef[]): Promise<void> {
    await this.planAll(refs, { isMostlyRight: true });
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
      if (refs.length < 2) throw new Error(`${refs.map(markId).join()} was not planned`, { cause });
      const middle = Math.ceil(refs.length / 2);
      await tryEach([refs.slice(0, middle), refs.slice(middle)], (half) => this.planAll(half, options));
    }
  }

  private async planIn(rounds: number, refs: readonly SubjectRef[], options: DraftOptions): Promise<void> {
    if (refs.length === 0 || rounds === 0) return;
    const [{ loaded, changes, ladders, rest, now }, marks] = await Promise.all([
      this.drafts.draft(refs, options),
      options.isMostlyRight ? this.marks.find(refs.map(markId)) : null,
    ]);
    await Promise.all([this.alarms.insert(changes, now), this.reminders.apply(changes)]);
    // A ladder or pauses that changed while they were being gone by: once more, by the new ones.
    if (changes.length > 0 && (await this.haveChanged(ladders, rest))) {
      await this.planIn(rounds, refs, options);
      return;
    }
    // A slower plan may have undone what a newer one wrote, so it looks once more; what changes after that is planned after these writes.
    const unsure = changes.filter(isUnsure).map(({ subject }) => subject);
    // Of a subject that was planned for some people only, nobody knows whether it is right for the others.
    if (!options.userIds) await this.remember(without(loaded, unsure), marks);
    await this.planIn(rounds - 1, unsure, options);
  }

  private async haveChanged(
    ladders: ReadonlyMap<string, KnownLadder>,
    rest: ReadonlyMap<string, ClosedDays>,
  ): Promise<boolean> {
    const cohortIds = [...ladders.keys()];
    const [laddersNow, restNow] = await Promise.all([this.ladders.of(cohortIds), this.rest.of(cohortIds)]);
    return cohortIds.some(
      (id) => laddersNow.get(id)?.revision !== ladders.get(id)?.revision || restNow.get(id)?.key !== rest.get(id)?.key,
    );
  }

  /** Notes for which change each was planned, where that is not noted yet. */
  private async remember(
    loaded: readonly LoadedSubject[],
    marks: ReadonlyMap<string, ReminderMarkRow> | null,
  ): Promise<void> {
    const isNew = (subject: LoadedSubject) => {
      const mark = marks?.get(markId(subject));
      return mark?.revision !== subject.revision || mark.changedAt.getTime() !== subject.changedAt.getTime();
    };
    await this.marks.save(
      loaded.filter(isNew).map((subject) => ({
        _id: markId(subject),
        changedAt: subject.changedAt,
        revision: subject.revision,
        told: subject.revision,
        wasLive: subject.isLive,
      })),
    );
  }
}

const isUnsure = ({ subject, existing, change }: DraftedChange) =>
  isOvertaken(subject, existing) || isDoubtful(subject, change);

function without(loaded: readonly LoadedSubject[], those: readonly LoadedSubject[]): readonly LoadedSubject[] {
  const left = new Set(those.map(markId));
  return loaded.filter((subject) => !left.has(markId(subject)));
}
