import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import type { PersonChange } from '../../infra/mongo/changes.js';
import { PreferencesRepository } from '../../notifications/rules/preferences.repository.js';
import { ChangeWalk } from './change-walk.js';
import { CohortPlanner } from './cohort-planner.js';
import { LaddersRepository } from '../schedule/ladders.repository.js';
import type { ReminderMarkRow } from './reminder-mark.schema.js';
import { ReminderMarksRepository } from './reminder-marks.repository.js';
import { ReminderPlanner } from './reminder-planner.js';
import { type ChangedSubject, type SubjectSource, markId } from '../sources/subject-source.js';
import { SubjectSources } from '../sources/subject-sources.js';

/**
 * Heals what an event did not tell, since a process can die between a write and its event: asks each room what changed since the
 * last time, plans what was not planned for that change, and tells people of a move or an end that they may not have heard of; whose
 * zone or preferences changed is planned for, too, and so is a cohort whose ladder did. Never a full scan.
 */
@Injectable()
export class ReminderReconciler {
  constructor(
    private readonly clock: Clock,
    private readonly walk: ChangeWalk,
    private readonly users: UsersRepository,
    private readonly preferences: PreferencesRepository,
    private readonly sources: SubjectSources,
    private readonly planner: ReminderPlanner,
    private readonly cohorts: CohortPlanner,
    private readonly ladders: LaddersRepository,
    private readonly marks: ReminderMarksRepository,
  ) {}

  async run(): Promise<void> {
    await tryEach([...this.sources.all.map((source) => () => this.walkOf(source)), ...this.walks], (walk) => walk());
  }

  private async walkOf(source: SubjectSource): Promise<void> {
    if (!source.changedSince) return;
    await this.walk.go(source.type, source.changedSince.bind(source), (changed) => this.heal(source, changed));
  }

  private readonly walks = [
    () =>
      this.walk.go('ladder', this.ladders.changedSince.bind(this.ladders), (changed) =>
        this.cohorts.planFor(changed.map(({ id }) => id)),
      ),
    () => this.walk.go('zone', this.users.changedSince.bind(this.users), (changed) => this.planPeople('zone', changed)),
    () =>
      this.walk.go('preferences', this.preferences.changedSince.bind(this.preferences), (changed) =>
        this.planPeople('preferences', changed),
      ),
  ];

  /** Zone, quiet hours or channels of these people changed. */
  private async planPeople(what: string, changed: readonly PersonChange[]): Promise<void> {
    const marks = await this.marks.find(changed.map(({ id }) => `${what}-${id}`));
    await tryEach(changed, async ({ id, changedAt }) => {
      const _id = `${what}-${id}`;
      if (marks.get(_id)?.changedAt.getTime() === changedAt.getTime()) return;
      await this.planner.planPerson(id);
      await this.marks.save([{ _id, changedAt }]);
    });
  }

  private async heal(source: SubjectSource, changed: readonly ChangedSubject[]): Promise<void> {
    const marks = await this.marks.find(changed.map(markId));
    const markOf = (one: ChangedSubject) => marks.get(markId(one));
    const unplanned = changed.filter((one) => !isPlanned(one, markOf(one)));
    const yesterday = new Date(this.clock.now().getTime() - DAY);
    const untold = changed.filter((one) => isUntold(source, one, markOf(one), yesterday));
    const tell = async (one: ChangedSubject) => {
      await source.tellAgain?.(one.id);
      await this.marks.saveTold([{ _id: markId(one), told: one.revision, wasLive: one.isLive }]);
    };
    await tryEach([() => this.planner.plan(unplanned), () => tryEach(untold, tell)], (work) => work());
  }
}

/** For this very change. Of two within one millisecond the revision tells which; marks of before have none. */
const isPlanned = ({ changedAt, revision }: ChangedSubject, mark: ReminderMarkRow | undefined) =>
  mark?.changedAt.getTime() === changedAt.getTime() && (mark.revision ?? revision) >= revision;

/**
 * What was never planned before is new; where its making is told of, who should have heard of it may not have. Not what is older than a
 * day: a database that was filled from elsewhere is no news.
 */
const isUntold = (
  { tellsOfMaking }: SubjectSource,
  { revision, isLive, changedAt }: ChangedSubject,
  mark: ReminderMarkRow | undefined,
  yesterday: Date,
) => {
  if (mark === undefined) return tellsOfMaking === true && changedAt >= yesterday;
  return (mark.told ?? revision) < revision || ((mark.wasLive ?? isLive) && !isLive);
};
