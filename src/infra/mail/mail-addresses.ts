import { Inject, Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { CONFIG, type Config } from '../../config/config.js';

/** What a mail can be answered to: a topic (`t`), a message in a channel (`m`), a conversation (`d`), a session, as a note (`s`). */
export const ANSWERED = ['t', 'm', 'd', 's'] as const;
export type Answered = (typeof ANSWERED)[number];

/** What one of our addresses stands for. */
export type MailPlace =
  { what: 'answer'; to: Answered; subjectId: string; userId: string } | { what: 'bounce'; userId: string; mac: string };

const ANSWER = /^([tmds])([0-9a-f]{24})([0-9a-f]{24})([0-9a-z]{14})$/;
const BOUNCE = /^b([0-9a-f]{24})([0-9a-z]{14})$/;
/** 72 bits: a local part has room for 64 characters (RFC 5321, section 4.5.3.1.1), and an address is guessed one mail at a time. */
const MAC_BYTES = 9;
const MAC_LENGTH = 14;

/**
 * Addresses that we alone can make, for what comes back by mail: an answer, to one thing and by one person, and the news that a mail did not arrive.
 * Lower case only, since not every server keeps the case. None without MAIL_REPLY_DOMAIN.
 */
@Injectable()
export class MailAddresses {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  answer(to: Answered, subjectId: string, userId: string): string | undefined {
    return this.at(`${to}${subjectId}${userId}${this.mac(`${to}${subjectId}${userId}`)}`);
  }

  /** Where it is told that this address of a person does not work; of no use any more once they have another. */
  bounce(userId: string, email: string): string | undefined {
    return this.at(`b${userId}${this.bounceMac(userId, email)}`);
  }

  /** Null for an address that is not ours. */
  read(address: string): MailPlace | null {
    const [local = '', domain, ...more] = address.toLowerCase().split('@');
    if (this.config.MAIL_REPLY_DOMAIN === '' || domain !== this.config.MAIL_REPLY_DOMAIN || more.length > 0)
      return null;
    const bounce = BOUNCE.exec(local);
    if (bounce) return { what: 'bounce', userId: bounce[1] ?? '', mac: bounce[2] ?? '' };
    const [, to = '', subjectId = '', userId = '', mac = ''] = ANSWER.exec(local) ?? [];
    const isOurs = to !== '' && isEqual(mac, this.mac(`${to}${subjectId}${userId}`));
    return isOurs ? { what: 'answer', to: to as Answered, subjectId, userId } : null;
  }

  /** Whether it was made for this address of the person. */
  isBounceOf({ userId, mac }: { userId: string; mac: string }, email: string): boolean {
    return isEqual(mac, this.bounceMac(userId, email));
  }

  private bounceMac = (userId: string, email: string) => this.mac(`b${userId}${email}`);

  private mac(id: string): string {
    const bytes = createHmac('sha256', this.config.JWT_SECRET).update(`mail:${id}`).digest().subarray(0, MAC_BYTES);
    return BigInt(`0x${bytes.toString('hex')}`)
      .toString(36)
      .padStart(MAC_LENGTH, '0');
  }

  private at(local: string): string | undefined {
    return this.config.MAIL_REPLY_DOMAIN === '' ? undefined : `${local}@${this.config.MAIL_REPLY_DOMAIN}`;
  }
}

function isEqual(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
