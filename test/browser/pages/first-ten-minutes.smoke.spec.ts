import { Types } from 'mongoose';
import type { Browser, Page } from 'playwright-core';
import { DAY } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signIn } from '../../support/browser.js';
import { NO_HOLIDAYS, PASSWORD, aPerson } from '../../support/factories.js';

const PEOPLE = {
  staff: 'aurore@people.test',
  coach: 'tomasz@people.test',
  fellow: 'ines@people.test',
  teammate: 'karim@people.test',
};
const PROJECT = 'Permits in plain sight';
const CSV = [
  'email;name;role;craft;project;locale',
  `${PEOPLE.fellow};Inès Carpentier;fellow;data;${PROJECT};en`,
  `${PEOPLE.teammate};Karim Haddad;felow;developer;${PROJECT};en`,
  `${PEOPLE.coach};Tomasz Wilk;coach;;;en`,
  `sylvain@people.test;Sylvain Gauthier;host;;${PROJECT};fr`,
].join('\n');

let world: TestWorld;
let browser: Browser;
const opened: { who: string; problems: string[] }[] = [];
/** Everybody's page, left open from one step to the next as in life. */
const at: Record<string, Page> = {};

beforeAll(async () => {
  world = await startWorld({ nodes: 2, now: new Date().toISOString() });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.filter(({ problems }) => problems.length > 0)).toEqual([]));

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name, exact: true });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();
/** A date `days` from now, as a date field wants it. */
const dateIn = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

async function open(who: string, node: 0 | 1, timezoneId = 'Europe/Paris'): Promise<Page> {
  const { page, problems } = await openPage(browser, { timezoneId });
  opened.push({ who, problems });
  at[who] = page;
  await page.goto(world.nodes[node]!.url);
  return page;
}

/** Opens the link of the newest mail to somebody, sets what is asked, and goes in. */
async function accept(who: keyof typeof PEOPLE, node: 0 | 1, as: string, zone = 'Europe/Paris'): Promise<Page> {
  const [mail] = await world.mail.to(PEOPLE[who]);
  const invitation = /https?:\/\/\S+?(\/invitation\/[\w.-]+)/.exec(mail!.text ?? '')?.[1];
  const page = await open(who, node, zone);
  await page.goto(`${world.nodes[node]!.url}${invitation}`);
  await page.getByLabel('Choose a password').first().fill(PASSWORD);
  await page.getByText('Long enough').waitFor();
  expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe(zone.replaceAll('_', ' '));
  await page.getByText(/^It is \d\d:\d\d there\. Correct\?$/).waitFor();
  await button(page, as).click();
  await heading(page, 'My week');
  return page;
}

/** The channel's address and composer, by its name in the rail. */
async function openChannel(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name }).click();
  await page.waitForURL(/\/chat\//);
  await page.getByPlaceholder(/^Message #/).waitFor();
}

it('staff: a cohort from the template, its team invited by mail', async () => {
  const admin = await aPerson(world, { name: 'Odile Marchal', isAdmin: true });
  const page = await open('admin', 0);
  await signIn(page, admin, world.url);
  await heading(page, 'Installation');
  await button(page, 'New cohort').first().click();
  const dialog = page.getByRole('dialog', { name: 'New cohort' });
  await dialog.getByLabel('Name').fill('Cohort 7');
  await dialog.getByLabel('First day').fill(dateIn(-3));
  await dialog.getByLabel('Language').selectOption('en');
  await dialog.getByRole('button', { name: 'Make the cohort' }).click();
  await page.waitForURL(/\/c\/[0-9a-f]{24}\/settings/);
  await link(page, 'Milestones').click();
  await page.getByText('Closing day').waitFor();
  // Nobody is asked about a closed day, on whatever day this runs.
  const _id = new Types.ObjectId(/[0-9a-f]{24}/.exec(page.url())![0]);
  await world.db.collection('cohorts').updateOne({ _id }, { $set: { country: NO_HOLIDAYS } });

  await page.goto(page.url().replace(/\/settings.*/, '/people/import'));
  await page.getByRole('tab', { name: 'One person' }).click();
  await page.getByLabel('Name').fill('Aurore Tessier');
  await page.getByLabel('Email', { exact: true }).fill(PEOPLE.staff);
  await page.getByLabel('Role').selectOption('staff');
  await button(page, 'Send invitation').click();
  await page.getByText('Invitation sent to Aurore Tessier.').waitFor();
});

it('staff: a CSV with a wrong line, put right in the dry run, then invitations and a workshop', async () => {
  const page = await accept('staff', 0, 'Join as the programme team');
  await link(page, 'Projects').click();
  await button(page, 'New project').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').first().fill(PROJECT);
  await dialog.getByLabel('Agency').fill('Prefecture of Isère');
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await page.getByText(PROJECT).first().waitFor();

  await link(page, 'People').click();
  await link(page, 'Invite people').click();
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) };
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByText('3 valid lines').waitFor();
  await page.getByText('Unknown role').waitFor();
  expect(world.mail.mails.filter(({ text }) => text?.includes('Karim'))).toEqual([]);
  await page.getByLabel('Replacement for the role, line 3').selectOption('fellow');
  await button(page, 'Apply').click();
  await button(page, 'Invite 4 people').click();
  await page.getByText('4 invitations sent.').waitFor();
  await world.mail.to('sylvain@people.test');

  await link(page, 'Workshops').click();
  await link(page, 'New workshop').first().click();
  await page.getByLabel('Title').fill('Impact assessment, by hand');
  await page.getByLabel('Date', { exact: true }).fill(dateIn(2));
  await page.getByLabel('From').fill('10:00');
  await page.getByLabel('To', { exact: true }).fill('12:00');
  await page.getByLabel('Room').fill('Room Vercors');
  await button(page, 'Save draft').click();
  await button(page, 'Publish').click();
  await page.getByText('Draft: visible').waitFor({ state: 'detached' });
});

