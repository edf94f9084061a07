import { Injectable, type OnModuleInit } from '@nestjs/common';
import { applicationMessageSent } from '../../../calls/calls.events.js';
import {
  type ApplicantMessageFacts,
  ApplicationMessagesReader,
} from '../../../calls/messages/application-messages-reader.js';
import { Members } from '../../../cohorts/members/members.service.js';
import { Outbox } from '../../../infra/outbox/outbox.js';
import { ApplicationNoticeRows, applicationKey } from '../../inbox/application-notice-rows.js';
import { Notifier } from '../../notifier.js';
import { together } from '../together.js';

/** Who reads their notice at the moment at which it grows gets another one for the rest. */
const MAX_ROUNDS = 3;

/** Tells the programme team that somebody who applies wrote to them: one notice for each file, which grows until it is read, with its mail, and counts what waits for an answer. Who, which number, and what, stays with the file: notices outlive it, and lead to it. */
@Injectable()
export class ApplicationNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly messages: ApplicationMessagesReader,
    private readonly members: Members,
    private readonly rows: ApplicationNoticeRows,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(applicationMessageSent, 'application notices', ({ messageId }) => this.tell(messageId));
  }

  private async tell(messageId: string): Promise<void> {
    const message = await this.messages.ofApplicant(messageId);
    if (!message || message.settled === message.upTo) return;
    const staff = (await this.members.list(message.cohortId, { roles: ['staff'] })).map(({ userId }) => userId);
    // Who of them applied wrote it.
    let waiting = await this.messages.othersAmong(staff, message.applicationId);
    for (let round = 0; round < MAX_ROUNDS && waiting.length > 0; round += 1)
      waiting = await this.tellAll(message, waiting);
  }

  /** Tells each of these what they have not read; returns those who read their notice while it grew, and have not heard of the rest. */
  private async tellAll(message: ApplicantMessageFacts, userIds: readonly string[]): Promise<string[]> {
    const { applicationId, callId, cohortId, call, upTo, settled } = message;
    const behind = [...(await this.rows.placesOf(applicationId, userIds))].filter(([, { told }]) => told < upTo);
    const notices = behind.map(([userId, { read }]) => {
      // What was answered is no news to who never read of it.
      const count = upTo - Math.max(read, settled);
      return {
        ...{ userIds: [userId], cohortId, kind: 'application.message' as const, why: 'staff' },
        params: { ...{ callEn: call.en, callFr: call.fr, upTo, count }, several: count > 1 ? 'yes' : 'no' },
        link: `/c/${cohortId}/calls/${callId}?tab=applications&file=${applicationId}`,
        ...{ key: applicationKey(applicationId, read), gathered: upTo - read },
      };
    });
    await Promise.all(together(notices).map((notice) => this.notifier.notify(notice)));
    return behind.map(([userId]) => userId);
  }
}
