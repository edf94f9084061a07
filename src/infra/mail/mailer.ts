import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { CONFIG, type Config } from '../../config/config.js';

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

/** Hands mails to the SMTP server. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private transport: Promise<Transporter> | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Resolves when the server has taken the mail; throws when it has not, or when no server is configured. */
  async send(mail: OutgoingMail): Promise<void> {
    this.transport ??= this.connect();
    const transport = await this.transport;
    await transport.sendMail({
      from: this.config.MAIL_FROM,
      to: mail.to,
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      messageId: mail.messageId,
      headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers },
      ...(mail.calendar && {
        icalEvent: { method: mail.calendar.method, content: mail.calendar.content, filename: 'cordee.ics' },
      }),
    });
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
    return createTransport({
      url: SMTP_URL,
      pool: true,
      maxConnections: 4,
      connectionTimeout: 10_000,
      socketTimeout: 30_000,
    });
  }
}
