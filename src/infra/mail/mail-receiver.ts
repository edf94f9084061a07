import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { createHash } from 'node:crypto';
import { once as onceOf } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import type { SMTPServer, SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import { CONFIG, type Config } from '../../config/config.js';
import { networkOf } from '../http/network.js';
import { type Limit, RateLimits } from '../redis/rate-limits.js';
import { ANSWER_DAYS, MailAddresses, type MailPlace } from './mail-addresses.js';
import { MAX_BYTES, bytesOf } from './mail-bytes.js';
import { MAX_LINES, MailLines } from './mail-lines.js';
import { type MailOrigin, MailReader } from './mail-reader.js';
import type { MailContent, MailHead, MailProof } from './mail-thread.js';

/**
 * A mail that came to one of our addresses (`address`). Only its head is read so far: who deals with it decides by that whether the rest, which costs more, is. `proof` and `content` throw as the MailReader does; `digest` is the same for the same bytes.
 */
export interface InboundMail<Place extends MailPlace = MailPlace> {
  place: Place;
  address: string;
  head: MailHead;
  digest: string;
  proof: () => Promise<MailProof>;
  content: () => Promise<MailContent>;
}

type PlaceOf<What extends MailPlace['what']> = Extract<MailPlace, { what: What }>;

/** Deals with mails. What it throws makes the other side try again. `isKnown` is asked before a mail comes: what is not is refused. */
interface Handler<Place extends MailPlace> {
  isKnown?: (place: Place) => Promise<boolean>;
  take: (inbound: InboundMail<Place>) => Promise<void>;
}

/** Before anything of a mail is read: whoever was shown a letter of ours knows the addresses in it. To one address, from one network. */
const MAILS: Limit = { name: 'mails-in', points: 60, seconds: 3600 };
const MAX_RECIPIENTS = 5;
/** Each is looked up: a line on which so many were refused is one of somebody who guesses. */
const MAX_REFUSED = 20;
const QUIET_MS = 30_000;
const STOP_WITHIN_MS = 5000;
/** What somebody who answers too late reads in the letter of their own mail server. */
const TOO_OLD = `The email that you answered to is more than ${ANSWER_DAYS} days old. Answer in the app, not by email.`;

const refusal = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode });

/**
 * Takes mails in, by SMTP, where MAIL_IN_PORT says so: from the mail server that is in charge of MAIL_REPLY_DOMAIN. Only what goes to an address
 * of ours is taken, and it is taken when it is dealt with: until then the other side keeps it and tries again.
 */
@Injectable()
export class MailReceiver implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('MailReceiver');
  private readonly handlers = new Map<MailPlace['what'], Handler<never>>();
  private server: SMTPServer | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly addresses: MailAddresses,
    private readonly reader: MailReader,
    private readonly limits: RateLimits,
  ) {}

  /** Who deals with what comes to such an address; called while the app is put together. */
  on<What extends MailPlace['what']>(what: What, handler: Handler<PlaceOf<What>>): void {
    this.handlers.set(what, handler);
  }

  /** The port on which it listens, null where it does not. */
  get port(): number | null {
    const address = this.server?.server.address() as AddressInfo | null | undefined;
    return address?.port ?? null;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { HOST, MAIL_IN_PORT: port, ROLES } = this.config;
    if (port === 'off' || !ROLES.includes('worker')) return;
    const { SMTPServer: Server } = await import('smtp-server');
    const lines = new MailLines(this.config.MAIL_IN_RELAYS);
    const server = new Server(this.options(lines));
    server.server.on('connection', (line: Socket) => lines.watch(line));
    server.on('error', (error) => this.logger.warn({ err: error }, 'the line of a mail broke'));
    server.listen(port, HOST);
    try {
      await onceOf(server.server, 'listening');
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

  private options(lines: MailLines): SMTPServerOptions {
    const relays = this.config.MAIL_IN_RELAYS;
    return {
      // Else it is the name of the machine, told to whoever asks; SMTP speaks ASCII (RFC 5321, section 4.2).
      name: this.config.MAIL_REPLY_DOMAIN,
      banner: 'Cordee',
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: MAX_BYTES,
      ...(relays.length > 0 && { useXForward: relays, useXClient: relays }),
      maxClients: MAX_LINES,
      socketTimeout: QUIET_MS,
      closeTimeout: STOP_WITHIN_MS,
      onConnect: ({ remoteAddress }, done) =>
        done(lines.areTooMany(remoteAddress) ? refusal(421, '4.7.0 Too many lines from your network') : null),
      onRcptTo: ({ address }, session, done) => {
        this.refusedRecipient(address, session.envelope.rcptTo.length).then(
          (problem) => {
            if (problem && lines.refusedBeyond(session, MAX_REFUSED))
              lines.cut(session.remoteAddress, session.remotePort);
            done(problem);
          },
          (error: unknown) => done(this.later(error)),
        );
      },
      onData: (stream, session, done) => {
        this.take(stream, session, lines).then(
          (problem) => done(problem),
          (error: unknown) => done(this.later(error)),
        );
      },
    };
  }

  private later(error: unknown): Error {
    this.logger.error({ err: error }, 'a mail was not dealt with');
    return refusal(451, '4.3.0 Try again later');
  }

  /** Null for an address of ours. Before anything of the mail is read: whoever makes up addresses costs no more than this. */
  private async refusedRecipient(address: string, before: number): Promise<Error | null> {
    if (before >= MAX_RECIPIENTS) return refusal(452, '4.5.3 Too many recipients');
    const place = this.addresses.read(address);
    if (place?.what === 'answer' && place.hasEnded) return refusal(550, `5.2.1 ${TOO_OLD}`);
    const isKnown = place && ((await this.handlers.get(place.what)?.isKnown?.(place as never)) ?? true);
    return isKnown ? null : refusal(550, '5.1.1 No such address');
  }

  private async take(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    lines: MailLines,
  ): Promise<Error | null> {
    const bytes = await bytesOf(stream as AsyncIterable<Buffer>, () =>
      lines.cut(session.remoteAddress, session.remotePort),
    );
    if (stream.sizeExceeded || bytes === null) return refusal(552, '5.3.4 Too large');
    const origin = originOf(session);
    const network = networkOf(origin.ip);
    const recipients = session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
    // Nobody is proven yet: who may send no more may be somebody else, so the mail stays with the other side.
    for (const address of recipients) await this.limits.take(MAILS, keyOf(address, network));
    const head = await this.reader.head(bytes, origin.sender);
    if (!head) return refusal(554, '5.6.0 Too many headers');
    const mail = {
      head,
      digest: createHash('sha256').update(bytes).digest('hex'),
      proof: once(() => this.reader.proof(bytes, head.from[0] ?? '', origin)),
      content: once(() => this.reader.content(bytes)),
    };
    for (const address of recipients) {
      const place = this.addresses.read(address);
      if (place) await this.handlers.get(place.what)?.take({ place, address, ...mail } as never);
    }
    return null;
  }
}

const keyOf = (address: string, network: string) =>
  createHash('sha256').update(`${address}|${network}`).digest('hex').slice(0, 40);

function originOf({ remoteAddress, hostNameAppearsAs, envelope }: SMTPServerSession): MailOrigin {
  const sender = envelope.mailFrom ? envelope.mailFrom.address : '';
  return { ip: remoteAddress, helo: hostNameAppearsAs, sender };
}

/** Asked several times, done once. */
function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => (result ??= work());
}
