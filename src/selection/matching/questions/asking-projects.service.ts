import { Injectable } from '@nestjs/common';
import { AcceptedFiles } from '../../../calls/decisions/accepted-files.reader.js';
import type { AcceptedFile } from '../../../calls/decisions/accepted-files.reader.js';
import type { Shown } from '../../../calls/applications/applicant-tokens.js';
import { ProposedProjects } from '../../../cohorts/projects/proposed-projects.service.js';
import { conflict, invalidField, notFound } from '../../../common/problem.js';
import { Clock } from '../../../common/times/clock.js';
import type { AskProject, OwnProjectQuestions } from '../../../contracts/selection/questions.js';
import { isDuplicateKey } from '../../../infra/mongo/errors.js';
import { idOf, newId } from '../../../infra/mongo/ids.js';
import { Transactions } from '../../../infra/mongo/transactions.js';
import { Outbox } from '../../../infra/outbox/outbox.js';
import { projectAsked } from '../matching.events.js';
import { WishesService, mustBeOpen } from '../wishes/wishes.service.js';
import { ProjectQuestionsRepository } from './project-questions.repository.js';
import { presentOwn } from './question-rules.js';

/** Who is accepted asks the hosts of each project one question, as long as the projects are open to wishes. */
@Injectable()
export class AskingProjects {
  constructor(
    private readonly questions: ProjectQuestionsRepository,
    private readonly wishes: WishesService,
    private readonly files: AcceptedFiles,
    private readonly projects: ProposedProjects,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Throws 404 for who is not accepted as a fellow. */
  async mine(shown: Shown): Promise<OwnProjectQuestions> {
    return await this.present(await this.wishes.accepted(shown));
  }

  /** Its hosts are told. The same, sent again, is one. Throws 404, 409 `wishes_not_open`, `wishes_closed`, `already_asked`, 422 `/projectId` `unknown_project`. */
  async ask(shown: Shown, { projectId, text }: AskProject): Promise<OwnProjectQuestions> {
    const file = await this.wishes.accepted(shown);
    const { id: applicationId, cohortId } = file;
    const { state, projects } = await this.wishes.round(file);
    mustBeOpen(state);
    const project = projects.find(({ _id }) => _id.equals(idOf(projectId)));
    if (!project) throw invalidField('/projectId', 'unknown_project');
    const row = {
      ...{ _id: newId(), cohortId, projectId: project._id, applicationId, text, askedAt: this.clock.now() },
    };
    try {
      await this.transactions.run(async (session) => {
        // Who takes their file back at this moment asks nobody.
        if (!(await this.files.hold([applicationId], session)).has(String(applicationId))) throw notFound();
        await this.questions.insert(row, session);
        await this.outbox.write(projectAsked, { questionId: String(row._id) }, session);
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const asked = await this.questions.ofApplication(applicationId);
      if (asked.find((one) => one.projectId.equals(project._id))?.text !== text)
        throw conflict('already_asked', 'You asked the hosts of this project before.');
    }
    return await this.present(file);
  }

  private async present(file: AcceptedFile): Promise<OwnProjectQuestions> {
    const [{ state }, rows, projects] = await Promise.all([
      this.wishes.round(file),
      this.questions.ofApplication(file.id),
      this.projects.ofCohort(file.cohortId),
    ]);
    const names = new Map(projects.map(({ _id, name }) => [String(_id), name]));
    return {
      canAsk: state === 'open',
      items: rows.map((row) => presentOwn(row, names.get(String(row.projectId)) ?? '')),
    };
  }
}
