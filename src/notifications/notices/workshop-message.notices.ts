import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { WorkshopMessagesService } from '../../workshops/messages/workshop-messages.service.js';
import { workshopMessaged } from '../../workshops/workshops.events.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { Notifier } from '../notifier.js';

/** Brings what hosts wrote to those it is for, each once; who left the cohort meanwhile gets nothing of it. */
@Injectable()
export class WorkshopMessageNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly messages: WorkshopMessagesService,
    private readonly workshops: WorkshopsReader,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(workshopMessaged, 'message notices', ({ messageId }) => this.tell(messageId));
  }

  private async tell(messageId: string): Promise<void> {
    const message = await this.messages.toTell(messageId);
    if (!message) return;
    const { cohortId, workshopId, body, byId, userIds } = message;
    const [workshop, members, people] = await Promise.all([
      this.workshops.byId(workshopId),
      this.members.list(cohortId, { userIds }),
      this.people.byId([byId]),
    ]);
    if (workshop)
      await this.notifier.notify({
        userIds: members.map((member) => member.userId),
        cohortId,
        kind: 'workshop.message',
        params: { workshopId, title: workshop.title, by: people.get(byId)?.name ?? '', byId, text: body },
        link: `/c/${cohortId}/workshops/${workshopId}`,
        why: 'registered',
        key: `workshop-message-${messageId}`,
      });
  }
}
