import { Injectable } from '@nestjs/common';
import { MilestoneSubjects } from './milestone.subjects.js';
import type { SubjectType } from './reminder-plan.js';
import { RequestSubjects } from './request.subjects.js';
import { SessionSubjects } from './session.subjects.js';
import type { SubjectSource } from './subject-source.js';
import { WorkshopSubjects } from './workshop.subjects.js';

/** All kinds of subjects. */
@Injectable()
export class SubjectSources {
  readonly all: readonly SubjectSource[];

  constructor(
    workshops: WorkshopSubjects,
    sessions: SessionSubjects,
    requests: RequestSubjects,
    milestones: MilestoneSubjects,
  ) {
    this.all = [workshops, sessions, requests, milestones];
  }

  of(type: SubjectType): SubjectSource {
    const source = this.all.find((one) => one.type === type);
    if (!source) throw new Error(`no subjects of the kind ${type}`);
    return source;
  }
}
