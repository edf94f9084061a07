import { Injectable } from '@nestjs/common';
import { avatarUrl } from '../../auth/profile/avatars.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { checkDay } from '../../cohorts/timeline/milestones.service.js';
import { Phases } from '../../cohorts/timeline/phases.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { invalid, invalidField, notFound } from '../../common/problem.js';
import type { Locale } from '../../contracts/primitives.js';
import type { ReminderDifference, WhatIf, WhatIfAnswer } from '../../contracts/reminders/what-if.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { onDay } from '../days/cohort-days.js';
import { type Ladder, ladderWith, settingOf } from '../schedule/ladder.js';
import { changesBetween, problemsOf } from '../schedule/ladder-rules.js';
import { Ladders } from '../schedule/ladders.js';
import { phaseDays } from '../sources/phase.subjects.js';
import { type Lasting, LetterSubjects } from '../sources/letter.subjects.js';
import { type PlanDifference, differencesOf } from './plan-differences.js';
import { ReminderDrafts, type DraftOptions } from './reminder-drafts.js';
import type { SubjectType } from './reminder-plan.js';
import { residencyDays } from '../sources/residency.subjects.js';
import { titleOf } from '../reminders.service.js';
import { withMilestone } from '../days/same-day.js';
import type { LoadedSubject, SubjectRef } from '../sources/subject-source.js';
import { SubjectSources } from '../sources/subject-sources.js';

const AT_A_TIME = 200;
const MAX_ITEMS = 100;

/** Subjects that would be otherwise. */
interface Part {
  refs: SubjectRef[];
  otherwise: DraftOptions;
}

type Found = PlanDifference & { subject: LoadedSubject };

/** What would become of the reminders to come, if something were otherwise: the plan itself, drafted and not written. */
@Injectable()
export class WhatIfService {
  constructor(
    private readonly clock: Clock,
    private readonly ladders: Ladders,
    private readonly cohorts: CohortsRepository,
    private readonly phases: Phases,
    private readonly sources: SubjectSources,
    private readonly letters: LetterSubjects,
    private readonly drafts: ReminderDrafts,
    private readonly users: UsersRepository,
  ) {}

  /**
   * Throws 409 `cohort_closed`, 404 for a thing that is not to come in this cohort, 422 `/startsAt` `past`, `/on` `outside_cohort`, and as
   * saving rules or phases does.
   */
  async ask(actor: CohortActor, body: WhatIf): Promise<WhatIfAnswer> {
    mustRun(actor);
    const found: Found[] = [];
    for (const { refs, otherwise } of await this.partsOf(actor, body)) {
      for (let at = 0; at < refs.length; at += AT_A_TIME) {
        const { changes } = await this.drafts.draft(refs.slice(at, at + AT_A_TIME), otherwise);
        for (const { subject, change, existing } of changes)
          found.push(...differencesOf(change, existing).map((one) => ({ ...one, subject })));
      }
    }
    return await this.answer(actor, found);
  }

  private async partsOf(actor: CohortActor, body: WhatIf): Promise<Part[]> {
    switch (body.change) {
      case 'rules':
        return await this.byRules(actor, body);
      case 'time': {
        const startsAt = new Date(body.startsAt);
        if (startsAt <= this.clock.now()) throw invalidField('/startsAt', 'past');
        return [await this.one(actor, body, (subject) => startingAt(subject, startsAt))];
      }
      case 'day': {
        checkDay(body.on, await this.cohort(actor.cohortId));
        const moved = await this.one(actor, body, (subject) => onDay(subject, body.on));
        return [moved, ...(await this.daysBeside(actor, body))];
      }
      case 'phases':
        return await this.byPhases(actor, body);
    }
  }

  /** Only kinds of subjects of which a rule changes. */
  private async byRules({ cohortId }: CohortActor, { rungs }: Extract<WhatIf, { change: 'rules' }>): Promise<Part[]> {
    const problems = problemsOf(rungs);
    if (problems.length > 0) throw invalid(problems);
    const ladder: Ladder = ladderWith(rungs);
    const now = await this.ladders.ofOne(cohortId);
    const changed = new Set(changesBetween(now.map(settingOf), rungs).map(({ kind }) => kind));
    const types = new Set(ladder.filter(({ kind }) => changed.has(kind)).map(({ subject }) => subject));
    // Of those that fall on one day one speaks for the others, as long as it is sent.
    if (types.has('residency')) types.add('milestone');
    if (types.has('milestone')) types.add('phase');
    return await Promise.all(
      this.sources.all
        .filter(({ type }) => types.has(type))
        .map(async (source) => ({
          refs: await source.ofCohort(cohortId, this.clock.now()),
          otherwise: { ladder },
        })),
    );
  }

  /** Phases and other milestones of the day on which a milestone was, or would be: one of them speaks for all. */
  private async daysBeside({ cohortId }: CohortActor, { id, on }: { id: string; on: string }): Promise<Part[]> {
    const as = (subject: LoadedSubject) =>
      onDay(subject, dayIn(subject), subject.calendar && withMilestone(subject.calendar, id, on));
    return await Promise.all(
      (['milestone', 'phase'] as const).map(async (type) => {
        const refs = await this.sources.of(type).ofCohort(cohortId, this.clock.now());
        return { refs: refs.filter((ref) => ref.id !== id), otherwise: { as } };
      }),
    );
  }

