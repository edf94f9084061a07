import { ReminderHealth } from '../../../src/reminders/monitoring/reminder-health.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { PASSWORD, type TestPerson, aPerson } from '../../support/factories.js';

let world: TestWorld;
let admin: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  admin = await aPerson(world, { isAdmin: true });
  other = await aPerson(world);
});
afterAll(() => world.stop());

const cookies = async ({ email }: TestPerson) =>
  (await clientOf(world.url).post('/api/auth/login', { email, password: PASSWORD })).headers.getSetCookie();
const filesCookie = (all: string[]) => all.find((one) => one.startsWith('cordee_files='))!.split(';')[0]!;
const ask = async (path: string, cookie = '', method = 'GET') => {
  const answer = await fetch(new URL(path, world.url), { method, redirect: 'manual', headers: { cookie } });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};

describe('the page of the queues', () => {
  it('given an admin, then a strict cookie for it opens the page and what it shows, by GET alone and changing nothing', async () => {
    const all = await cookies(admin);
    expect(all.filter((one) => one.startsWith('cordee_files=')).map((one) => /Path=([^;]+)/.exec(one)![1])).toEqual([
      '/files',
      '/admin/queues',
    ]);
    expect(all.at(-1)).toMatch(/HttpOnly.*SameSite=Strict/i);
    const cookie = filesCookie(all);
    const page = await ask('/admin/queues', cookie);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'self'; script-src 'self';/);
    const shown = await ask(
      '/admin/queues/api/queues?activeQueue=reminders&status=latest&page=1&jobsPerPage=10',
      cookie,
    );
    expect(shown.status).toBe(200);
    const { queues } = JSON.parse(shown.text) as { queues: { name: string; readOnlyMode: boolean }[] };
    expect(queues.map(({ name }) => name)).toEqual(expect.arrayContaining(['alarms', 'reminders']));
    expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
    for (const method of ['PUT', 'POST', 'DELETE'])
      expect((await ask('/admin/queues/api/queues/reminders/clean/failed', cookie, method)).status).toBe(404);
  });

  it('given reminders that are late, then it says so on the page, in the words of who asks, whose language it speaks, until they are not', async () => {
    const french = await aPerson(world, { isAdmin: true, locale: 'fr' });
    const pageOf = async (person: TestPerson) => (await ask('/admin/queues', filesCookie(await cookies(person)))).text;
    const firstDueAt = new Date(world.clock.now().getTime() - 120_000);
    const waiting = jest.spyOn(ReminderHealth.prototype, 'waiting').mockResolvedValue({ due: 3, firstDueAt });
    const pages = await Promise.all([admin, french].map(pageOf));
    expect(pages[0]).toMatch(/Reminders are late: 3 wait · <a href="\/admin"[^>]*>What to do first/);
    expect(pages[1]).toMatch(
      /Des rappels sont en retard\u00a0: 3 rappels attendent · <a href="\/admin"[^>]*>Que faire/,
    );
    expect([pages[0], pages[1]].map((page) => /<html lang="(..)"/.exec(page!)![1])).toEqual(['en', 'fr']);
    expect([pages[0], pages[1]].map((page) => /"lng":"(.....)"/.exec(page!)![1])).toEqual(['en-GB', 'fr-FR']);
    for (const page of pages) {
      expect(page).toContain('"url":"/admin"');
      expect(page).not.toMatch(/(href|src)="(https?:)?\/\//);
    }
    waiting.mockRejectedValueOnce(new Error('no answer'));
    const without = [await pageOf(admin)];
    waiting.mockRestore();
    without.push(await pageOf(admin));
    for (const page of without) {
      expect(page).toContain('Cordée');
      expect(page).not.toContain('Reminders are late');
    }
  });

  it('given somebody else, no login, a bearer token or a login that ended, then there is no such page', async () => {
    const [theirs, mine] = [await cookies(other), await cookies(admin)];
    expect(theirs.filter((one) => one.includes('Path=/admin'))).toEqual([]);
    for (const path of [
      '/admin/queues',
      '/admin/queues/',
      '/admin/queues/api/queues',
      '/admin/queues?x',
      '/admin/queues/static/x',
    ])
      expect([path, (await ask(path, filesCookie(theirs))).status]).toEqual([path, 404]);
    const led = async (cookie: string) => {
      const { status, headers, text } = await ask('/admin/queues/api/queues', cookie);
      return [status, headers.get('location'), text];
    };
    for (const cookie of ['', 'cordee_files=nothing', `cordee_files=${admin.token}`])
      expect(await led(cookie)).toEqual([302, '/admin', '']);
    const refresh = mine.find((one) => one.startsWith('cordee_refresh='))!.split(';')[0]!;
    await fetch(new URL('/api/auth/logout', world.url), { method: 'POST', headers: { cookie: refresh } });
    expect(await led(filesCookie(mine))).toEqual([302, '/admin', '']);
  });
});
