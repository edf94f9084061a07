import { Injectable, type OnModuleInit } from '@nestjs/common';
import { memberLeft, projectChanged, roleChanged } from '../../../cohorts/cohorts.events.js';
import { Members } from '../../../cohorts/members/members.service.js';
import { Outbox } from '../../../infra/outbox/outbox.js';
import { projectAsked } from '../../../selection/matching/matching.events.js';
import { ProjectQuestionsReader } from '../../../selection/matching/questions/project-questions.reader.js';
import { Notifier } from '../../notifier.js';

const NAME = 'project question notices';

/**
 * Tells the hosts of a project that an applicant asks them something, or the programme team where it has no host who may answer. Whoever becomes its host while it waits hears of it, too, once.
 * Who asks, and what, stays with the question: notices outlive it, and lead to it.
 */
@Injectable()
export class ProjectQuestionNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly questions: ProjectQuestionsReader,
    private readonly members: Members,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(projectAsked, NAME, ({ questionId }) => this.tell(questionId));
    this.outbox.on(projectChanged, NAME, ({ cohortId, projectId }) => this.tellOfWaiting(cohortId, projectId));
    this.outbox.on(memberLeft, NAME, ({ cohortId }) => this.tellOfWaiting(cohortId));
    this.outbox.on(roleChanged, NAME, ({ cohortId }) => this.tellOfWaiting(cohortId));
  }

  /** Others may be asked by now. */
  private async tellOfWaiting(cohortId: string, projectId?: string): Promise<void> {
    for (const questionId of await this.questions.waiting(cohortId, projectId)) await this.tell(questionId);
  }

  private async tell(questionId: string): Promise<void> {
    const [question] = await this.questions.byIds([questionId]);
    if (!question || question.isAnswered) return;
    const { cohortId, projectId, project, hostIds } = question;
    const others = async (members: readonly { userId: string }[]) =>
      await this.questions.othersAmong(
        members.map(({ userId }) => userId),
        questionId,
      );
    const hosts = await others(await this.members.list(cohortId, { roles: ['host'], userIds: hostIds }));
    const isHosted = hosts.length > 0;
    const userIds = isHosted ? hosts : await others(await this.members.list(cohortId, { roles: ['staff'] }));
    await this.notifier.notify({
      ...{ userIds, cohortId, kind: 'project.asked', why: isHosted ? 'project_host' : 'staff' },
      params: { questionId, project },
      link: `/c/${cohortId}/projects/${projectId}#question-${questionId}`,
      key: `project.asked-${questionId}`,
    });
  }
}
