import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import type { Invitation } from '../../contracts/cohorts/cohorts.js';
import type { AskLetters, LetterOutcome, LettersAsked } from '../../contracts/cohorts/invitation-letters.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { mustRun } from '../cohort-rules.js';
import { ActorsNow } from '../members/actors-now.js';
import { AskedLettersRepository, type WhenToGo } from './asked-letters.repository.js';
import { InvitationMails } from './invitation-mails.js';
import type { InvitationRow } from './invitation.schema.js';
import { InvitationsRepository } from './invitations.repository.js';
import { Invitations, notOpen } from './invitations.service.js';
import { dueOf, letterOf, waitingSince } from './letter-state.js';
import { LettersOfDay } from './letters-of-day.js';

/** Sends letters of invitations that are there: now, on a day, or not before staff say so. Whoever asks second for the same letter is told that it goes. */
@Injectable()
export class InvitationSending {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly list: Invitations,
    private readonly actors: ActorsNow,
    private readonly asked: AskedLettersRepository,
    private readonly mails: InvitationMails,
    private readonly letters: LettersOfDay,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends the letter of one, now, and gives the link its full life; where it is under way, or went within the last minute (`firstOnly`: or ever), it is that one. Throws 409 `invitation_used`, `invitation_revoked`,
   * 429 as {@link LettersOfDay.take}, and as {@link ActorsNow.holdToLead}.
   */
  async sendAgain(actor: CohortActor, invitationId: string, firstOnly = false): Promise<Invitation> {
    const row = await this.list.row(actor, invitationId);
    mustRun(actor);
    if (!row.open) throw notOpen(row);
    const now = this.clock.now();
    const [free] = await this.invitations.free(row.cohortId, [row._id], now, { firstOnly });
    if (free) {
      const isNew = isCounted(free, now);
      if (isNew) await this.letters.take(actor.userId, free.email);
      await this.ask(actor, [free], isNew ? [free.email] : [], { dueAt: now, now, firstOnly });
    }
    const after = await this.list.row(actor, invitationId);
    if (!after.open) throw notOpen(after);
    return await this.list.one(after);
  }

  /** Throws as {@link AskLetters} says, and as {@link ActorsNow.holdToLead}. */
  async send(actor: CohortActor, { invitationIds, sendAt, firstOnly }: AskLetters): Promise<LettersAsked> {
    mustRun(actor);
    const cohortId = idOf(actor.cohortId);
    const now = this.clock.now();
    const dueAt = dueOf(sendAt, now);
    const ids = toIds(invitationIds);
    const full = new Set<string>();
    const taken = new Set<string>();
    if (dueAt) {
      const free = await this.invitations.free(cohortId, ids, now, { firstOnly });
      const counted = free.filter((row) => isCounted(row, now)).map(({ email }) => email);
      for (const email of await this.fullOf(actor.userId, counted)) full.add(email);
      const wanted = free.filter(({ email }) => !full.has(email));
      const letters = counted.filter((email) => !full.has(email));
      for (const id of await this.ask(actor, wanted, letters, { dueAt, now, firstOnly })) taken.add(id);
    } else for (const id of await this.asked.keep(cohortId, ids, now, this.leading(actor))) taken.add(String(id));
    const rows = new Map((await this.invitations.among(cohortId, ids)).map((row) => [String(row._id), row]));
    const outcomeOf = (id: string): LetterOutcome => {
      const row = rows.get(id.toLowerCase());
      if (!row) return 'unknown';
      if (!row.open) return row.acceptedAt ? 'accepted' : 'withdrawn';
      if (taken.has(String(row._id))) return !dueAt ? 'kept' : dueAt > now ? 'planned' : 'under_way';
      if (full.has(row.email)) return 'mailbox_full';
      if (!dueAt && !row.mailDueAt) return waitingSince(row, now) ? 'nothing_planned' : 'kept';
      return firstOnly && row.sentAt ? 'sent_before' : 'asked_before';
    };
    return { items: [...new Set(invitationIds)].map((id) => ({ invitationId: id, outcome: outcomeOf(id) })) };
  }

  /** Has the letters of some go, and gives back those of the ones that were counted which do not: somebody else asked a moment before, or they could not be asked for. */
  private async ask(
    actor: CohortActor,
    rows: readonly InvitationRow[],
    counted: readonly string[],
    when: Omit<WhenToGo, 'byId'>,
  ): Promise<ReadonlySet<string>> {
    const { cohortId, userId } = actor;
    const asked = new Set<string>();
    try {
      const ids = rows.map(({ _id }) => _id);
      for (const id of await this.mails.ask(idOf(cohortId), ids, { ...when, byId: idOf(userId) }, this.leading(actor)))
        asked.add(String(id));
      return asked;
    } finally {
      const left = new Set(rows.filter(({ _id }) => !asked.has(String(_id))).map(({ email }) => email));
      await this.letters.giveBack(
        userId,
        counted.filter((email) => left.has(email)),
      );
    }
  }

  /** Whoever asks for letters runs the cohort when these are written. */
  private leading = (actor: CohortActor) => (session: ClientSession) => this.actors.holdToLead(actor, session);

  /** Counts a letter for each of these, but for those whose mailboxes get no more today: returns those. */
  private async fullOf(userId: string, emails: readonly string[]): Promise<ReadonlySet<string>> {
    const full = new Set<string>();
    for (let left = emails; left.length > 0;) {
      const more = await this.letters.takeEach(userId, left);
      if (more.size === 0) break;
      for (const email of more) full.add(email);
      left = left.filter((email) => !more.has(email));
    }
    return full;
  }
}

/** One that is planned was counted when its day was set; it goes on another day, or now, as the same. */
const isCounted = (row: InvitationRow, now: Date): boolean => letterOf(row, now) !== 'planned';
