import { Injectable } from '@nestjs/common';
import { Problem } from '../../common/problem.js';
import { mailboxOf } from '../../common/texts/mailbox.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';

/** What one mailbox gets in a day, whoever invites it: letters to people who asked for nothing. */
const TO_MAILBOX: Limit = { name: 'invitations-to', points: 5, seconds: 86_400 };
/** What one person has sent in a day: the largest import and a thousand more. */
export const INVITATIONS_OF_DAY: Limit = { name: 'invitations-day', points: 6_000, seconds: 86_400 };

/** How many letters of invitations go out. Refusals say why: who is told to wait for a moment would wait for a day and not know why. */
@Injectable()
export class LettersOfDay {
  constructor(private readonly limits: RateLimits) {}

  /** One letter. Throws 429 `mailbox_full`, `invitations_day_full`; it then was none. */
  async take(userId: string, email: string): Promise<void> {
    await this.takeOwn(userId, 1);
    await this.limits.take(TO_MAILBOX, mailboxOf(email)).catch(async (refused: unknown) => {
      await this.limits.giveBack(INVITATIONS_OF_DAY, userId);
      throw named(refused, 'mailbox_full', 'So many invitations went to this mailbox today that it gets no more.');
    });
  }

  /** A letter to each of these, or to nobody: returns those whose mailboxes get no more today. Throws 429 `invitations_day_full`. */
  async takeEach(userId: string, emails: readonly string[]): Promise<ReadonlySet<string>> {
    if (emails.length === 0) return new Set();
    const beyond = beyondOne(emails);
    if (beyond.size > 0) return beyond;
    await this.takeOwn(userId, emails.length);
    const tries = await Promise.all(
      emails.map(async (email) => [email, await this.limits.tryAll([[TO_MAILBOX, mailboxOf(email)]])] as const),
    );
    const full = new Set(tries.flatMap(([email, taken]) => (taken ? [] : [email])));
    if (full.size > 0) {
      await this.limits.giveBack(INVITATIONS_OF_DAY, userId, full.size);
      await this.giveBack(
        userId,
        emails.filter((email) => !full.has(email)),
      );
    }
    return full;
  }

  /** These letters do not go after all. */
  async giveBack(userId: string, emails: readonly string[]): Promise<void> {
    if (emails.length === 0) return;
    await this.limits.giveBack(INVITATIONS_OF_DAY, userId, emails.length);
    await this.limits.giveAllBack(emails.map((email) => [TO_MAILBOX, mailboxOf(email)]));
  }

  private async takeOwn(userId: string, letters: number): Promise<void> {
    await this.limits.take(INVITATIONS_OF_DAY, userId, letters).catch((refused: unknown) => {
      throw named(refused, 'invitations_day_full', 'You have had as many invitations sent as one may in a day.');
    });
  }
}

/** Those that are more than one mailbox gets, whatever it got before. They are no try: without them the others may be invited at once. */
function beyondOne(emails: readonly string[]): ReadonlySet<string> {
  const known = new Map<string, number>();
  const beyond = emails.filter((email) => {
    const before = known.get(mailboxOf(email)) ?? 0;
    known.set(mailboxOf(email), before + 1);
    return before >= TO_MAILBOX.points;
  });
  return new Set(beyond);
}

function named(refused: unknown, code: string, detail: string): unknown {
  return refused instanceof Problem && refused.status === 429 ? new Problem(429, code, detail, refused.more) : refused;
}
