import type { Config } from '../../src/config/config.js';
import type { MailDns } from '../../src/infra/mail/mail-dns.js';
import { MailReader } from '../../src/infra/mail/mail-reader.js';
import { type ThreadTask, Threads, TooMuchWork } from '../../src/infra/threads/threads.js';
import { GOES_ON, turnsWhile } from '../support/turns.js';

const threads = new Threads();
const reader = new MailReader({ MAIL_IN_RELAYS: [] as string[] } as Config, threads, {} as MailDns);
afterAll(() => threads.onApplicationShutdown());

const MOST = 2_000_000;
/** Whether it is read by then or ended decides nothing here. */
const WITHIN_MS = 1000;
const of = (text: string, most = MOST) => text.repeat(Math.floor(most / text.length));
const mail = (head: string, text: string) =>
  Buffer.from(`From: ines@people.test\nTo: answer@reply.cordee.test\n${head}\n${text}`.replaceAll('\n', '\r\n'));

/** Reads an answer as it is read when it has come: its head, its text, and what stands above the quote. */
async function read(bytes: Buffer): Promise<'refused' | 'read' | 'ended'> {
  if (!(await reader.head(bytes, 'ines@people.test'))) return 'refused';
  const above: ThreadTask = {
    file: new URL('../../src/bridges/mail-answers/answer-thread', import.meta.url),
    name: 'textOf',
  };
  try {
    const { text } = await reader.content(bytes);
    await threads.run<string>(above, { text }, { withinMs: WITHIN_MS });
    return 'read';
  } catch (error) {
    if (error instanceof TooMuchWork) return 'ended';
    throw error;
  }
}

it.each([
  ['blank lines', '', of('\n')],
  ['quotes', '', of('> \n')],
  ['lines of a signature', '', of('-- \n')],
  ['words that open a quote', '', of('Op a schreef\n')],
  ['one long line', '', of('On a ')],
  ['one type with many parameters', `Content-Type: text/plain; ${of('a*0*=b; ', 60_000)}\n`, 'x'],
  ['parts in parts', 'MIME-Version: 1.0\n', of('Content-Type: multipart/mixed; boundary=b\n\n--b\n')],
  ['a page of marks', 'Content-Type: text/html\n', of('<div><br>&amp;')],
])('given a mail of %s, then a thread reads it, or is ended, and the loop goes on', async (_, head, text) => {
  const bytes = mail(head, text);
  let result: string | undefined;
  const turns = await turnsWhile(async () => (result = await read(bytes)));
  expect(['read', 'ended']).toContain(result);
  expect(turns).toBeGreaterThan(GOES_ON);
});

it.each([
  ['many fields', of('X: y\n')],
  ['one folded field', `X: a\n${of(' a\n', 60_000)}`],
  ['many signatures', of('DKIM-Signature: v=1; a=rsa-sha256; d=a.test; s=s; h=from; bh=aa; b=aa\n', 30_000)],
])('given a mail of %s, then it is refused before a thread reads it', async (_, head) => {
  const run = jest.spyOn(threads, 'run');
  expect(await read(mail(head, 'x'))).toBe('refused');
  expect(run).not.toHaveBeenCalled();
  run.mockRestore();
});
