import { Injectable } from '@nestjs/common';
import { WorkshopNotices } from '../notifications/workshop.notices.js';
import { type WorkshopFacts, WorkshopsReader } from '../workshops/workshops.reader.js';
import {
  AHEAD_MS,
  type LoadedSubject,
  type ReminderContent,
  type SubjectRef,
  type SubjectSource,
} from './subject-source.js';

/** Workshops: who is going, and its hosts, are reminded of a published one. */
@Injectable()
export class WorkshopSubjects implements SubjectSource {
  readonly type = 'workshop' as const;

  constructor(
    private readonly workshops: WorkshopsReader,
    private readonly notices: WorkshopNotices,
  ) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    const workshops = await this.workshops.byIds(refs.map((ref) => ref.id));
    return await Promise.all(workshops.map((workshop) => this.subjectOf(workshop)));
  }

  async content({ id }: SubjectRef, _userId: string, rung: string): Promise<ReminderContent | null> {
    const workshop = await this.workshops.byId(id);
    if (!workshop) return null;
    return {
      link: `/c/${workshop.cohortId}/workshops/${workshop.id}`,
      params: {
        workshopId: workshop.id,
        title: workshop.title,
        startsAt: workshop.startsAt.toISOString(),
        endsAt: workshop.endsAt.toISOString(),
        place: workshop.place,
        // The address of the meeting goes with the last reminder, when it is of use.
        meetingLink: rung === 'm10' ? workshop.link : null,
        rung,
      },
    };
  }

  async ofPerson(userId: string, from: Date): Promise<SubjectRef[]> {
    const mine = await this.workshops.ofPerson(userId, from, new Date(from.getTime() + AHEAD_MS));
    return mine.map(({ workshop }) => ({ type: this.type, id: workshop.id, cohortId: workshop.cohortId }));
  }

  async changedSince(since: Date, limit: number): Promise<(SubjectRef & { changedAt: Date })[]> {
    const changed = await this.workshops.changedSince(since, limit);
    return changed.map(({ id, cohortId, changedAt }) => ({ type: this.type, id, cohortId, changedAt }));
  }

  async tellAgain(id: string): Promise<void> {
    await this.notices.tellAll(id);
  }

  private async subjectOf(workshop: WorkshopFacts): Promise<LoadedSubject> {
    const isLive = workshop.status === 'published';
    const going = isLive ? await this.workshops.goingIds(workshop.id) : [];
    return {
      type: this.type,
      id: workshop.id,
      cohortId: workshop.cohortId,
      revision: workshop.revision,
      title: workshop.title,
      titleKey: null,
      isLive,
      time: { startsAt: workshop.startsAt, timeZone: workshop.timeZone },
      people: [
        ...going.map((userId) => ({ userId, why: 'registered' })),
        ...workshop.hosts.map((userId) => ({ userId, why: 'host' })),
      ],
      changedAt: workshop.changedAt,
    };
  }
}
