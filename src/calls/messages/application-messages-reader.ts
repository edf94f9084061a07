import { Injectable } from '@nestjs/common';
import { toId } from '../../infra/mongo/ids.js';
import { ApplicationsRepository } from '../applications/applications.repository.js';
import { CallsRepository } from '../calls.repository.js';
import { ApplicationMessagesRepository } from './application-messages.repository.js';
import type { InBoth } from '../../contracts/calls/forms.js';

/** What is told of a message of who applies: nothing of its words, nor who wrote it, since what is told is kept beyond the file. */
export interface ApplicantMessageFacts {
  id: string;
  applicationId: string;
  callId: string;
  cohortId: string;
  number: string;
  call: InBoth;
}

/** What later rooms ask about messages of those who apply. */
@Injectable()
export class ApplicationMessagesReader {
  constructor(
    private readonly messages: ApplicationMessagesRepository,
    private readonly applications: ApplicationsRepository,
    private readonly calls: CallsRepository,
  ) {}

  /** Null for what is erased, and of the programme team. */
  async ofApplicant(messageId: string): Promise<ApplicantMessageFacts | null> {
    const id = toId(messageId);
    const message = id && (await this.messages.byId(id));
    const file = message && !message.byId ? await this.applications.byId(message.applicationId) : null;
    const call = file && (await this.calls.byId(file.callId));
    if (!file?.numberText || !call) return null;
    return {
      ...{ id: messageId, applicationId: String(file._id), callId: String(call._id), cohortId: String(call.cohortId) },
      ...{ number: file.numberText, call: call.title },
    };
  }
}
