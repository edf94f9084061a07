import { Injectable } from '@nestjs/common';
import { idOf, toId } from '../../infra/mongo/ids.js';
import type { ApplicationRow } from '../applications/application.schema.js';
import { ApplicationsRepository } from '../applications/applications.repository.js';
import { CallsRepository } from '../calls.repository.js';
import { OwnFiles } from '../own-files.js';
import type { ApplicationMessageRow } from './application-message.schema.js';
import { ApplicationMessagesRepository } from './application-messages.repository.js';
import type { InBoth } from '../../contracts/calls/forms.js';

/** What is told of a message of who applies: nothing of its words, nor who wrote it, nor the number of their file, since what is told is kept beyond the file. */
export interface ApplicantMessageFacts {
  id: string;
  applicationId: string;
  callId: string;
  cohortId: string;
  call: InBoth;
  /** How many who applies has written about the file by now, and to how many of these they wait for no answer. */
  upTo: number;
  settled: number;
}

/** What later rooms ask about messages of those who apply. */
@Injectable()
export class ApplicationMessagesReader {
  constructor(
    private readonly messages: ApplicationMessagesRepository,
    private readonly applications: ApplicationsRepository,
    private readonly calls: CallsRepository,
    private readonly own: OwnFiles,
  ) {}

  /** Null for what is erased, and of the programme team. */
  async ofApplicant(messageId: string): Promise<ApplicantMessageFacts | null> {
    const id = toId(messageId);
    const message = id && (await this.messages.byId(id));
    const file = message && !message.byId ? await this.applications.byId(message.applicationId) : null;
    const call = file && (await this.calls.byId(file.callId));
    if (!file?.numberText || !call) return null;
    const all = await this.messages.of(file._id);
    return {
      ...{ id: messageId, applicationId: String(file._id), callId: String(call._id), cohortId: String(call.cohortId) },
      ...{ call: call.title, upTo: all.filter(({ byId }) => !byId).length, settled: settledOf(file, all) },
    };
  }

  /** Those of some people whose own file it is not. */
  async othersAmong(userIds: readonly string[], applicationId: string): Promise<string[]> {
    const file = await this.applications.byId(idOf(applicationId));
    return file ? await this.own.othersAmong(userIds, file) : [];
  }
}

/** What was written up to the last answer is answered, but for what that left waiting: the latest of these is known. */
function settledOf({ waitsSince }: Pick<ApplicationRow, 'waitsSince'>, all: readonly ApplicationMessageRow[]): number {
  const mine = all.filter(({ byId }) => !byId);
  if (!waitsSince) return mine.length;
  const answeredAt = all.findLast(({ byId }) => byId)?.at;
  return answeredAt ? mine.filter(({ at }) => at < waitsSince && at <= answeredAt).length : 0;
}
