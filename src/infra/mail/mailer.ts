import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { SendMailOptions, Transporter } from 'nodemailer';
import type { Readable } from 'node:stream';
import { CONFIG, type Config } from '../../config/config.js';
import { NotHandedOver } from './hand-over.js';

/** A mail as it leaves us. `messageId` is stable: sending the same mail again carries the same one (RFC 5322 section 3.6.4). */
export interface OutgoingMail {
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
  messageId: string;
  headers?: Record<string, string>;
  /** An iCalendar object that goes along, as `REQUEST` or `CANCEL` (RFC 6047). */
  calendar?: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string };
}

/** How many mails one process hands over at a time. */
const SMTP_CONNECTIONS = 8;

/** Hands mails to the SMTP server. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private transport: Promise<Transporter> | undefined;
  private free = SMTP_CONNECTIONS;
  private readonly waiting: (() => void)[] = [];
  /** The texts of mails on their way, by the recipient's object: whether the server saw a byte of one. */
  private readonly leaving = new WeakMap<object, Readable>();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Resolves when the server has taken the mail; throws {@link NotHandedOver} when it has not, or when no server is configured. */
  async send(mail: OutgoingMail): Promise<void> {
    const message = this.messageOf(mail);
    try {
      this.transport ??= this.connect();
      const transport = await this.transport;
      await transport.sendMail(message);
    } catch (error) {
      throw new NotHandedOver(this.leaving.get(message.to)?.readableDidRead ?? false, error);
    }
  }

  /** Does something when a connection is free: whoever writes down that a mail leaves now waits here, not inside the client. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((turn) => this.waiting.push(turn));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }

  private messageOf(mail: OutgoingMail): SendMailOptions & { to: OutgoingMail['to'] } {
    return {
      from: this.config.MAIL_FROM,
      to: { ...mail.to },
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      messageId: mail.messageId,
      headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers },
      ...(mail.calendar && {
        icalEvent: { method: mail.calendar.method, content: mail.calendar.content, filename: 'cordee.ics' },
      }),
    };
  }

  /** A Message-ID in our domain for something of ours. */
  messageId(key: string): string {
    return `<${key}@${new URL(this.config.PUBLIC_URL).hostname}>`;
  }

  async onApplicationShutdown(): Promise<void> {
    (await this.transport?.catch(() => undefined))?.close();
  }

  /** The library is loaded with the first mail, not at the start. */
  private async connect(): Promise<Transporter> {
    const { SMTP_URL } = this.config;
    if (!SMTP_URL) throw Object.assign(new Error('no SMTP_URL is configured'), { code: 'ECONNECTION' });
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      url: SMTP_URL,
      pool: true,
      maxConnections: SMTP_CONNECTIONS,
      maxMessages: Infinity,
      // Whether a mail goes again is decided where its state is kept.
      maxRequeues: 0,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
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
