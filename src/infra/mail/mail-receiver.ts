import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { ParsedMail } from 'mailparser';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import type { SMTPServer, SMTPServerDataStream, SMTPServerOptions } from 'smtp-server';
import { CONFIG, type Config } from '../../config/config.js';
import { MailAddresses, type MailPlace } from './mail-addresses.js';

/** A mail that came to one of our addresses. `returnPath` is the sender of the envelope, empty for reports. */
export interface InboundMail<Place extends MailPlace = MailPlace> {
  place: Place;
  mail: ParsedMail;
  returnPath: string;
}

type Handler<What extends MailPlace['what']> = (
  inbound: InboundMail<Extract<MailPlace, { what: What }>>,
) => Promise<void>;

const MOST_BYTES = 2 * 1024 * 1024;
const MOST_HTML_CHARACTERS = 300_000;
const MOST_CLIENTS = 30;
const MOST_RECIPIENTS = 5;
const QUIET_MS = 30_000;
const STOP_WITHIN_MS = 5000;

const refusal = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode });

/**
 * Takes mails in, by SMTP, where MAIL_IN_PORT says so: from the mail server that is in charge of MAIL_REPLY_DOMAIN. Only what goes to an address
 * of ours is taken, and it is taken when it is dealt with: until then the other side keeps it and tries again.
 */
@Injectable()
export class MailReceiver implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('MailReceiver');
  private readonly handlers = new Map<MailPlace['what'], (inbound: never) => Promise<void>>();
  private server: SMTPServer | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly addresses: MailAddresses,
  ) {}

  /** Who deals with what comes to such an address; called while the app is put together. What it throws makes the other side try again. */
  on<What extends MailPlace['what']>(what: What, handle: Handler<What>): void {
    this.handlers.set(what, handle);
  }

  /** The port on which it listens, null where it does not. */
  get port(): number | null {
    const address = this.server?.server.address() as AddressInfo | null | undefined;
    return address?.port ?? null;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { MAIL_IN_PORT: port, ROLES } = this.config;
    if (port === 'off' || !ROLES.includes('worker')) return;
    const { SMTPServer: Server } = await import('smtp-server');
    const server = new Server(this.options());
    server.on('error', (error) => this.logger.warn({ err: error }, 'the line of a mail broke'));
    server.listen(port);
    try {
      await once(server.server, 'listening');
      this.server = server;
    } catch (error) {
      // Another process of this machine takes them in.
      this.logger.warn({ port, err: error }, 'mails are not taken in here');
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    const server = this.server;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private options(): SMTPServerOptions {
    return {
      banner: 'Cordée',
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: MOST_BYTES,
      maxClients: MOST_CLIENTS,
      socketTimeout: QUIET_MS,
      closeTimeout: STOP_WITHIN_MS,
      onRcptTo: ({ address }, { envelope }, done) => {
        if (!this.addresses.read(address)) done(refusal(550, '5.1.1 No such address'));
        else if (envelope.rcptTo.length >= MOST_RECIPIENTS) done(refusal(452, '4.5.3 Too many recipients'));
        else done();
      },
      onData: (stream, { envelope }, done) => {
        this.take(stream, envelope.mailFrom ? envelope.mailFrom.address : '', envelope.rcptTo).then(
          (problem) => done(problem),
          (error: unknown) => {
            this.logger.error({ err: error }, 'a mail was not dealt with');
            done(refusal(451, '4.3.0 Try again later'));
          },
        );
      },
    };
  }

  private async take(
    stream: SMTPServerDataStream,
    returnPath: string,
    recipients: readonly { address: string }[],
  ): Promise<Error | null> {
    const text = await textOf(stream);
    if (stream.sizeExceeded || text === null) return refusal(552, '5.3.4 Too large');
    const { simpleParser } = await import('mailparser');
    const mail = await simpleParser(text, {
      keepDeliveryStatus: true,
      skipImageLinks: true,
      skipTextToHtml: true,
      maxHtmlLengthToParse: MOST_HTML_CHARACTERS,
    });
    for (const { address } of recipients) {
      const place = this.addresses.read(address);
      if (place) await this.handlers.get(place.what)?.({ place, mail, returnPath } as never);
    }
    return null;
  }
}

/** All of it, read to the end in any case; null when it is too much. */
async function textOf(stream: Readable): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  return bytes <= MOST_BYTES ? Buffer.concat(chunks) : null;
}