it('coach: hours, an exception, cap and pause, seen as a fellow sees them', async () => {
  const page = await accept('coach', 0, 'Join as a coach');
  await link(page, 'Set my availability').click();
  await heading(page, 'My availability');
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']) {
    await page.getByRole('switch', { name: day }).check();
  }
  await page.getByLabel('Monday, from').first().fill('08:30');
  await button(page, 'Add date').click();
  await page.getByLabel('From', { exact: true }).fill(dateIn(5));
  await button(page, 'Add').click();
  await button(page, /^Remove \d/).waitFor();
  await page.getByLabel('Maximum per day').selectOption('3');
  await page.getByLabel('Break after').selectOption('15');
  await page.getByLabel('Minimum notice').selectOption('1');
  await button(page, 'Next week').click();
  await page.getByText(/^\d+ free, \d+ hidden$/).waitFor();
  await button(page, 'Save').click();
  await page.getByText('Saved', { exact: true }).waitFor();
});

it('fellow: from the mail to my week, a workshop joined and a coach booked', async () => {
  const page = await accept('fellow', 0, 'Join as a fellow');
  await page
    .getByText(/phase 1 of 4/i)
    .first()
    .waitFor();

  await link(page, 'Workshops').click();
  await button(page, 'Join “Impact assessment, by hand”').click();
  await page.getByText('Registered', { exact: true }).waitFor();

  await link(page, 'Coaching').click();
  await button(page, /^\d\d:\d\d with Tomasz Wilk/)
    .first()
    .click();
  await page.getByLabel('What do you need?').fill('How do we watch people fill in the form?');
  await button(page, /^Book \d\d:\d\d$/).click();
  await heading(page, 'Session with Tomasz Wilk');
  await page.getByText('How do we watch people fill in the form?').waitFor();

  await link(page, 'My week').click();
  await page.getByText('Impact assessment, by hand').first().waitFor();
  await page.getByText('Session with Tomasz Wilk').first().waitFor();
});

it('fellow: says hello in a channel of theirs, and another browser on another process sees it at once', async () => {
  const theirs = await accept('teammate', 1, 'Join as a fellow', 'America/New_York');
  const mine = at.fellow!;
  const channels = mine.getByRole('navigation', { name: 'Channels' });
  for (const name of ['cohort-7', 'general-help', 'team-permits-in-plain-sight', 'craft-data']) {
    await channels.getByRole('link', { name }).waitFor();
  }
  await openChannel(theirs, 'cohort-7');
  await openChannel(mine, 'cohort-7');
  await mine.getByPlaceholder(/^Message #/).fill('Hello everybody, I am Inès');
  await mine.keyboard.press('Enter');
  await theirs.getByText('Hello everybody, I am Inès').waitFor();
  await theirs.getByPlaceholder(/^Message #/).fill('Welcome Inès!');
  await theirs.keyboard.press('Enter');
  await mine.getByText('Welcome Inès!').waitFor();
});

it('fellow: an address for their own calendar, which holds what they joined and booked', async () => {
  const page = at.fellow!;
  await page.goto(`${world.url}/settings/calendar`);
  await button(page, 'Create link').click();
  const address = await page.getByText(/\/calendar\/\S+\.ics$/).innerText();
  const feed = await fetch(`${world.url}${new URL(address).pathname}`);
  const calendar = await feed.text();
  expect(calendar).toContain('SUMMARY:Impact assessment\\, by hand');
  expect(calendar.match(/BEGIN:VEVENT/g)!.length).toBeGreaterThanOrEqual(2);
});

it('coach: sees the fellow, opens the next session, and writes a note whose readers are named before', async () => {
  const page = at.coach!;
  await link(page, 'Coaching').click();
  await page.getByRole('tab', { name: 'My fellows' }).click();
  await page
    .getByRole('row', { name: /Inès Carpentier/ })
    .getByRole('link', { name: /in|tomorrow|today|:/ })
    .first()
    .click();
  await heading(page, 'Session with Inès Carpentier');
  await page.getByText('How do we watch people fill in the form?').waitFor();
  await page.getByLabel('Write a note').fill('Ten visits are **enough**.');
  await page.getByLabel('Who can read this').selectOption('participants');
  await page.getByText('2 readers:').waitFor();
  await button(page, 'Save note').click();
  await page.getByText('Ten visits are enough.').waitFor();

  const fellow = at.fellow!;
  await link(fellow, 'My week').click();
  await fellow.getByText('Session with Tomasz Wilk').first().click();
  await fellow.getByText('Ten visits are enough.').waitFor();
});

it('staff: sees on the board who has not come', async () => {
  const page = at.staff!;
  await link(page, 'Board').click();
  await heading(page, 'Never signed in');
  await page.getByRole('region', { name: 'Never signed in' }).getByText('Sylvain Gauthier').waitFor();
  await page
    .getByRole('region', { name: 'Never signed in' })
    .getByText('Inès Carpentier')
    .waitFor({ state: 'detached' });
});
