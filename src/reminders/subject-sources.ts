import { Injectable } from '@nestjs/common';
import type { SubjectType } from './reminder-plan.js';
import { SessionSubjects } from './session.subjects.js';
import type { SubjectSource } from './subject-source.js';
import { WorkshopSubjects } from './workshop.subjects.js';

/** All kinds of subjects. */
@Injectable()
export class SubjectSources {
  readonly all: readonly SubjectSource[];

  constructor(workshops: WorkshopSubjects, sessions: SessionSubjects) {
    this.all = [workshops, sessions];
  }

  of(type: SubjectType): SubjectSource {
    const source = this.all.find((one) => one.type === type);
    if (!source) throw new Error(`no subjects of the kind ${type}`);
    return source;
  }
}
