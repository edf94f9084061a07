import { Inject, Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Clock, DAY } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';

/** What a mail can be answered to: a topic (`t`), a message in a channel (`m`), a conversation (`d`), a session, as a note (`s`). */
export const ANSWERED = ['t', 'm', 'd', 's'] as const;
export type Answered = (typeof ANSWERED)[number];

/** What one of our addresses stands for. It `hasEnded` when it is too old to be written to; `writtenAt`: when its letter was. */
export type MailPlace =
  | { what: 'answer'; to: Answered; subjectId: string; userId: string; hasEnded: boolean }
  | { what: 'bounce'; userId: string; writtenAt: Date; hasEnded: boolean; mac: string };

/** What it is about, the subject and the person (24 hexadecimal digits in 19 of base 36), the day on which it was made, and the proof. */
const ANSWER = /^(([tmds])([0-9a-z]{19})([0-9a-z]{19})([0-9a-z]{4}))([0-9a-z]{14})$/;
/** The person, the second in which the letter was written, and the proof. */
const BOUNCE = /^b([0-9a-z]{19})([0-9a-z]{6})([0-9a-z]{14})$/;
/** 72 bits: a local part has room for 64 characters (RFC 5321, section 4.5.3.1.1), and an address is guessed one mail at a time. */
const MAC_BYTES = 9;
const MAC_LENGTH = 14;
const ID_LENGTH = 19;
const DAY_LENGTH = 4;
const SECOND_LENGTH = 6;
/** So long after its mail an answer is taken: who finds a mail later has nothing in hand. */
export const ANSWER_DAYS = 90;
/** So long after its letter a report is taken: servers give up within days (RFC 5321, section 4.5.4.1), one after the other. */
const REPORT_MS = 14 * DAY;

/**
 * Addresses that we alone can make, for what comes back by mail: an answer, to one thing and by one person, and the news that a mail did not arrive.
 * Lower case only, since not every server keeps the case. None without MAIL_REPLY_DOMAIN.
 */
@Injectable()
export class MailAddresses {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Of use for {@link ANSWER_DAYS} days. */
  answer(to: Answered, subjectId: string, userId: string): string | undefined {
    const day = this.today().toString(36).padStart(DAY_LENGTH, '0');
    const local = `${to}${shortOf(subjectId)}${shortOf(userId)}${day}`;
    return this.at(`${local}${this.mac(local)}`);
  }

  /** Where it is told that a letter written now did not arrive; of no use after two weeks, or once the person has another address. */
  bounce(userId: string, email: string): string | undefined {
    const local = bounceFor(userId, this.clock.now());
    return this.at(`${local}${this.bounceMac(local, email)}`);
  }

  /** Null for an address that is not ours. */
  read(address: string): MailPlace | null {
    const [local = '', domain, ...more] = address.toLowerCase().split('@');
    if (this.config.MAIL_REPLY_DOMAIN === '' || domain !== this.config.MAIL_REPLY_DOMAIN || more.length > 0)
      return null;
    const bounce = BOUNCE.exec(local);
    if (bounce) return this.readBounce(bounce);
    const [, all = '', to, subject = '', user = '', day = '', mac = ''] = ANSWER.exec(local) ?? [];
    if (all === '' || !isEqual(mac, this.mac(all))) return null;
    const hasEnded = this.today() > parseInt(day, 36) + ANSWER_DAYS;
    return { what: 'answer', to: to as Answered, subjectId: idOfShort(subject), userId: idOfShort(user), hasEnded };
  }

  /** Whether it was made for this address of the person. */
  isBounceOf({ userId, writtenAt, mac }: { userId: string; writtenAt: Date; mac: string }, email: string): boolean {
    return isEqual(mac, this.bounceMac(bounceFor(userId, writtenAt), email));
  }

  /** Whether it is ours cannot be said without the address of the person. */
  private readBounce([, user = '', second = '', mac = '']: RegExpExecArray): MailPlace {
    const writtenAt = new Date(parseInt(second, 36) * 1000);
    const hasEnded = this.clock.now().getTime() > writtenAt.getTime() + REPORT_MS;
    return { what: 'bounce', userId: idOfShort(user), writtenAt, hasEnded, mac };
  }

  private today = () => Math.floor(this.clock.now().getTime() / DAY);

  private bounceMac = (local: string, email: string) => this.mac(`${local}${email}`);

  private mac(id: string): string {
    const bytes = createHmac('sha256', this.config.JWT_SECRET).update(`mail:${id}`).digest().subarray(0, MAC_BYTES);
    return base36(bytes.toString('hex'), MAC_LENGTH);
  }

  private at(local: string): string | undefined {
    return this.config.MAIL_REPLY_DOMAIN === '' ? undefined : `${local}@${this.config.MAIL_REPLY_DOMAIN}`;
  }
}

const base36 = (hex: string, length: number) => BigInt(`0x${hex}`).toString(36).padStart(length, '0');
const shortOf = (id: string) => base36(id, ID_LENGTH);
const bounceFor = (userId: string, writtenAt: Date) =>
  `b${shortOf(userId)}${base36(Math.floor(writtenAt.getTime() / 1000).toString(16), SECOND_LENGTH)}`;
const idOfShort = (short: string) =>
  Array.from(short)
    .reduce((sum, digit) => sum * 36n + BigInt(parseInt(digit, 36)), 0n)
    .toString(16)
    .padStart(24, '0');

function isEqual(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
