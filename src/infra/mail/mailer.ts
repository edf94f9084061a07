import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { SendMailOptions, Transporter } from 'nodemailer';
import type { Readable } from 'node:stream';
import { MINUTE } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';
import { type Limit, RateLimits } from '../redis/rate-limits.js';
import { DeliveryFailed, answerOf } from './delivery-failure.js';
import { MailTurns } from './mail-turns.js';

/** A mail as it leaves us. `messageId` is stable: sending the same mail again carries the same one (RFC 5322 section 3.6.4). */
export interface OutgoingMail {
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
  messageId: string;
  headers?: Record<string, string>;
  /** Names what the mail is about: mails about one thing refer to one root, so that mail programs show them together (RFC 5322, section 3.6.4). */
  thread?: string | null;
  /** Where an answer goes, if not to the sender. */
  replyTo?: string | undefined;
  /** Where it is told that the mail did not arrive, if not to the sender; `null`: nowhere, for what answers another mail (RFC 3834). */
  returnPath?: string | null | undefined;
  /** An iCalendar object that goes along, as `REQUEST` or `CANCEL` (RFC 6047). */
  calendar?: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string };
}

/** Whoever has no turn by then tries again later; well within the leases of those who wait. */
const LONGEST_WAIT_MS = MINUTE;

/** Hands mails to the SMTP server: so many at a time from each process, so many a minute from all of them. */
@Injectable()
export class Mailer implements BeforeApplicationShutdown, OnApplicationShutdown {
  private transport: Promise<Transporter> | undefined;
  private readonly turns: MailTurns;
  /** The texts of mails on their way, by the recipient's object: whether the server saw a byte of one. */
  private readonly leaving = new WeakMap<object, Readable>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    limits: RateLimits,
  ) {
    const { MAIL_CONNECTIONS, MAIL_PER_MINUTE } = config;
    const pace = MAIL_PER_MINUTE === 'off' ? null : paceOf(MAIL_PER_MINUTE);
    this.turns = new MailTurns(MAIL_CONNECTIONS, async () => (pace ? await limits.pace(pace) : 0), LONGEST_WAIT_MS);
  }

  /** Resolves with the codes of its answer when the server has taken the mail; throws {@link DeliveryFailed} when it has not, or when no server is configured. */
  async send(mail: OutgoingMail): Promise<string | null> {
    const message = this.messageOf(mail);
    try {
      this.transport ??= this.connect();
      const transport = await this.transport;
      const { response } = (await transport.sendMail(message)) as { response?: string };
      return answerOf(response);
    } catch (error) {
      throw new DeliveryFailed(this.leaving.get(message.to)?.readableDidRead ?? false, error);
    }
  }

  /**
   * Does something when a connection is free and the pace allows one more: whoever writes down that a mail leaves now waits here, not
   * inside the client. Throws {@link NoTurn} before anything is done, when that lasts too long or the process stops.
   */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    return await this.turns.take(work);
  }

  private messageOf(mail: OutgoingMail): SendMailOptions & { to: OutgoingMail['to'] } {
    return {
      from: this.config.MAIL_FROM,
      to: { ...mail.to },
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      messageId: mail.messageId,
      ...(mail.thread && { inReplyTo: this.messageId(mail.thread), references: this.messageId(mail.thread) }),
      headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers },
      ...(mail.replyTo && { replyTo: mail.replyTo }),
      ...(mail.returnPath !== undefined && { envelope: { from: mail.returnPath ?? '', to: mail.to.address } }),
      ...(mail.calendar && {
        icalEvent: { method: mail.calendar.method, content: mail.calendar.content, filename: 'cordee.ics' },
      }),
    };
  }

  /** A Message-ID in our domain for something of ours. */
  messageId(key: string): string {
    return `<${key}@${new URL(this.config.PUBLIC_URL).hostname}>`;
  }

  /** Before the workers are waited for: those who hand over finish, those who wait for their turn put back what they hold. */
  beforeApplicationShutdown(): void {
    this.turns.close();
  }

  async onApplicationShutdown(): Promise<void> {
    (await this.transport?.catch(() => undefined))?.close();
  }

  /** The library is loaded with the first mail, not at the start. */
  private async connect(): Promise<Transporter> {
    const { SMTP_URL, MAIL_CONNECTIONS } = this.config;
    const { MAIL_DKIM_DOMAIN, MAIL_DKIM_SELECTOR, MAIL_DKIM_KEY_PATH: privateKey } = this.config;
    if (!SMTP_URL) throw Object.assign(new Error('no SMTP_URL is configured'), { code: 'ECONNECTION' });
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      url: SMTP_URL,
      pool: true,
      maxConnections: MAIL_CONNECTIONS,
      maxMessages: Infinity,
      // Whether a mail goes again is decided where its state is kept.
      maxRequeues: 0,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      ...(privateKey && { dkim: { domainName: MAIL_DKIM_DOMAIN, keySelector: MAIL_DKIM_SELECTOR, privateKey } }),
    });
    transport.use('stream', ({ data, message }, done) => {
      const create = message.createReadStream.bind(message);
      message.createReadStream = (options) => {
        const text = create(options);
        this.leaving.set(data.to as object, text);
        return text;
      };
      done();
    });
    return transport;
  }
}

/** Evenly: so many a second, or one in so many seconds. */
function paceOf(perMinute: number): Limit {
  return perMinute >= 60
    ? { name: 'mail', points: Math.floor(perMinute / 60), seconds: 1 }
    : { name: 'mail', points: 1, seconds: Math.ceil(60 / perMinute) };
}
