import { Injectable } from '@nestjs/common';
import { ActionSubjects } from './action.subjects.js';
import { ContactSubjects } from './contact.subjects.js';
import { FeedbackSubjects } from './feedback.subjects.js';
import { CycleSubjects } from './cycle.subjects.js';
import { GuestSubjects } from './guest.subjects.js';
import { LetterSubjects } from './letter.subjects.js';
import { OfferSubjects } from './offer.subjects.js';
import { MilestoneSubjects } from './milestone.subjects.js';
import { InvitationSubjects } from './invitation.subjects.js';
import { NotesSubjects } from './notes.subjects.js';
import { PhaseSubjects } from './phase.subjects.js';
import type { SubjectType } from '../planning/reminder-plan.js';
import { RequestSubjects } from './request.subjects.js';
import { ResidencySubjects } from './residency.subjects.js';
import { SessionSubjects } from './session.subjects.js';
import type { SubjectRef, SubjectSource } from './subject-source.js';
import { TopicSubjects } from './topic.subjects.js';
import { WorkshopSubjects } from './workshop.subjects.js';

/** All kinds of subjects. */
@Injectable()
export class SubjectSources {
  readonly all: readonly SubjectSource[];

  constructor(
    workshops: WorkshopSubjects,
    offers: OfferSubjects,
    sessions: SessionSubjects,
    requests: RequestSubjects,
    cycles: CycleSubjects,
    milestones: MilestoneSubjects,
    feedback: FeedbackSubjects,
    notes: NotesSubjects,
    actions: ActionSubjects,
    topics: TopicSubjects,
    contacts: ContactSubjects,
    phases: PhaseSubjects,
    residency: ResidencySubjects,
    letters: LetterSubjects,
    invitations: InvitationSubjects,
    guests: GuestSubjects,
  ) {
    this.all = [
      ...[workshops, offers, feedback, sessions, notes, actions, requests, cycles],
      ...[topics, contacts, milestones, phases, residency, letters, invitations, guests],
    ];
  }

  /** All to come of which a person is reminded. */
  async ofPerson(personId: string, from: Date): Promise<SubjectRef[]> {
    return (await Promise.all(this.all.map((source) => source.ofPerson(personId, from)))).flat();
  }

  /** What follows who is in a cohort and what its days are. */
  async daysOf(cohortId: string, from: Date): Promise<SubjectRef[]> {
    return (await Promise.all(this.following().map((source) => source.ofCohort(cohortId, from)))).flat();
  }

  /** The kinds that are planned again when the cohort or its members change. */
  following(): readonly SubjectSource[] {
    return this.all.filter((source) => source.followsCohort);
  }

  of(type: SubjectType): SubjectSource {
    const source = this.all.find((one) => one.type === type);
    if (!source) throw new Error(`no subjects of the kind ${type}`);
    return source;
  }
}
