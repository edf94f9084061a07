import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import {
  type AnswerApplicationMessages,
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
import { OwnFiles } from '../own-files.js';
import { ApplicationMessagesRepository } from './application-messages.repository.js';

type About = Pick<ApplicationRow, '_id' | 'callId' | 'cohortId' | 'number' | 'email'>;

/** Messages between who applies and the programme team, about one file that was handed in. */
@Injectable()
export class ApplicationMessagesService {
  constructor(
    private readonly messages: ApplicationMessagesRepository,
    private readonly applications: ApplicationsRepository,
    private readonly tables: ApplicationTablesRepository,
    private readonly service: ApplicationsService,
    private readonly calls: CallsService,
    private readonly own: OwnFiles,
    private readonly mails: ApplicationMails,
    private readonly people: People,
    private readonly actors: ActorsNow,
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
    await this.write(file, body);
    return await this.reply(file, true);
  }

  /** For staff; who applied themself reads what they wrote and were answered. Throws 404. */
  async read(actor: CohortActor, callId: string, applicationId: string): Promise<Reply> {
    const file = await this.load(actor, callId, applicationId);
    const isOwn = await this.own.of(actor);
    return await this.reply(file, actor.cohortState === 'running' && !isOwn(file));
  }

  /** Somebody of the programme team writes; who applies gets a mail. What was written after what was `seen` waits on. Sent again, it is one. Throws 404, 409 `cohort_closed`, `own_file`, `too_many_messages`, 422 `/seen` `unknown`. */
  async answer(
    actor: CohortActor,
    callId: string,
    applicationId: string,
    body: AnswerApplicationMessages,
  ): Promise<Reply> {
    const file = await this.ofOthers(actor, callId, applicationId);
    const until = body.seen === undefined ? this.clock.now() : await this.timeOf(file, body.seen);
    await this.write(file, body, { actor, byId: idOf(actor.userId), until });
    return await this.reply(file, true);
  }

  /** What who applies wrote last needs no answer: not what they wrote after what was `seen`. Throws 404, 409 `cohort_closed`, `own_file`, 422 `/seen` `unknown`. */
  async settle(actor: CohortActor, callId: string, applicationId: string, seen: string): Promise<Reply> {
    const file = await this.ofOthers(actor, callId, applicationId);
    await this.applications.settle(file._id, await this.timeOf(file, seen));
    return await this.reply(file, true);
  }

  /** When a message about a file was written. Throws 422 `/seen` `unknown`. */
  private async timeOf(file: About, seen: string): Promise<Date> {
    const id = toId(seen);
    const message = id && (await this.messages.byId(id));
    if (!message?.applicationId.equals(file._id)) throw invalidField('/seen', 'unknown');
    return message.at;
  }

  /** `answer`: of somebody of the programme team, to all that was written until then. */
  private async write(
    file: About,
    { text, clientId }: WriteApplicationMessage,
    answer?: { actor: CohortActor; byId: Types.ObjectId; until: Date },
  ) {
    if (file.number === undefined)
      throw conflict('not_handed_in', 'One can write to the programme team about what was handed in.');
    const applicationId = file._id;
    const writer = answer ? String(answer.byId) : 'applicant';
    const _id = sentId('application-message', String(applicationId), writer, clientId);
    const row = { _id, applicationId, text, at: this.clock.now(), ...(answer && { byId: answer.byId }) };
    try {
      await this.transactions.run(async (session) => {
        if (answer) await this.actors.heldAsStaff(answer.actor, session);
        await this.messages.insert(row, session);
        const waitsSince = answer ? null : row.at;
        if (!(await this.applications.countMessage(applicationId, waitsSince, MAX_APPLICATION_MESSAGES, session)))
          throw conflict('too_many_messages', 'There is no room for more messages about this file.');
        if (answer) {
          await this.applications.settle(applicationId, answer.until, session);
          await this.mails.message(applicationId, _id, session);
        } else await this.outbox.write(applicationMessageSent, { messageId: String(_id) }, session);
      });
    } catch (error) {
      // The same, sent again.
      if (clientId === undefined || !isDuplicateKey(error, '_id')) throw error;
    }
  }

  /** Nobody answers themself in the name of the team, nor says that they need no answer. */
  private async ofOthers(actor: CohortActor, callId: string, applicationId: string): Promise<About> {
    const file = await this.load(actor, callId, applicationId);
    mustRun(actor);
    await this.own.mustBeOfOthers(actor, file);
    return file;
  }

  private async load(actor: CohortActor, callId: string, applicationId: string): Promise<About> {
    const call = await this.calls.load(actor, callId);
    const id = toId(applicationId);
    const file = id && (await this.tables.one(call._id, id));
    if (!file) throw notFound();
    return file;
  }

  private async reply(file: About, canWrite: boolean): Promise<Reply> {
    const [rows, waits] = await Promise.all([this.messages.of(file._id), this.applications.waits(file._id)]);
    const team = await this.people.byId(rows.flatMap(({ byId }) => (byId ? [String(byId)] : [])));
    return {
      items: rows.map(({ _id, byId, text, at }) => ({
        ...{ id: String(_id), from: byId ? ('team' as const) : ('applicant' as const), text, at: at.toISOString() },
        name: byId ? (team.get(String(byId))?.name ?? '') : null,
      })),
      canWrite: canWrite && file.number !== undefined && rows.length < MAX_APPLICATION_MESSAGES,
      waits,
    };
  }
}
