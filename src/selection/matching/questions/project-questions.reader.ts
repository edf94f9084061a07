import { Injectable } from '@nestjs/common';
import { AcceptedFiles } from '../../../calls/decisions/accepted-files.reader.js';
import { OwnFiles } from '../../../calls/own-files.js';
import { ProposedProjects } from '../../../cohorts/projects/proposed-projects.service.js';
import { idOf, toIds } from '../../../infra/mongo/ids.js';
import { ProjectQuestionsRepository } from './project-questions.repository.js';

/** What is told of a question: nothing of its words, nor whose it is, since what is told is kept beyond the file. */
export interface ProjectQuestionFacts {
  id: string;
  cohortId: string;
  projectId: string;
  project: string;
  /** Who hosts the project by now. */
  hostIds: string[];
  isAnswered: boolean;
}

/** What later rooms ask about questions to the hosts of projects. */
@Injectable()
export class ProjectQuestionsReader {
  constructor(
    private readonly questions: ProjectQuestionsRepository,
    private readonly projects: ProposedProjects,
    private readonly files: AcceptedFiles,
    private readonly own: OwnFiles,
  ) {}

  /** Those of some that are there and not hidden, of who is accepted still. */
  async byIds(ids: readonly string[]): Promise<ProjectQuestionFacts[]> {
    const shown = (await this.questions.byIds(toIds(ids))).filter(({ hiddenAt }) => hiddenAt === undefined);
    const accepted = await this.files.among(shown.map(({ applicationId }) => applicationId));
    const rows = shown.filter(({ applicationId }) => accepted.has(String(applicationId)));
    const cohortIds = [...new Map(rows.map(({ cohortId }) => [String(cohortId), cohortId])).values()];
    const projects = (await Promise.all(cohortIds.map((id) => this.projects.ofCohort(id)))).flat();
    const known = new Map(projects.map((project) => [String(project._id), project]));
    return rows.flatMap(({ _id, cohortId, projectId, answeredAt }) => {
      const project = known.get(String(projectId));
      if (!project) return [];
      return [
        {
          ...{ id: String(_id), cohortId: String(cohortId), projectId: String(projectId), project: project.name },
          ...{ hostIds: project.hostIds.map(String), isAnswered: answeredAt !== undefined },
        },
      ];
    });
  }

  /** Those of a cohort, or of one project there, that have no answer and are not hidden. */
  async waiting(cohortId: string, projectId?: string): Promise<string[]> {
    const projectIds = projectId
      ? [idOf(projectId)]
      : (await this.projects.ofCohort(idOf(cohortId))).map(({ _id }) => _id);
    return (await this.questions.waiting(projectIds)).map(String);
  }

  /** Those of some people whose own question it is not; nobody where who asked is not accepted any more. */
  async othersAmong(userIds: readonly string[], questionId: string): Promise<string[]> {
    const [row] = await this.questions.byIds(toIds([questionId]));
    const file = row && (await this.files.one(row.applicationId));
    return file ? await this.own.othersAmong(userIds, file) : [];
  }
}
