import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { type AcceptedFile, AcceptedFiles } from '../../../calls/decisions/accepted-files.reader.js';
import { ApplicationActs } from '../../../calls/decisions/application-acts.js';
import { OwnFiles, ownFile } from '../../../calls/own-files.js';
import { mustRun } from '../../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../../cohorts/members/actors-now.js';
import { type PlacedProject, ProposedProjects } from '../../../cohorts/projects/proposed-projects.service.js';
import type { CohortActor } from '../../../common/actor.js';
import { conflict, forbidden, notFound } from '../../../common/problem.js';
import { Clock } from '../../../common/times/clock.js';
import type {
  AnswerProjectQuestion,
  HideProjectQuestion,
  ProjectQuestions,
} from '../../../contracts/selection/questions.js';
import { idOf, toId } from '../../../infra/mongo/ids.js';
import { Transactions } from '../../../infra/mongo/transactions.js';
import { Outbox } from '../../../infra/outbox/outbox.js';
import { projectAsked } from '../matching.events.js';
import { invitedName } from '../matching-people.js';
import { AnswerMails } from './answer-mails.js';
import type { ProjectQuestionRow } from './project-question.schema.js';
import { ProjectQuestionsRepository } from './project-questions.repository.js';
import { presentQuestion, readsQuestions } from './question-rules.js';

/** What applicants ask the hosts of a project: these answer, and the programme team reads along. Nothing tells hosts who asks. */
@Injectable()
export class ProjectQuestionsService {
  constructor(
    private readonly questions: ProjectQuestionsRepository,
    private readonly projects: ProposedProjects,
    private readonly files: AcceptedFiles,
    private readonly own: OwnFiles,
    private readonly acts: ApplicationActs,
    private readonly actors: ActorsNow,
    private readonly mails: AnswerMails,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Those of people who are accepted still. Throws 404, 403 for who is neither of the programme team nor a host of the project. */
  async list(actor: CohortActor, projectId: string): Promise<ProjectQuestions> {
    const project = await this.read(actor, projectId);
    const rows = await this.questions.ofProject(project._id);
    // Of most projects nobody asked anything.
    if (rows.length === 0) return { items: [] };
    const [files, isOwn] = await Promise.all([
      this.files.ofCohort(idOf(actor.cohortId), 'fellows'),
      this.own.of(actor),
    ]);
    const known = new Map(files.map((file) => [String(file.id), file]));
    const items = rows.flatMap((row) => {
      const file = known.get(String(row.applicationId));
      if (!file || (row.hiddenAt && actor.role !== 'staff')) return [];
      return [presentQuestion(row, actor, { by: invitedName(file), isOwn: isOwn(file) })];
    });
    return { items };
  }

  /** Once; who asked gets a mail. The same, sent again, is one. Throws as {@link list}, 409 `cohort_closed`, `own_file`, `already_answered`, `question_hidden`. */
  async answer(
    actor: CohortActor,
    { projectId, questionId }: Place,
    { text }: AnswerProjectQuestion,
  ): Promise<ProjectQuestions> {
    const { question } = await this.toChange(actor, projectId, questionId);
    const answeredById = idOf(actor.userId);
    await this.transactions.run(async (session) => {
      await this.read(await this.actors.held(actor, session), projectId, session);
      const answer = { answer: text, answeredAt: this.clock.now(), answeredById };
      if (await this.questions.answer(question._id, answer, session)) await this.mails.write(question, session);
      else await this.mustBeSaidSo(question, { text, answeredById });
    });
    return await this.list(actor, projectId);
  }

  /** Staff only. Who hides it is in the history of the file. Its hosts are told of what is shown again, unless they were. Throws as {@link list}, 409 `cohort_closed`, `own_file`. */
  async hide(
    actor: CohortActor,
    { projectId, questionId }: Place,
    { isHidden }: HideProjectQuestion,
  ): Promise<ProjectQuestions> {
    const { question, file } = await this.toChange(actor, projectId, questionId);
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.questions.hide(question._id, isHidden ? this.clock.now() : null, session))) return;
      const act = isHidden ? ('question-hidden' as const) : ('question-shown' as const);
      const done = { callId: file.callId, applicationId: file.id, act, byId: idOf(actor.userId) };
      await this.acts.writeLast(done, question.askedAt, session);
      if (!isHidden) await this.outbox.write(projectAsked, { questionId: String(question._id) }, session);
    });
    return await this.list(actor, projectId);
  }

  /** The project, for who may read what its hosts are asked. */
  private async read(actor: CohortActor, projectId: string, session?: ClientSession): Promise<PlacedProject> {
    const id = toId(projectId);
    const project = id && (await this.projects.one(idOf(actor.cohortId), id, session));
    if (!project) throw notFound();
    if (!readsQuestions(actor, project)) throw forbidden();
    return project;
  }

  /** A question that the actor sees, and that is by somebody else. */
  private async toChange(
    actor: CohortActor,
    projectId: string,
    questionId: string,
  ): Promise<{ question: ProjectQuestionRow; file: AcceptedFile }> {
    const project = await this.read(actor, projectId);
    const id = toId(questionId);
    const question = id && (await this.questions.byId(id));
    if (!question?.projectId.equals(project._id) || (question.hiddenAt && actor.role !== 'staff')) throw notFound();
    const file = await this.files.one(question.applicationId);
    if (!file) throw notFound();
    mustRun(actor);
    if ((await this.own.of(actor))(file)) throw ownFile();
    return { question, file };
  }

  private async mustBeSaidSo(
    { _id }: ProjectQuestionRow,
    { text, answeredById }: { text: string; answeredById: ProjectQuestionRow['_id'] },
  ): Promise<void> {
    const row = await this.questions.byId(_id);
    if (!row) throw notFound();
    if (row.answeredAt === undefined) throw conflict('question_hidden', 'The programme team took this question away.');
    if (row.answer !== text || !row.answeredById?.equals(answeredById))
      throw conflict('already_answered', 'This question was answered before.');
  }
}

/** Where a question stands. */
interface Place {
  projectId: string;
  questionId: string;
}
