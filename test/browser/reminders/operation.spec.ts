import { Types } from 'mongoose';
import type { Browser } from 'playwright-core';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { ReminderWatch } from '../../../src/reminders/monitoring/reminder-watch.js';
import type { ReminderRow } from '../../../src/reminders/reminder.schema.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { look } from '../../support/walks/every-page.js';
import { type TestPerson, aPerson } from '../../support/factories.js';

/** No worker runs: what is due stays so. */
let world: TestWorld;
let browser: Browser;
let admin: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString(), env: { ROLES: 'web' } });
  await world.app.get(Intervals).stop();
  browser = await openBrowser();
  admin = await aPerson(world, { name: 'Odile Marchal', isAdmin: true });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const shot = (name: string) => (process.env.SHOTS ? { path: `${process.env.SHOTS}/${name}.png`, fullPage: true } : {});

/** Each of another person. */
async function remindersSince(minutes: number, row: Partial<ReminderRow>, count = 1): Promise<void> {
  const dueAt = new Date(world.clock.now().getTime() - minutes * 60_000);
  const rows = Array.from({ length: count }, () => ({
    ...{ _id: new Types.ObjectId(), cohortId: new Types.ObjectId(), userId: new Types.ObjectId() },
    ...{ subject: { type: 'workshop', id: new Types.ObjectId(), revision: 0 }, kind: 'workshop.1h', dueAt },
    ...{ channels: ['inbox', 'mail'], why: 'registered', attempts: 0, plannedAt: dueAt, until: dueAt },
    ...row,
  }));
  await world.db.collection('reminders').insertMany(rows);
}

it('given reminders that are late, put off and fail, then an admin goes from the notice to what is wrong and what to do first, and to the queues', async () => {
  const { page, problems } = await signedInPage(browser, admin, world.url, { expected: [503] });
  // How long ago something was is counted from the clock of the server, which stands still.
  await page.clock.setFixedTime(world.clock.now());
  await page.goto(world.url);
  await page.getByText('Reminders go out in time: none within the last hour.').waitFor();

  const now = world.clock.now();
  await remindersSince(12, { state: 'sent', settledAt: now }, 40);
  await remindersSince(12, { state: 'failed', settledAt: new Date(now.getTime() - 720_000) });
  await page.goto(`${world.url}/admin`);
  await page.getByText('No alert. Within the last hour 40 reminders were sent, 1 failed.').waitFor();
  await page.screenshot(shot('admin-few-1440-en'));

  await remindersSince(5, { state: 'planned', armed: true, wakeAt: now }, 3);
  await remindersSince(10, { state: 'failed', settledAt: now }, 2);
  const deferredFrom = new Date(now.getTime() - 3 * 60_000);
  await remindersSince(-1, { state: 'planned', attempts: 2, armed: true, wakeAt: now, deferredFrom }, 7);
  await world.app.get(ReminderWatch).look();
  await page.goto(`${world.url}/inbox`);
  await page.getByText('You administer this installation.').first().waitFor();
  await page.getByRole('link', { name: 'Reminders are late: 3 wait' }).click();
  await page.getByText('3 wait; the first was due 5 minutes ago.').waitFor();
  await page.getByText('3 of 43 failed within the last hour, the first 12 minutes ago.').waitFor();
  await page.getByText('7 wait; the first was due 3 minutes ago. What is shown in Cordée came in time.').waitFor();
  await page.getByText('MongoDB answers. Redis answers.').waitFor();
  await page.screenshot(shot('admin-1440-en'));

  await page.getByRole('link', { name: 'Queues' }).click();
  const all = [
    'Reminders are late: 3 wait',
    'Emails of reminders are put off: 7 wait',
    'Reminders fail: 3 of 43 within an hour',
  ];
  await page.getByText(all.join(' · ')).waitFor();
  await page.screenshot(shot('queues-1440-en'));
  await look(page, `${world.url}/admin`, (locale) => admin.client.patch('/api/me', { locale }));
  await page.getByText('3 rappels attendent ; le plus ancien était prévu il y a 5').waitFor();
  await page.screenshot(shot('admin-390-fr'));

  // A phone: what is wrong stands at the foot, and leads back.
  await admin.client.patch('/api/me', { locale: 'fr' });
  await page.goto(`${world.url}/admin/queues`);
  await page.getByText('Aucun worker').first().waitFor();
  const bar = page.getByRole('alert').filter({ hasText: 'Des rappels échouent' });
  const { y = 0, height = 0 } = (await bar.boundingBox()) ?? {};
  expect(y + height).toBe(page.viewportSize()!.height);
  expect(y).toBeGreaterThan(page.viewportSize()!.height / 2);
  await page.screenshot(shot('queues-390-fr'));
  const [ok, away] = [{ ok: true }, { ok: false, detail: 'no answer within 1500 ms' }];
  const parts = { mongodb: ok, redis: away, redisEviction: away };
  await page.route('**/readyz', (route) => route.fulfill({ status: 503, json: { status: 'not ready', parts } }));
  await page.getByRole('link', { name: 'Que faire d’abord' }).click();
  await page.getByText('MongoDB répond.').waitFor();
  await page.locator('b', { hasText: 'Redis ne répond pas.' }).waitFor();
  await page.screenshot(shot('admin-parts-390-fr'));
  await admin.client.patch('/api/me', { locale: 'en' });

  await world.db.collection('reminders').deleteMany({ 'subject.id': { $exists: true } });
  await world.app.get(ReminderWatch).look();
  await page.goto(`${world.url}/admin`);
  await page.getByText('Reminders were late. They go out in time again').waitFor();
  await page.screenshot(shot('admin-again-390-en'));
  expect(problems).toEqual([]);
  await page.context().close();
});
