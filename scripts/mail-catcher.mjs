import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { listPage, messagePage, pageHeaders } from './mail-page.mjs';

/**
 * @typedef {{filename: string, contentType: string, size: number, content: string}} CaughtAttachment content in base64
 * @typedef {{id: string, to: string, subject: string, text: string, html: string,
 *   headers: Record<string, string | string[]>, attachments: CaughtAttachment[], receivedAt: string}} CaughtMail
 *   `to`: the addresses it was delivered to, joined by ", "; header names in lower case
 */

/**
 * A mail server that keeps what it gets (the newest `max`) and sends nothing on: in memory, and with `folder` in a file each, so that
 * they are there after a restart. It listens on free ports of the loopback address.
 *
 * HTTP: `GET /messages?to=` -> `{items: CaughtMail[]}`, newest first; `GET /` the page, `GET /?id=` one message.
 *
 * @param {{max?: number, folder?: string}} [options]
 * @returns {Promise<{smtpUrl: string, url: string, messages: (to?: string) => CaughtMail[], clear: () => void,
 *   stop: () => Promise<void>}>}
 */
export async function startMailCatcher({ max = 500, folder } = {}) {
  /** @type {CaughtMail[]} newest first */
  let caught = folder ? readMails(folder, max) : [];
  let count = Number(caught[0]?.id ?? 0);
  const keep = async (stream, session) => {
    const mail = await simpleParser(stream, { skipImageLinks: true });
    count += 1;
    const message = toMessage(String(count), mail, session);
    // Before the sender is told that it was taken.
    if (folder) await writeFile(fileOf(folder, message.id), JSON.stringify(message), { mode: 0o600 });
    caught = [message, ...caught];
    for (const { id } of caught.splice(max)) if (folder) rmSync(fileOf(folder, id), { force: true });
  };
  const messages = (to) => (to ? caught.filter((mail) => isTo(mail, to)) : [...caught]);

  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: 25 * 1024 * 1024,
    closeTimeout: 500,
    onData: (stream, session, done) => void keep(stream, session).then(() => done(), done),
  });
  smtp.on('error', () => {}); // a sender that hangs up is its own affair
  const http = createServer((request, reply) => answer(request, reply, messages));
  const smtpPort = await listening(smtp.listen(0, '127.0.0.1'));
  const httpPort = await listening(http.listen(0, '127.0.0.1'));
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    url: `http://127.0.0.1:${httpPort}`,
    messages,
    clear() {
      for (const { id } of caught.splice(0)) if (folder) rmSync(fileOf(folder, id), { force: true });
    },
    async stop() {
      http.closeAllConnections();
      await Promise.all([new Promise((done) => smtp.close(done)), new Promise((done) => http.close(done))]);
    },
  };
}

const fileOf = (folder, id) => join(folder, `${id}.json`);

/** What was caught before, newest first. A file that was cut short is left out. */
function readMails(folder, max) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ids = readdirSync(folder).flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? []);
  ids.sort((one, other) => Number(other) - Number(one));
  for (const id of ids.splice(max)) rmSync(fileOf(folder, id), { force: true });
  return ids.flatMap((id) => {
    try {
      return [JSON.parse(readFileSync(fileOf(folder, id), 'utf8'))];
    } catch {
      return [];
    }
  });
}

function listening(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    if (server.listening) resolve(server.address().port);
    else server.once('listening', () => resolve(server.address().port));
  });
}

function isTo(mail, address) {
  return mail.to.split(', ').some((to) => to.toLowerCase() === address.toLowerCase());
}

function toMessage(id, mail, session) {
  return {
    id,
    to: session.envelope.rcptTo.map(({ address }) => address).join(', '),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    headers: headersOf(mail.headerLines),
    attachments: mail.attachments.map(({ filename = '', contentType, size, content }) => ({
      filename,
      contentType,
      size,
      content: content.toString('base64'),
    })),
    receivedAt: new Date().toISOString(),
  };
}

function headersOf(lines) {
  const headers = {};
  for (const { key, line } of lines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n\s+/g, ' ')
      .trim();
    headers[key] = key in headers ? [headers[key], value].flat() : value;
  }
  return headers;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

function answer(request, reply, messages) {
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (!url) return reply.writeHead(400).end();
  // A page elsewhere can make its own name lead here (DNS rebinding); it cannot make a browser say one of these.
  if (!LOOPBACK.test(request.headers.host ?? '')) return reply.writeHead(421).end();
  if (request.method !== 'GET') return reply.writeHead(405).end();
  if (url.pathname === '/messages') {
    const items = messages(url.searchParams.get('to') ?? undefined);
    return reply.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify({ items }));
  }
  if (url.pathname !== '/') return reply.writeHead(404).end();
  const id = url.searchParams.get('id');
  const mail = id && messages().find((one) => one.id === id);
  if (id && !mail) return reply.writeHead(404, pageHeaders).end(listPage(messages()));
  return reply.writeHead(200, pageHeaders).end(mail ? messagePage(mail) : listPage(messages()));
}
