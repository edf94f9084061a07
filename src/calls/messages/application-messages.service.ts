import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import {
  type ApplicationMessages as Reply,
  MAX_APPLICATION_MESSAGES,
  type WriteApplicationMessage,
} from '../../contracts/calls/application-messages.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, sentId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import type { Shown } from '../applications/applicant-tokens.js';
import { ApplicationMails } from '../applications/application-mails.js';
import { ApplicationTablesRepository } from '../applications/application-tables.repository.js';
import type { ApplicationRow } from '../applications/application.schema.js';
import { ApplicationsRepository } from '../applications/applications.repository.js';
import { ApplicationsService } from '../applications/applications.service.js';
import { applicationMessageSent } from '../calls.events.js';
import { CallsService } from '../calls.service.js';
import { ApplicationMessagesRepository } from './application-messages.repository.js';

type About = Pick<ApplicationRow, '_id' | 'callId' | 'cohortId' | 'number'>;

/** Messages between who applies and the programme team, about one file that was handed in. */
@Injectable()
export class ApplicationMessagesService {
  constructor(
    private readonly messages: ApplicationMessagesRepository,
    private readonly applications: ApplicationsRepository,
    private readonly tables: ApplicationTablesRepository,
    private readonly service: ApplicationsService,
    private readonly calls: CallsService,
    private readonly mails: ApplicationMails,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** For who applies. Throws 404. */
  async mine(shown: Shown): Promise<Reply> {
    const { file } = await this.service.whole(shown);
    return await this.reply(file, true);
  }

  /** Who applies writes; staff get a notice. Sent again, it is one. Throws 404, 409 `not_handed_in`, `too_many_messages`. */
  async writeMine(shown: Shown, body: WriteApplicationMessage): Promise<Reply> {
    const { file } = await this.service.whole(shown);
    await this.write(file, body, null);
    return await this.reply(file, true);
  }

  /** For staff. Throws 404. */
  async read(actor: CohortActor, callId: string, applicationId: string): Promise<Reply> {
    return await this.reply(await this.load(actor, callId, applicationId), actor.cohortState === 'running');
  }

  /** Somebody of the programme team writes; who applies gets a mail. Sent again, it is one. Throws 404, 409 `cohort_closed`, `too_many_messages`. */
  async answer(
    actor: CohortActor,
    callId: string,
    applicationId: string,
    body: WriteApplicationMessage,
  ): Promise<Reply> {
    const file = await this.load(actor, callId, applicationId);
    mustRun(actor);
    await this.write(file, body, idOf(actor.userId));
    return await this.reply(file, true);
  }

  /** What who applies wrote last needs no answer. Throws 404, 409 `cohort_closed`. */
  async settle(actor: CohortActor, callId: string, applicationId: string): Promise<Reply> {
    const file = await this.load(actor, callId, applicationId);
    mustRun(actor);
    await this.applications.settle(file._id);
    return await this.reply(file, true);
  }

  private async write(file: About, { text, clientId }: WriteApplicationMessage, byId: Types.ObjectId | null) {
    if (file.number === undefined)
      throw conflict('not_handed_in', 'One can write to the programme team about what was handed in.');
    const applicationId = file._id;
    const writer = byId ? String(byId) : 'applicant';
    const _id = sentId('application-message', String(applicationId), writer, clientId);
    const row = { _id, applicationId, text, at: this.clock.now(), ...(byId && { byId }) };
    try {
      await this.transactions.run(async (session) => {
        await this.messages.insert(row, session);
        const waitsSince = byId ? null : row.at;
        if (!(await this.applications.countMessage(applicationId, waitsSince, MAX_APPLICATION_MESSAGES, session)))
          throw conflict('too_many_messages', 'There is no room for more messages about this file.');
        if (byId) await this.mails.message(applicationId, _id, session);
        else await this.outbox.write(applicationMessageSent, { messageId: String(_id) }, session);
      });
    } catch (error) {
      // The same, sent again.
      if (clientId === undefined || !isDuplicateKey(error, '_id')) throw error;
    }
  }

  private async load(actor: CohortActor, callId: string, applicationId: string): Promise<About> {
    const call = await this.calls.load(actor, callId);
    const id = toId(applicationId);
    const file = id && (await this.tables.one(call._id, id));
    if (!file) throw notFound();
    return file;
  }

  private async reply(file: About, canWrite: boolean): Promise<Reply> {
    const [rows, now] = await Promise.all([this.messages.of(file._id), this.applications.byId(file._id)]);
    const team = await this.people.byId(rows.flatMap(({ byId }) => (byId ? [String(byId)] : [])));
    return {
      items: rows.map(({ _id, byId, text, at }) => ({
        ...{ id: String(_id), from: byId ? ('team' as const) : ('applicant' as const), text, at: at.toISOString() },
        name: byId ? (team.get(String(byId))?.name ?? '') : null,
      })),
      canWrite: canWrite && file.number !== undefined && rows.length < MAX_APPLICATION_MESSAGES,
      waits: now?.waitsSince !== undefined,
    };
  }
}
