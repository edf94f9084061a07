import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { eventually } from './eventually.js';

/** A real SMTP server that keeps what it is given. */
export interface MailSink {
  url: string;
  mails: ParsedMail[];
  /** Waits for the mails to an address; fails after 10 s. */
  to: (address: string, count?: number) => Promise<ParsedMail[]>;
  stop: () => Promise<void>;
}

export async function startMailSink(): Promise<MailSink> {
  const mails: ParsedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, callback) {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        callback();
      }, callback);
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const sentTo = (address: string) =>
    mails.filter((mail) => [mail.to ?? []].flat().some((to) => to.value.some((one) => one.address === address)));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    to: async (address, count = 1) => {
      await eventually(() => expect(sentTo(address).length).toBeGreaterThanOrEqual(count));
      return sentTo(address);
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
