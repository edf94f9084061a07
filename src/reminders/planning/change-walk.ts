import { Injectable } from '@nestjs/common';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { throwAll } from '../../common/try-each.js';
import type { ChangePlace } from '../../infra/mongo/changes.js';
import type { ReminderMarkRow } from './reminder-mark.schema.js';
import { ReminderMarksRepository } from './reminder-marks.repository.js';

const PAGE = 200;
const MAX_PAGES = 10;
/** A write may become visible a little after the instant it carries: so far back is looked again. */
const OVERLAP_MS = 2 * MINUTE;

/** Walks along what changed, page by page, from where the last turn stood. */
@Injectable()
export class ChangeWalk {
  constructor(
    private readonly clock: Clock,
    private readonly marks: ReminderMarksRepository,
  ) {}

  /**
   * `name` names the walk for good; `heal` gets each page, and some of it again at the next turn. Where it fails the pages behind come all the
   * same, but the next turn begins there again; it is thrown at the end.
   */
  async go<Change extends { id: string; changedAt: Date }>(
    name: string,
    changedSince: (place: ChangePlace, limit: number) => Promise<Change[]>,
    heal: (changed: Change[]) => Promise<void>,
  ): Promise<void> {
    const _id = `cursor-${name}`;
    let place = this.beginning((await this.marks.find([_id])).get(_id));
    const failures: unknown[] = [];
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const changed = await changedSince(place, PAGE);
      await heal(changed).catch((error: unknown) => failures.push(error));
      // Nothing behind a full page: the walk is at its end, where the next turn looks back again.
      const last = changed.at(-1) ?? place;
      const isAll = changed.length < PAGE;
      if (last.id !== null && failures.length === 0)
        await this.marks.save([{ _id, changedAt: last.changedAt, place: isAll ? null : last.id }]);
      if (isAll) break;
      // Many can carry one instant: the id tells them apart.
      place = last;
    }
    throwAll(failures);
  }

  /** Goes on where the last turn had to stop, or looks a little further back; a clock that ran ahead hides nothing. */
  private beginning(cursor: ReminderMarkRow | undefined): ChangePlace {
    if (!cursor) return { changedAt: new Date(0), id: null };
    if (cursor.place) return { changedAt: cursor.changedAt, id: cursor.place };
    const seen = Math.min(cursor.changedAt.getTime(), this.clock.now().getTime());
    return { changedAt: new Date(Math.max(0, seen - OVERLAP_MS)), id: null };
  }
}
