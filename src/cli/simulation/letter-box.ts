import { simpleParser } from 'mailparser';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import type { Clock } from '../../common/times/clock.js';
import { zonedOf } from '../../common/times/zoned.js';

/** A mail as it came: `key` names it (`reminder-<id>`), `personId` whom it is for. */
export interface Caught {
  key: string;
  personId: string;
  at: Date;
}

/** Whom mail may come for, by their id. */
export type Recipients = ReadonlyMap<string, { name: string; timeZone: string }>;

const MESSAGE_ID = /^message-id:\s*<([^@>]+)@/im;
const DATE = /^date: .*$/im;
const LONGEST_SUBJECT = 80;

/** A mail server on the loopback address that takes everything, notes it by the moved clock, and sends nothing on. */
export class LetterBox {
  readonly caught: Caught[] = [];
  private readonly server: SMTPServer;

  constructor(
    private readonly clock: Clock,
    /** Where each mail is kept as a file, a folder a person; none are without it. */
    private readonly keep: { folder: string; recipients: Recipients } | null,
  ) {
    this.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 500,
      onData: (stream, session, done) => {
        const [to] = session.envelope.rcptTo;
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          this.take(to?.address ?? '', Buffer.concat(chunks)).then(
            () => done(),
            (error: unknown) => done(error instanceof Error ? error : new Error('not kept')),
          );
        });
      },
    });
    // A sender that hangs up is its own affair.
    this.server.on('error', () => undefined);
  }

  /** Resolves with its address. */
  async open(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server.server, 'listening');
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.server.close(done));
  }

  private async take(address: string, mail: Buffer): Promise<void> {
    const personId = address.split('@', 1)[0] ?? '';
    const at = this.clock.now();
    this.caught.push({ key: MESSAGE_ID.exec(mail.toString('latin1'))?.[1] ?? '', personId, at });
    if (this.keep) await this.write(personId, at, mail, this.keep);
  }

  /** Under the name of its person, their time and its subject, dated by the moved clock. */
  private async write(personId: string, at: Date, mail: Buffer, { folder, recipients }: NonNullable<typeof this.keep>) {
    const { name = personId, timeZone = 'UTC' } = recipients.get(personId) ?? {};
    const subject = (await simpleParser(mail, { skipTextToHtml: true })).subject ?? '';
    const [day, time] = zonedOf(at, timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' }).split('T');
    const own = join(folder, `${fileName(name)} ${personId.slice(-4)}`);
    await mkdir(own, { recursive: true });
    const file = `${day} ${time?.replace(':', '.')} ${fileName(subject)} ${this.caught.length}.eml`;
    await writeFile(join(own, file), mail.toString('latin1').replace(DATE, `Date: ${at.toUTCString()}`), 'latin1');
  }
}

const fileName = (text: string) =>
  text
    .replace(/[^\p{L}\p{N} ,.'’-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, LONGEST_SUBJECT)
    .trim();
