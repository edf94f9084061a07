import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type RequestOptions, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { startMailCatcher } from '../../scripts/mail-catcher.mjs';

let catcher: Awaited<ReturnType<typeof startMailCatcher>>;
beforeAll(async () => {
  catcher = await startMailCatcher({ max: 3 });
});
afterAll(() => catcher.stop());
beforeEach(() => catcher.clear());

const send = (mail: object) => createTransport(catcher.smtpUrl).sendMail({ from: 'cordee@x.example', ...mail });

const statusOf = (asked: RequestOptions) =>
  new Promise((resolve, reject) => {
    request(asked, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end();
  });

describe('the mail catcher', () => {
  test('given a mail with everything, then it is kept as it was sent', async () => {
    const ics = { filename: 'séance.ics', content: 'BEGIN:VCALENDAR', contentType: 'text/calendar' };
    await send({
      to: 'Zoé <zoe@x.example>',
      subject: 'Été à Paris',
      text: 'Bonjour',
      html: '<p>Bonjour</p>',
      messageId: '<r1@x>',
      attachments: [ics],
    });
    expect(catcher.messages()).toEqual([
      expect.objectContaining({
        to: 'zoe@x.example',
        subject: 'Été à Paris',
        html: '<p>Bonjour</p>',
        headers: expect.objectContaining({ 'message-id': '<r1@x>' }),
        attachments: [
          { filename: 'séance.ics', contentType: 'text/calendar', size: 15, content: btoa('BEGIN:VCALENDAR') },
        ],
      }),
    ]);
    expect(catcher.messages()[0]?.text.trim()).toBe('Bonjour');
  });

  test('given mail to two people, then each is asked for alone, whatever the case of the address', async () => {
    await send({ to: 'one@x.example', subject: 'first', text: 'x' });
    await send({ to: 'two@x.example', subject: 'second', text: 'x' });
    const reply = await fetch(`${catcher.url}/messages?to=ONE@x.example`);
    expect(await reply.json()).toEqual({ items: [expect.objectContaining({ subject: 'first' })] });
  });

  test('given more mail than it keeps, then the oldest are gone and the newest is first', async () => {
    for (const subject of ['1', '2', '3', '4']) await send({ to: 'a@x.example', subject, text: 'x' });
    expect(catcher.messages().map((mail) => mail.subject)).toEqual(['4', '3', '2']);
  });

  test('given a subject with markup, then the page shows it as text and allows no script', async () => {
    await send({ to: 'a@x.example', subject: '<img src=x onerror=alert(1)>', text: 'https://x.example/?a=1&b=2 <i>' });
    const list = await fetch(`${catcher.url}/`);
    expect(list.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await list.text()).not.toContain('<img');
    const page = await (await fetch(`${catcher.url}/?id=${catcher.messages()[0]?.id}`)).text();
    expect(page).toContain('<a href="https://x.example/?a=1&amp;b=2">');
    expect(page).not.toContain('<i>');
  });

  test('given a restart, then what was caught is still there and counted on from, for its owner alone; what was cleared is gone', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'cordee-mail-')), 'mail');
    const first = await startMailCatcher({ max: 2, folder });
    for (const subject of ['1', '2', '3'])
      await createTransport(first.smtpUrl).sendMail({
        from: 'cordee@x.example',
        to: 'a@x.example',
        subject,
        text: 'x',
      });
    await first.stop();
    expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o077)).toEqual([0, 0]);
    writeFileSync(join(folder, '9.json'), '{"id":'); // a stop in the middle of a write
    const second = await startMailCatcher({ max: 3, folder });
    await createTransport(second.smtpUrl).sendMail({ from: 'cordee@x.example', to: 'a@x.example', subject: '4' });
    expect(second.messages().map(({ subject }) => subject)).toEqual(['4', '3', '2']);
    expect(new Set(second.messages().map(({ id }) => id)).size).toBe(3);
    second.clear();
    await second.stop();
    const third = await startMailCatcher({ folder });
    expect(third.messages()).toEqual([]);
    await third.stop();
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  test('given an address that is none, as any page can have a browser ask for, then 400, and it goes on', async () => {
    const { hostname, port } = new URL(catcher.url);
    for (const path of ['//', '//:', 'http://[', '//[::']) expect(await statusOf({ hostname, port, path })).toBe(400);
    expect((await fetch(catcher.url)).status).toBe(200);
  });

  test('given an unknown message, path or method, then 404, 404 and 405', async () => {
    const status = async (path: string, method = 'GET') => (await fetch(catcher.url + path, { method })).status;
    expect([await status('/?id=nothing'), await status('/other'), await status('/', 'POST')]).toEqual([404, 404, 405]);
  });
});
