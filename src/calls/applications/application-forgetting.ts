import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { Outbox } from '../../infra/outbox/outbox.js';
import { applicationErased } from '../calls.events.js';
import { ApplicationActs } from '../decisions/application-acts.js';
import { ApplicationMessagesRepository } from '../messages/application-messages.repository.js';
import { DeskRepository } from '../work/desk.repository.js';
import { ApplicationErasingRepository } from './application-erasing.repository.js';
import { ApplicationMails } from './application-mails.js';
import type { ApplicationRow } from './application.schema.js';

/** What another room wrote about a file at the moment it went is found by then. */
const AGAIN_AFTER_MS = 30_000;

/** What is kept about a file goes with it, in the transaction that deletes it: letters, messages, notes, its history, its number in other files, and what other rooms have. */
@Injectable()
export class ApplicationForgetting {
  constructor(
    private readonly mails: ApplicationMails,
    private readonly messages: ApplicationMessagesRepository,
    private readonly desk: DeskRepository,
    private readonly acts: ApplicationActs,
    private readonly erasing: ApplicationErasingRepository,
    private readonly outbox: Outbox,
  ) {}

  async forget(
    { _id, callId, numberText }: Pick<ApplicationRow, '_id' | 'callId' | 'numberText'>,
    session: ClientSession,
  ): Promise<void> {
    await this.mails.forget([_id], session);
    await this.messages.forget(_id, session);
    await this.desk.forgetNotes(_id, session);
    await this.acts.forget(callId, _id, session);
    if (numberText !== undefined) await this.erasing.forgetNumber(callId, numberText, session);
    await this.outbox.write(applicationErased, { applicationId: String(_id) }, session, {
      againAfterMs: AGAIN_AFTER_MS,
    });
  }
}