  private async one(
    { cohortId }: CohortActor,
    { type, id }: { type: SubjectType; id: string },
    as: (subject: LoadedSubject) => LoadedSubject,
  ): Promise<Part> {
    const refs = [{ type, id, cohortId }];
    const [subject] = await this.sources.of(type).load(refs);
    if (subject?.cohortId !== cohortId || !subject.isLive) throw notFound();
    return { refs, otherwise: { as } };
  }

  /** The ends of phases, the days and the letters of the residency, and the milestones that go along. */
  private async byPhases(
    actor: CohortActor,
    { phases, keepMilestones = false }: Extract<WhatIf, { change: 'phases' }>,
  ): Promise<Part[]> {
    const { cohortId } = actor;
    const { moves } = await this.phases.preview(actor, phases);
    const [first, last] = [phases.at(0), phases.at(-1)];
    const lasts = first && last ? { startsOn: first.startsOn, endsOn: last.endsOn } : null;
    const milestones = new Map(keepMilestones ? [] : moves.map(({ id, movesTo }) => [id, movesTo]));
    const days: [SubjectType, Map<string, string>][] = [
      ['phase', phaseDays(cohortId, phases)],
      ['residency', lasts ? residencyDays(cohortId, lasts) : new Map()],
      ['milestone', milestones],
    ];
    const calendarOf = ({ calendar }: LoadedSubject) =>
      calendar && {
        ...{ ...calendar, ...lasts },
        milestones: calendar.milestones.map((one) => ({ ...one, on: milestones.get(one.id) ?? one.on })),
      };
    const moved = days.map(([type, dayById]): Part => ({
      refs: [...dayById.keys()].map((id) => ({ type, id, cohortId })),
      otherwise: {
        as: (subject) => onDay(subject, dayById.get(subject.id) ?? dayIn(subject), calendarOf(subject)),
      },
    }));
    return lasts ? [...moved, await this.byLetters(cohortId, lasts)] : moved;
  }

  /** Those there are, of which some would be no more, and those that would come. */
  private async byLetters(cohortId: string, lasts: Lasting): Promise<Part> {
    const now = this.clock.now();
    const [before, after] = await Promise.all([
      this.letters.ofCohort(cohortId, now),
      this.letters.ofCohort(cohortId, now, lasts),
    ]);
    const each = new Map([...before, ...after].map((ref) => [ref.id, ref]));
    return { refs: [...each.values()], otherwise: { load: (refs) => this.letters.load(refs, lasts) } };
  }

  private async answer({ userId, cohortTimeZone }: CohortActor, found: readonly Found[]): Promise<WhatIfAnswer> {
    // Who is asked how a workshop was tells who has said it, which is shown to nobody, nor counted.
    const told = found.filter(({ subject }) => subject.type !== 'feedback').sort((a, b) => timeOf(a) - timeOf(b));
    const counts = { added: 0, moved: 0, changed: 0, dropped: 0 };
    for (const { what } of told) counts[what] += 1;
    const shown = told.slice(0, MAX_ITEMS);
    const [people, me] = await Promise.all([
      this.users.profiles(toIds([...new Set(shown.map((one) => one.userId))])),
      this.users.profile(idOf(userId)),
    ]);
    const byId = new Map(people.map((person) => [String(person._id), person]));
    const items = shown.map((one): ReminderDifference => {
      const person = byId.get(one.userId);
      return {
        ...toItem(one, me?.locale ?? 'en'),
        person: {
          id: one.userId,
          name: person?.name ?? one.subject.outside?.name ?? '',
          avatarUrl: avatarUrl(person?.avatar ?? null),
          timeZone: person?.timeZone ?? cohortTimeZone,
        },
      };
    });
    return { counts, people: new Set(told.map((one) => one.userId)).size, items };
  }

  private async cohort(cohortId: string) {
    const cohort = await this.cohorts.byId(idOf(cohortId));
    if (!cohort) throw notFound();
    return cohort;
  }
}

const startingAt = (subject: LoadedSubject, startsAt: Date): LoadedSubject =>
  'startsAt' in subject.time
    ? { ...subject, revision: subject.revision + 1, time: { ...subject.time, startsAt } }
    : subject;

const dayIn = ({ time }: LoadedSubject) => ('on' in time ? time.on : '');

const timeOf = ({ before, after }: PlanDifference) => (after ?? before)?.getTime() ?? 0;

function toItem({ what, kind, why, before, after, channels, subject, userId }: Found, locale: Locale) {
  const { type, id, title, titleKey, people } = subject;
  return {
    ...{ what, kind, subject: { type, id } },
    subjectTitle: titleOf({ title, titleKey, subject: { type } }, locale),
    why: why ?? people.find((one) => one.userId === userId)?.why ?? '',
    before: before?.toISOString() ?? null,
    after: after?.toISOString() ?? null,
    channels: [...channels] as ReminderDifference['channels'],
  };
}
