import { Injectable } from '@nestjs/common';
import { keptForLetter } from '../../workshops/letter-facts.js';
import type { Comer } from '../../workshops/registrations/registrations.repository.js';
import type { WorkshopFacts } from '../../workshops/workshop-facts.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import {
  AHEAD_MS,
  type LoadedSubject,
  type ReminderContent,
  type SubjectRef,
  type SubjectSource,
} from './subject-source.js';

/** The last reminder is there for the link. */
const WITH_LINK = 'm10';

/** Workshops: who is going, and its hosts, are reminded of a published one. */
@Injectable()
export class WorkshopSubjects implements SubjectSource {
  readonly type = 'workshop' as const;

  constructor(private readonly workshops: WorkshopsReader) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    const ids = refs.map(({ id }) => id);
    const [workshops, going] = await Promise.all([this.workshops.byIds(ids), this.workshops.comingTo(ids)]);
    return workshops.map((workshop) => this.subjectOf(workshop, going.get(workshop.id) ?? []));
  }

  async ofPerson(userId: string, from: Date): Promise<SubjectRef[]> {
    const mine = await this.workshops.ofPerson(userId, from, new Date(from.getTime() + AHEAD_MS));
    return mine.map(({ workshop }) => ({ type: this.type, id: workshop.id, cohortId: workshop.cohortId }));
  }

  async ofCohort(cohortId: string, from: Date): Promise<SubjectRef[]> {
    const workshops = await this.workshops.inCohort(cohortId, from, new Date(from.getTime() + AHEAD_MS));
    return workshops
      .filter(({ status }) => status === 'published')
      .map(({ id }) => ({ type: this.type, id, cohortId }));
  }

  private subjectOf(workshop: WorkshopFacts, going: readonly Comer[]): LoadedSubject {
    const byLink = (mode: Comer['mode']) =>
      workshop.link !== null && (workshop.onlineCapacity === null || mode === 'online');
    const people = [
      ...going.map(({ userId, mode }) => ({ userId, why: 'registered', byLink: byLink(mode) })),
      ...workshop.hosts.map((userId) => ({ userId, why: 'host', byLink: byLink('online') })),
    ];
    return {
      type: this.type,
      id: workshop.id,
      cohortId: workshop.cohortId,
      revision: workshop.revision,
      title: workshop.title,
      titleKey: null,
      isLive: workshop.status === 'published',
      time: { startsAt: workshop.startsAt, timeZone: workshop.timeZone },
      people,
      content: (userId, rung) => ({
        ...contentOf(workshop, rung),
        isEmpty: rung === WITH_LINK && !people.find((one) => one.userId === userId)?.byLink,
      }),
    };
  }
}

function contentOf(workshop: WorkshopFacts, rung: string): ReminderContent {
  return {
    link: `/c/${workshop.cohortId}/workshops/${workshop.id}`,
    params: {
      workshopId: workshop.id,
      title: workshop.title,
      ...keptForLetter(workshop),
      // The address of the meeting goes with the last reminder, when it is of use.
      meetingLink: rung === WITH_LINK ? workshop.link : null,
      rung,
    },
  };
}
