import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden } from '../../common/problem.js';
import type { RegistrationStatus } from '../../contracts/workshops/workshops.js';
import type {
  MessageAudience,
  SendWorkshopMessage,
  WorkshopMessage,
  WorkshopMessages,
} from '../../contracts/workshops/workshop-messages.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { GuestMails } from '../guests/guest-mails.js';
import { GuestsRepository } from '../guests/guests.repository.js';
import { RegistrationsRepository } from '../registrations/registrations.repository.js';
import { workshopMessaged } from '../workshops.events.js';
import { ManagersNow } from '../registrations/managers-now.js';
import { mayManage } from '../workshops.policy.js';
import type { WorkshopRow } from '../workshop.schema.js';
import type { WorkshopMessageRow } from './workshop-message.schema.js';
import { WorkshopMessagesRepository } from './workshop-messages.repository.js';
import { WorkshopsService } from '../workshops.service.js';

const AUDIENCE: Record<MessageAudience, readonly RegistrationStatus[]> = {
  coming: ['going', 'attended'],
  waiting: ['waitlisted', 'offered'],
  came: ['attended'],
};
const SHOWN = 50;
const SENDS = { name: 'workshop-message', points: 20, seconds: 3600 };

/** What was written to people of a workshop, as those who tell it need it. */
export interface MessageToTell {
  cohortId: string;
  workshopId: string;
  body: string;
  byId: string;
  userIds: string[];
}

/** Messages of hosts to all who come, wait or came. */
@Injectable()
export class WorkshopMessagesService {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly managers: ManagersNow,
    private readonly registrations: RegistrationsRepository,
    private readonly messages: WorkshopMessagesRepository,
    private readonly guests: GuestsRepository,
    private readonly mails: GuestMails,
    private readonly people: People,
    private readonly limits: RateLimits,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Throws 404, 403, 409 `not_published`, `nobody` where nobody is meant, `cohort_closed`, 429. */
  async send(actor: CohortActor, workshopId: string, { to, body, key }: SendWorkshopMessage): Promise<WorkshopMessage> {
    const workshop = await this.workshops.managed(actor, workshopId);
    if (workshop.status === 'draft') throw conflict('not_published', 'It is a draft: nobody knows of it yet.');
    const userIds = await this.registrations.userIds(workshop._id, AUDIENCE[to]);
    const others = userIds.filter((id) => String(id) !== actor.userId);
    const guestIds = await this.guestsAmong(workshop, to);
    if (others.length + guestIds.length === 0) throw conflict('nobody', 'There is nobody to write to.');
    await this.limits.take(SENDS, actor.userId);
    const now = this.clock.now();
    const row = await this.put(actor, {
      ...{ _id: newId(), cohortId: workshop.cohortId, workshopId: workshop._id, key, to, body },
      ...{ byId: idOf(actor.userId), userIds: others, guestIds, sentAt: now },
    });
    return await this.present(row);
  }

  /** Throws 404, 403. */
  async list(actor: CohortActor, workshopId: string): Promise<WorkshopMessages> {
    const workshop = await this.workshops.seen(actor, workshopId);
    if (!mayManage(actor, workshop)) throw forbidden();
    const rows = await this.messages.latest(workshop._id, SHOWN);
    return { items: await Promise.all(rows.map((row) => this.present(row))), nextCursor: null };
  }

  /** Writes it, or gives what was written by the same key before, which is told to nobody again. */
  private async put(actor: CohortActor, row: WorkshopMessageRow): Promise<WorkshopMessageRow> {
    try {
      await this.transactions.run(async (session) => {
        await this.managers.take(actor, row.workshopId, session);
        await this.messages.insert(row, session);
        await this.outbox.write(workshopMessaged, { messageId: String(row._id) }, session);
      });
      return row;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.messages.byKey(row.workshopId, row.key)) ?? row;
    }
  }

  /** Guests are written to by mail alone: only those with an address. */
  private async guestsAmong({ _id }: WorkshopRow, to: MessageAudience): Promise<Types.ObjectId[]> {
    const those = (await this.registrations.ofGuests(_id)).filter(({ status }) => AUDIENCE[to].includes(status));
    const guests = await this.guests.byIds(those.map(({ userId }) => userId));
    return guests.flatMap((guest) => (guest.email ? [guest._id] : []));
  }

  /** Null for an unknown one. Its guests have their letters by then, each once. */
  async toTell(messageId: string): Promise<MessageToTell | null> {
    const row = await this.messages.byId(idOf(messageId));
    if (!row) return null;
    const letter = { workshopId: row.workshopId, kind: 'message' as const, messageId: row._id };
    await this.mails.write(
      (row.guestIds ?? []).map((guestId) => ({ ...letter, guestId, key: `${String(guestId)}-m-${messageId}` })),
    );
    const { cohortId, workshopId, body, byId, userIds } = row;
    return {
      ...{ cohortId: String(cohortId), workshopId: String(workshopId), body, byId: String(byId) },
      userIds: userIds.map(String),
    };
  }

  private async present(row: WorkshopMessageRow): Promise<WorkshopMessage> {
    const by = (await this.people.byId([String(row.byId)])).get(String(row.byId)) ?? null;
    const { _id, to, body, userIds, guestIds = [], sentAt } = row;
    const count = userIds.length + guestIds.length;
    return { id: String(_id), to, body, by, count, sentAt: sentAt.toISOString() };
  }
}
