import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Clock } from '../../common/times/clock.js';
import type { Locale } from '../../contracts/primitives.js';
import { renderLetter } from '../../infra/mail/letter.js';
import { Mailer, type OutgoingMail } from '../../infra/mail/mailer.js';
import { idOf, toId, toIds } from '../../infra/mongo/ids.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { invitationLetter, inviterOf } from './invitation-letter.js';
import { InvitationMails } from './invitation-mails.js';
import { InvitationsRepository } from './invitations.repository.js';
import { waitingSince } from './letter-state.js';

/** An invitation as reminders need it. `sentAt`: when its letter went, or is to go. */
export interface InvitedFacts {
  id: string;
  cohortId: string;
  name: string;
  email: string;
  sentAt: Date;
  /** It can still be used, its letter has left, and its address takes mail as far as we know. */
  isOpen: boolean;
}

/** Own words in both languages, in the place of the usual sentence; null for that. */
type OwnWords = Record<Locale, string> | null;

/** The letters that remind of an invitation. */
@Injectable()
export class InvitationLetters {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly people: People,
    private readonly mails: InvitationMails,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  async invited(invitationIds: readonly string[]): Promise<InvitedFacts[]> {
    const now = this.clock.now();
    return (await this.invitations.byIds(toIds(invitationIds))).map((row) => {
      const since = waitingSince(row, now);
      return {
        ...{ id: String(row._id), cohortId: String(row.cohortId), name: row.name, email: row.email },
        sentAt: since ?? row.createdAt,
        isOpen: row.open && row.expiresAt > now && (!row.refusedAt || row.failed === true) && since !== null,
      };
    });
  }

  /** The ids of those of a cohort that wait to be used. */
  async openIn(cohortId: string): Promise<string[]> {
    const id = toId(cohortId);
    return id ? (await this.invitations.waiting(id)).map(({ _id }) => String(_id)) : [];
  }

  /** The mail that reminds of one, in its language; null when it is gone. */
  async reminder(invitationId: string, key: string, own: OwnWords): Promise<OutgoingMail | null> {
    const written = await this.write(invitationId, null, own);
    if (!written) return null;
    const { row, subject, letter } = written;
    return {
      to: { name: row.name, address: row.email },
      subject,
      messageId: this.mailer.messageId(key),
      ...(await renderLetter(letter)),
    };
  }

  /** What it says, in a language. */
  async words(invitationId: string, locale: Locale, own: OwnWords): Promise<{ title: string; body: string } | null> {
    const written = await this.write(invitationId, locale, own);
    return written && { title: written.subject, body: written.letter.lines[0] ?? '' };
  }

  /** The same for somebody invented, where nobody waits. */
  sampleWords(
    cohort: { name: string; timeZone: string },
    name: string,
    locale: Locale,
    own: OwnWords,
  ): { title: string; body: string } {
    const { subject, letter } = invitationLetter({
      ...{ locale, name, role: 'fellow', cohortName: cohort.name, timeZone: cohort.timeZone, invitedBy: null, url: '' },
      ...{ expiresAt: this.clock.now(), again: { own: own?.[locale] ?? null } },
    });
    return { title: subject, body: letter.lines[0] ?? '' };
  }

  private async write(invitationId: string, locale: Locale | null, own: OwnWords) {
    const row = await this.invitations.byId(idOf(invitationId));
    const cohort = row && (await this.cohorts.byId(row.cohortId));
    if (!row || !cohort) return null;
    const [host] = await this.people.faces([String(row.invitedBy)]);
    const language = locale ?? row.locale;
    const { subject, letter } = invitationLetter({
      ...{ locale: language, name: row.name, role: row.role, cohortName: cohort.name, expiresAt: row.expiresAt },
      ...{ invitedBy: inviterOf(host), timeZone: cohort.timeZone, url: this.mails.mailedUrlOf(invitationId) },
      again: { own: own?.[language] ?? null },
    });
    return { row, subject, letter };
  }
}
