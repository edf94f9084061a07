import { Injectable } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import type { Circle } from './note-readers.js';

/** Who the people around a meeting are at this moment. */
@Injectable()
export class NoteCircles {
  constructor(private readonly members: Members) {}

  /** One query: the fellows and staff of the cohort. */
  async of(cohortId: string, who: Pick<Circle, 'authorId' | 'coachIds' | 'participantIds'>): Promise<Circle> {
    const members = await this.members.list(cohortId, { roles: ['fellow', 'staff'] });
    const projects = new Set(
      members
        .filter((member) => who.participantIds.includes(member.userId) && member.projectId !== null)
        .map((member) => member.projectId),
    );
    return {
      ...who,
      teamIds: members
        .filter((member) => member.role === 'fellow' && projects.has(member.projectId))
        .map((member) => member.userId),
      staffIds: members.filter((member) => member.role === 'staff').map((member) => member.userId),
    };
  }
}
