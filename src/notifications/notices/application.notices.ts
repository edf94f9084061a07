import { Injectable, type OnModuleInit } from '@nestjs/common';
import { applicationMessageSent } from '../../calls/calls.events.js';
import { ApplicationMessagesReader } from '../../calls/messages/application-messages-reader.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Notifier } from '../notifier.js';

/** Tells the programme team that somebody who applies wrote to them. Who, and what, stays with the file: notices outlive it. */
@Injectable()
export class ApplicationNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly messages: ApplicationMessagesReader,
    private readonly members: Members,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(applicationMessageSent, 'application notices', ({ messageId }) => this.tell(messageId));
  }

  private async tell(messageId: string): Promise<void> {
    const message = await this.messages.ofApplicant(messageId);
    if (!message) return;
    const { id, applicationId, callId, cohortId, number, call } = message;
    const staff = await this.members.list(cohortId, { roles: ['staff'] });
    await this.notifier.notify({
      userIds: staff.map(({ userId }) => userId),
      cohortId,
      kind: 'application.message',
      params: { number, callEn: call.en, callFr: call.fr },
      link: `/c/${cohortId}/calls/${callId}?tab=applications&file=${applicationId}`,
      why: 'staff',
      key: `application-message-${id}`,
    });
  }
}
