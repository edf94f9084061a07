import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { eventually } from '../eventually.js';

/** A real SMTP server that keeps what it is given. */
export interface MailSink {
  url: string;
  mails: ParsedMail[];
  /** Waits for the mails to an address; fails after 10 s. */
  to: (address: string, count?: number) => Promise<ParsedMail[]>;
  /** From now on the server keeps what it is given for an address and then, without an answer, closes the connection ... */
  cutAfter: (address: string) => void;
  /** ... or keeps it open. */
  stallAfter: (address: string) => void;
  /** From now on the server answers so when it is given an address (`450`, `550`); 0: it takes it again. */
  answer: (address: string, code: number, words?: string) => void;
  /** How often the server was given an address, taken or not. */
  asked: (address: string) => number;
  /** The senders of the envelopes (Return-Path) of what it took for an address. */
  returnPaths: (address: string) => string[];
  /** The bytes of what it took, in order. */
  raw: Buffer[];
  stop: () => Promise<void>;
}

/** What the library keeps of a connection. */
interface Connection {
  id: string;
  _socket: { destroy: () => void };
}

export async function startMailSink(): Promise<MailSink> {
  const mails: ParsedMail[] = [];
  const raw: Buffer[] = [];
  const answers = new Map<string, { code: number; words: string }>();
  const rcpts: string[] = [];
  const envelopes: { from: string; to: string[] }[] = [];
  const silent = new Map<string, 'cut' | 'stall'>();
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _session, callback) {
      rcpts.push(address);
      const { code = 0, words = 'no' } = answers.get(address) ?? {};
      callback(code === 0 ? null : Object.assign(new Error(words), { responseCode: code }));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        raw.push(Buffer.concat(chunks));
        const { mailFrom, rcptTo } = session.envelope;
        envelopes.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) });
        const how = session.envelope.rcptTo.map(({ address }) => silent.get(address)).find(Boolean);
        if (how === 'cut') server.connections.forEach((one) => (one as Connection).id === session.id && end(one));
        if (!how) callback();
      }, callback);
    },
  });
  const end = (one: unknown) => (one as Connection)._socket.destroy();
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const sentTo = (address: string) =>
    mails.filter((mail) => [mail.to ?? []].flat().some((to) => to.value.some((one) => one.address === address)));
  return {
    // A server that stops answering is given up after five seconds instead of thirty.
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}/?socketTimeout=5000`,
    mails,
    to: async (address, count = 1) => {
      await eventually(() => expect(sentTo(address).length).toBeGreaterThanOrEqual(count));
      return sentTo(address);
    },
    cutAfter: (address) => silent.set(address, 'cut'),
    stallAfter: (address) => silent.set(address, 'stall'),
    answer: (address, code, words = 'no') => answers.set(address, { code, words }),
    asked: (address) => rcpts.filter((one) => one === address).length,
    returnPaths: (address) => envelopes.filter(({ to }) => to.includes(address)).map(({ from }) => from),
    raw,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
