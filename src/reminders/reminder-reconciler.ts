import { Injectable } from '@nestjs/common';
import { Clock, MINUTE } from '../common/clock.js';
import type { ReminderMarkRow } from './reminder-mark.schema.js';
import { ReminderMarksRepository } from './reminder-marks.repository.js';
import { ReminderPlanner, markId } from './reminder-planner.js';
import type { ChangePlace, ChangedSubject, SubjectSource } from './subject-source.js';
import { SubjectSources } from './subject-sources.js';

const PAGE = 200;
const MOST_PAGES = 10;
/** A write may become visible a little after the instant it carries: so far back is looked again. */
const OVERLAP_MS = 2 * MINUTE;

/**
 * Heals what an event did not tell, since a process can die between a write and its event: asks each room what changed since the
 * last time, plans what was not planned for that change, and tells people of a move or an end that they may not have heard of. Never
 * a full scan.
 */
@Injectable()
export class ReminderReconciler {
  constructor(
    private readonly clock: Clock,
    private readonly sources: SubjectSources,
    private readonly planner: ReminderPlanner,
    private readonly marks: ReminderMarksRepository,
  ) {}

  async run(): Promise<void> {
    for (const source of this.sources.all) await this.follow(source);
  }

  private async follow(source: SubjectSource): Promise<void> {
    if (!source.changedSince) return;
    const _id = `cursor-${source.type}`;
    let place = this.beginning((await this.marks.find([_id])).get(_id));
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const changed = await source.changedSince(place, PAGE);
      await this.heal(source, changed);
      const last = changed.at(-1);
      if (!last) return;
      const isAll = changed.length < PAGE;
      await this.marks.save([{ _id, changedAt: last.changedAt, place: isAll ? null : last.id }]);
      if (isAll) return;
      // Many can carry one instant: the id tells them apart.
      place = last;
    }
  }

  /** Goes on where the last turn had to stop, or looks a little further back; a clock that ran ahead hides nothing. */
  private beginning(cursor: ReminderMarkRow | undefined): ChangePlace {
    if (!cursor) return { changedAt: new Date(0), id: null };
    if (cursor.place) return { changedAt: cursor.changedAt, id: cursor.place };
    const seen = Math.min(cursor.changedAt.getTime(), this.clock.now().getTime());
    return { changedAt: new Date(Math.max(0, seen - OVERLAP_MS)), id: null };
  }

  private async heal(source: SubjectSource, changed: readonly ChangedSubject[]): Promise<void> {
    const marks = await this.marks.find(changed.map(markId));
    const markOf = (one: ChangedSubject) => marks.get(markId(one));
    await this.planner.plan(
      source.type,
      changed.filter((one) => markOf(one)?.changedAt.getTime() !== one.changedAt.getTime()),
    );
    const untold = changed.filter((one) => isUntold(one, markOf(one)));
    for (const { id } of untold) await source.tellAgain?.(id);
    await this.marks.saveTold(untold.map((one) => ({ _id: markId(one), told: one.revision, wasLive: one.isLive })));
  }
}

/** What was never planned before is new, and its making was told by itself. */
const isUntold = ({ revision, isLive }: ChangedSubject, mark: ReminderMarkRow | undefined) =>
  mark !== undefined && ((mark.told ?? revision) < revision || ((mark.wasLive ?? isLive) && !isLive));
