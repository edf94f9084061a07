import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { ApplicantTokens } from '../../../calls/applications/applicant-tokens.js';
import { applicationErased } from '../../../calls/calls.events.js';
import { AcceptedFiles } from '../../../calls/decisions/accepted-files.reader.js';
import { CohortsRepository } from '../../../cohorts/cohorts.repository.js';
import { ProposedProjects } from '../../../cohorts/projects/proposed-projects.service.js';
import { Clock, HOUR } from '../../../common/times/clock.js';
import { CONFIG, type Config } from '../../../config/config.js';
import { Deliveries } from '../../../infra/deliveries/deliveries.js';
import type { DeliveryKind, Prepared } from '../../../infra/deliveries/delivery-kind.js';
import type { DeliveryRow } from '../../../infra/deliveries/delivery.schema.js';
import { renderLetter } from '../../../infra/mail/letter.js';
import { Mailer } from '../../../infra/mail/mailer.js';
import { idOf } from '../../../infra/mongo/ids.js';
import { Outbox } from '../../../infra/outbox/outbox.js';
import { answerWords } from './answer-words.js';
import type { ProjectQuestionRow } from './project-question.schema.js';
import { ProjectQuestionsRepository } from './project-questions.repository.js';

/** Which question was answered. */
interface AboutAnswer {
  questionId: Types.ObjectId;
}

const OVER = { skip: 'over' };

/** The letter that brings an answer to who asked the hosts of a project. What it says is read as it is written: what is erased by then says nothing, and what is hidden waits. */
@Injectable()
export class AnswerMails implements OnModuleInit {
  private readonly kind: DeliveryKind<AboutAnswer> = {
    name: 'project-answer',
    way: 'letters',
    prepare: (delivery) => this.compose(delivery),
  };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly outbox: Outbox,
    private readonly deliveries: Deliveries,
    private readonly questions: ProjectQuestionsRepository,
    private readonly files: AcceptedFiles,
    private readonly projects: ProposedProjects,
    private readonly cohorts: CohortsRepository,
    private readonly tokens: ApplicantTokens,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deliveries.register(this.kind);
    this.outbox.on(applicationErased, 'project-questions', async ({ applicationId }) => {
      await this.questions.forget(idOf(applicationId));
      await this.deliveries.forget(this.kind, [idOf(applicationId)]);
    });
  }

  /** With the answer, in its transaction. */
  async write({ _id, applicationId }: ProjectQuestionRow, session: ClientSession): Promise<void> {
    const letter = { key: String(_id), of: applicationId, about: { questionId: _id } };
    await this.deliveries.write(this.kind, [letter], session);
  }

  private async compose({ _id, of, about }: DeliveryRow<AboutAnswer>): Promise<Prepared> {
    const [file, question] = await Promise.all([this.files.one(of), this.questions.byId(about.questionId)]);
    if (!file || question?.answer === undefined) return OVER;
    // It may be shown again.
    if (question.hiddenAt) return { later: new Date(this.clock.now().getTime() + HOUR), because: 'hidden' };
    const [cohort, project] = await Promise.all([
      this.cohorts.byId(file.cohortId),
      this.projects.one(file.cohortId, question.projectId),
    ]);
    if (!cohort || !project) return OVER;
    const { locale, known } = file;
    const facts = { cohortName: cohort.name, project: project.name, question: question.text, answer: question.answer };
    const { subject, lines, action, footer } = answerWords(facts, locale);
    const url = new URL(`/application/${this.tokens.link({ _id: file.id, key: file.key })}`, this.config.PUBLIC_URL);
    const letter = {
      to: { name: known.name ?? '', address: file.email },
      subject,
      messageId: this.mailer.messageId(`project-answer-${String(_id)}`),
      ...(await renderLetter({ locale, heading: subject, lines, footer, action: { label: action, url: url.href } })),
    };
    return { letter };
  }
}
