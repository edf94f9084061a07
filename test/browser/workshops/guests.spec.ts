import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signedInPage, turn } from '../../support/browser.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aGuest, aPublicWorkshop, mailTo } from '../../support/rooms/guests.js';
import { expectAWholePage, expectNoAxeViolations } from '../../support/pages.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const HOUR = 3_600_000;

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let host: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2, now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  host = await aMember(world, cohortId, 'coach', { name: 'Pauline Savary' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

const LABEL_IN_FOCUS = `document.activeElement?.labels?.[0]?.textContent ?? ''`;
const hourIn = (hours: number) => `${new Date(Date.now() + hours * HOUR).toISOString().slice(0, 13)}:00:00.000Z`;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

it('given a host opens a page, then somebody from outside finds it, registers, confirms by the mail and gives the place up', async () => {
  const { id } = await aWorkshop(host, cohortId, {
    ...{ title: 'Open evening', capacity: 5, startsAt: hourIn(50), endsAt: hourIn(52) },
  });
  const { page: screen, problems } = await signedInPage(browser, host, world.nodes[0]!.url, { width: 390 });
  opened.push(problems);
  await screen.goto(`${world.nodes[0]!.url}/c/${cohortId}/workshops/${id}`);
  await button(screen, 'More actions').click();
  await screen.getByRole('menuitem', { name: 'Public page…' }).click();
  await turn(screen.getByLabel('Anyone with the link can see this workshop'), true);
  await screen.getByRole('checkbox', { name: 'Pauline Savary' }).check();
  await turn(screen.getByLabel('Allow guests to register'), true);
  await screen.getByLabel('Allow guests to bring someone').check();
  await button(screen, 'Add question').click();
  await screen.getByRole('textbox', { name: 'Question 1' }).fill('What do you eat?');
  await screen.getByRole('combobox', { name: 'Answer type' }).selectOption('choice');
  await screen.getByLabel('Options, one per line').fill('Everything\nNo meat');
  await screen.getByLabel('Required').check();
  await expectNoAxeViolations(screen);
  await button(screen, 'Save').click();
  await screen.getByText('No guests yet').waitFor();
  const path = await screen.getByRole('link', { name: 'Public page' }).getAttribute('href');

  const guest = await openPage(browser, {
    ...{ viewport: { width: 390, height: 844 }, timezoneId: 'America/Montreal', expected: [404, 422] },
  });
  opened.push(guest.problems);
  const { page } = guest;
  await page.goto(`${world.nodes[1]!.url}${path}`);
  await page.getByRole('heading', { name: 'Open evening' }).waitFor();
  await page.getByText('where you are (America/').waitFor();
  await page.getByText('With Pauline Savary').waitFor();
  // Half of five, rounded up: the others stay free for members.
  await page.getByText('3 places left').waitFor();
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
  await page.getByLabel('Your name').fill('Ada Guest');
  await page.getByLabel('Your email address').fill('ada@guests.test');
  await page.getByLabel('I am bringing someone').check();
  await button(page, 'Register').click();
  await page.locator('.mantine-InputWrapper-error').waitFor();
  await page.getByLabel('What do you eat?').selectOption('No meat');
  await button(page, 'Register').click();
  await page.getByText('we have written to ada@guests.test').waitFor();

  const mail = await mailTo(world, 'ada@guests.test', 'Confirm your registration');
  const link = new URL(/\S+\/guest\/\S+/.exec(mail.text ?? '')![0]).pathname;
  await page.goto(`${world.nodes[0]!.url}${link}`);
  await button(page, 'Confirm registration').waitFor();
  await expectNoAxeViolations(page);
  await button(page, 'Confirm registration').click();
  await page.getByText('You have a place', { exact: true }).waitFor();
  await page.getByText('The same applies to the person with you.').waitFor();
  await expectAWholePage(page);
  await screen.getByText('ada@guests.test').waitFor();
  await screen.getByText('No meat').waitFor();
  await expectNoAxeViolations(screen);
  await expectAWholePage(screen);

  await button(page, 'Give up my place').click();
  await page.getByRole('link', { name: 'Register again' }).waitFor();
  await expectAWholePage(page);
  await screen.getByText('Cancelled').waitFor();

  world.mail.answer('gone@guests.test', 550, '5.1.1 no such mailbox');
  await page.goto(`${world.nodes[0]!.url}${path}`);
  await page.getByLabel('Your name').fill('Bo Guest');
  await page.getByLabel('Your email address').fill('gone@guests.test');
  await page.getByLabel('What do you eat?').selectOption('No meat');
  await button(page, 'Register').click();
  await page.getByText('we have written to gone@guests.test').waitFor();
  // What the mail server said is written a moment after it was asked.
  await eventually(async () => {
    const { items } = (await host.client.get(`/api/cohorts/${cohortId}/workshops/${id}/guests`)).body;
    expect(items).toContainEqual(
      expect.objectContaining({ refused: expect.objectContaining({ answer: '550 5.1.1' }) }),
    );
  });
  expect(world.mail.asked('gone@guests.test')).toBe(1);
  await screen.reload();
  await screen.getByText('Email rejected: 550 5.1.1').waitFor();
  await expectNoAxeViolations(screen);
});

it('given a host takes a guest’s place back, then they are asked first, the place is free, and the guest finds none', async () => {
  const times = { startsAt: hourIn(60), endsAt: hourIn(62) };
  const workshop = await aPublicWorkshop(host, cohortId, { title: 'Open afternoon', capacity: 4, ...times });
  const link = await aGuest(world, workshop.guests, 'ended@guests.test', { name: 'Eve Guest' });
  await clientOf(world.url).post(`${link}/confirm`);
  const { page, problems } = await signedInPage(browser, host, world.nodes[0]!.url, { width: 390 });
  opened.push(problems);
  await page.goto(`${world.nodes[0]!.url}/c/${cohortId}/workshops/${workshop.id}`);
  await button(page, 'Remove Eve Guest').click();
  const dialog = page.getByRole('dialog', { name: 'Remove Eve Guest?' });
  await dialog.getByText('They lose the place, and hear of it by email.').waitFor();
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Keep guest' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Registered', { exact: true }).waitFor();
  await button(page, 'Remove Eve Guest').click();
  await dialog.getByRole('button', { name: 'Remove guest' }).click();
  await page.getByText('Cancelled').waitFor();
  expect(await button(page, 'Remove Eve Guest').count()).toBe(0);
  await expectAWholePage(page);
  await mailTo(world, 'ended@guests.test', 'You have no place any more');
});

it('given nothing is filled in, then all that is missing is said at once and the first of it has the focus, down to radios', async () => {
  const questions = [
    { id: 'diet', kind: 'choice', label: 'What do you eat?', required: true, options: ['Everything', 'No meat'] },
    { id: 'ramp', kind: 'yesno', label: 'Do you need the ramp?', required: true },
    { id: 'else', kind: 'text', label: 'Anything else?', required: false },
  ];
  const times = { startsAt: hourIn(70), endsAt: hourIn(72) };
  const { page: address } = await aPublicWorkshop(host, cohortId, { title: 'Open morning', ...times }, { questions });
  const { page, problems } = await openPage(browser, { viewport: { width: 390, height: 844 } });
  opened.push(problems);
  const asked: string[] = [];
  page.on('request', (request) => void (request.method() === 'POST' && asked.push(request.url())));
  await page.goto(`${world.nodes[0]!.url}${address.replace('/api/public/workshops/', '/w/')}`);
  const errors = page.locator('.mantine-InputWrapper-error');
  const hasFocus = (name: string) =>
    eventually(async () => expect(await page.evaluate(LABEL_IN_FOCUS)).toContain(name));

  await button(page, 'Register').click();
  await errors.nth(3).waitFor();
  expect(await errors.count()).toBe(4);
  await hasFocus('Your name');
  await expectNoAxeViolations(page);

  await page.getByLabel('Your name').fill('Ada Guest');
  await page.getByLabel('Your email address').fill('ada-2@guests.test');
  await button(page, 'Register').click();
  await hasFocus('What do you eat?');
  expect(await errors.count()).toBe(2);

  await page.getByLabel('What do you eat?').selectOption('No meat');
  await button(page, 'Register').click();
  await page.waitForFunction(`document.activeElement?.type === 'radio'`);
  expect(await errors.count()).toBe(1);
  expect(asked.filter((url) => url.includes('/guests'))).toEqual([]);

  await page.getByLabel('No', { exact: true }).check();
  await button(page, 'Register').click();
  await page.getByText('we have written to ada-2@guests.test').waitFor();
});
