import { Injectable } from '@nestjs/common';
import { MINUTE } from '../common/clock.js';
import { ReminderMarksRepository } from './reminder-marks.repository.js';
import { ReminderPlanner, markId } from './reminder-planner.js';
import type { SubjectSource } from './subject-source.js';
import { SubjectSources } from './subject-sources.js';

const PAGE = 200;
const MOST_PAGES = 10;
/** A write may become visible a little after the instant it carries: so far back is looked again. */
const OVERLAP_MS = 2 * MINUTE;

/**
 * Heals what an event did not tell, since a process can die between a write and its event: asks each room what changed since the
 * last time, and plans what was not planned for that change. Never a full scan.
 */
@Injectable()
export class ReminderReconciler {
  constructor(
    private readonly sources: SubjectSources,
    private readonly planner: ReminderPlanner,
    private readonly marks: ReminderMarksRepository,
  ) {}

  async run(): Promise<void> {
    for (const source of this.sources.all) await this.follow(source);
  }

  private async follow(source: SubjectSource): Promise<void> {
    if (!source.changedSince) return;
    const cursor = `cursor-${source.type}`;
    const seen = (await this.marks.find([cursor])).get(cursor)?.changedAt ?? new Date(0);
    let since = new Date(Math.max(0, seen.getTime() - OVERLAP_MS));
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const changed = await source.changedSince(since, PAGE);
      const marks = await this.marks.find(changed.map(markId));
      const unplanned = changed.filter(
        (one) => (marks.get(markId(one))?.changedAt.getTime() ?? -1) < one.changedAt.getTime(),
      );
      await this.planner.plan(source.type, unplanned);
      const last = changed.at(-1)?.changedAt;
      if (last && last > seen) {
        await this.marks.save([{ _id: cursor, changedAt: last, revision: 0, isLive: true }]);
      }
      if (!last || changed.length < PAGE) return;
      // A page of one instant would be asked for again and again.
      since = last > since ? last : new Date(last.getTime() + 1);
    }
  }
}
