import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage, turn } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, inColours, settledPage } from '../../support/pages.js';

/** The programme team prepares invitations, and sends them when the day has come. */
let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
beforeEach(async () => {
  cohortId = await aCohort(world, { name: 'Cohort 7' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function open(
  tab: string,
  how: { width?: number; height?: number; expected?: number[] } = {},
  person = staff,
): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, how);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/people/import?tab=${tab}`);
  return page;
}
const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png` });
};
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const invite = async (names: readonly string[], sendAt?: string) => {
  const people = names.map((name) => ({
    email: `${name.split(' ')[0]!.toLowerCase()}.${cohortId}@people.test`,
    name,
    role: 'fellow',
  }));
  const answer = await staff.client.post(`/api/cohorts/${cohortId}/invitations`, { people, sendAt });
  expect(answer.body.created).toBe(names.length);
  return people.map(({ email }) => email);
};
const rowOf = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

it('given one person, then they are invited at once, on a day or not yet, and the page says which', async () => {
  const page = await open('one', { expected: [422] });
  const fill = async (name: string) => {
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Email').fill(`${name.toLowerCase()}.${cohortId}@people.test`);
  };
  await fill('Ana');
  await page.getByRole('radio', { name: 'Later, manually' }).check();
  await page.getByText('You can copy its link already.').waitFor();
  await page.getByRole('button', { name: 'Save invitation' }).click();
  await page.getByText('Invitation for Ana saved. No email is sent until you send it.').waitFor();

  await fill('Ben');
  await page.getByRole('radio', { name: 'On a date' }).check();
  await page.getByRole('button', { name: 'Save invitation' }).click();
  await eventually(async () =>
    expect(await page.getByLabel('Day', { exact: true }).getAttribute('aria-invalid')).toBe('true'),
  );
  await page.getByLabel('Day', { exact: true }).fill(dayIn(-1));
  await page.getByRole('button', { name: 'Save invitation' }).click();
  await page.getByText('Choose a time in the future.').waitFor();
  await page.getByLabel('Day', { exact: true }).fill(dayIn(20));
  await page.getByText('In the cohort’s time zone (Europe/Paris)').waitFor();
  await settledPage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'one-on-a-day');
  await page.getByRole('button', { name: 'Save invitation' }).click();
  await page.getByText('The email is sent on the chosen day.').waitFor();

  await page.getByRole('tab', { name: 'Invitations' }).click();
  await rowOf(page, 'Ana').getByText('Not sent yet').waitFor();
  await rowOf(page, 'Ben').getByText('Scheduled for').waitFor();
  expect([world.mail.asked(`ana.${cohortId}@people.test`), world.mail.asked(`ben.${cohortId}@people.test`)]).toEqual([
    0, 0,
  ]);
});

it('given a file, then its people are saved for later', async () => {
  const page = await open('file');
  const csv = `email,name,role\nzoe.${cohortId}@people.test,Zoé Arnoult,fellow\n`;
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByText('Emails are sent when you press Invite.').waitFor();
  await page.getByRole('radio', { name: 'Later, manually' }).check();
  await page.getByText('No email is sent until you send it from the list of invitations.').waitFor();
  await settledPage(page);
  await draw(page, 'file-not-yet');
  await page.getByRole('button', { name: 'Save 1 invitation' }).click();
  await page.getByText('1 invitation saved.').waitFor();
  await rowOf(page, 'Zoé Arnoult').getByText('Not sent yet').waitFor();
  await page.goto(`${world.url}/c/${cohortId}/people`);
  await rowOf(page, 'Zoé Arnoult').getByText('Not sent yet').waitFor();
  await settledPage(page);
  await draw(page, 'people-not-yet');
});

it('given some that are kept, planned and sent, then they are chosen by keyboard and sent at once, each says what became of it, and each gets one letter', async () => {
  const [sent] = await invite(['Sylvain Morel']);
  const kept = await invite(['Ana Lê', 'Ben Adler', 'Cyril Danjou'], 'not_yet');
  const [planned] = await invite(['Paul Ozanne'], `${dayIn(9)}T07:00:00.000Z`);
  await world.mail.to(sent!);
  const page = await open('sent');
  await rowOf(page, 'Paul Ozanne').getByText('Scheduled for').waitFor();
  await eventually(async () => expect(await rowOf(page, 'Sylvain Morel').innerText()).toContain('Sent'));

  await turn(page.getByRole('checkbox', { name: 'Select the invitation of Paul Ozanne' }), true);
  const bar = page.getByRole('group', { name: 'Selected invitations' });
  await bar.getByRole('button', { name: 'Unschedule' }).press('Enter');
  await page.getByText('1 invitation updated.').waitFor();
  await rowOf(page, 'Paul Ozanne').getByText('Not sent yet').waitFor();

  await page.getByRole('button', { name: 'Select 4 not sent' }).press('Enter');
  await bar.getByText('4 selected').waitFor();
  await turn(page.getByRole('checkbox', { name: 'Select the invitation of Cyril Danjou' }), false);
  await turn(page.getByRole('checkbox', { name: 'Select the invitation of Sylvain Morel' }), true);
  await settledPage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'chosen-wide');
  await bar.getByRole('button', { name: 'Send now' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Send 4 emails now?' });
  await dialog.getByText('3 people receive a first email. 1 person receives it again.').waitFor();
  await settledPage(page);
  await draw(page, 'asked');
  await dialog.getByRole('button', { name: 'Send 4 emails' }).press('Enter');
  // Whoever was written to a moment ago gets no other letter.
  await page.getByText('3 invitations updated. 1 not updated: see its row.').waitFor();
  await rowOf(page, 'Sylvain Morel').getByText('Just sent; not sent again').waitFor();
  for (const name of ['Ana Lê', 'Ben Adler', 'Paul Ozanne'])
    await rowOf(page, name)
      .getByText(/Sending|Sent/)
      .waitFor();
  for (const email of [...kept.slice(0, 2), planned!]) expect(await world.mail.to(email)).toHaveLength(1);
  expect([world.mail.asked(kept[2]!), world.mail.asked(sent!)]).toEqual([0, 1]);
  await settledPage(page);
  await draw(page, 'outcomes-wide');

  await page.getByRole('button', { name: 'Select 1 not sent' }).click();
  await bar.getByRole('button', { name: 'Schedule' }).click();
  const day = page.getByRole('dialog', { name: 'Schedule 1 email' });
  await day.getByLabel('Day', { exact: true }).fill(dayIn(30));
  await settledPage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'set-a-day');
  await day.getByRole('button', { name: 'Schedule' }).click();
  await rowOf(page, 'Cyril Danjou').getByText('Scheduled', { exact: true }).waitFor();

  await rowOf(page, 'Cyril Danjou').getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('No letter goes.').waitFor();
  await page.getByRole('button', { name: 'Withdraw invitation', exact: true }).click();
  await rowOf(page, 'Cyril Danjou').getByText('Withdrawn', { exact: true }).waitFor();
});

it('given letters that go in parts, one of which fails, then what was done stands, the others stay chosen, and nobody who had a letter meanwhile gets a second one', async () => {
  const [sent] = await invite(['Sylvain Morel']);
  await invite(['Ana Lê'], 'not_yet');
  const [planned] = await invite(['Paul Ozanne'], `${dayIn(9)}T07:00:00.000Z`);
  await world.mail.to(sent!);
  const page = await open('sent', { expected: [429] });
  await rowOf(page, 'Paul Ozanne').getByText('Scheduled for').waitFor();
  await eventually(async () => expect(await rowOf(page, 'Sylvain Morel').innerText()).toContain('Sent'));
  // A colleague sends it; the page that is open does not know.
  const path = `/api/cohorts/${cohortId}/invitations`;
  const list = async () => (await staff.client.get(path)).body.items as any[];
  const { id } = (await list()).find(({ email }) => email === planned);
  expect((await staff.client.post(`${path}/${id}/send`)).status).toBe(200);
  await eventually(async () => expect((await list()).find((one) => one.id === id).letter).toBe('sent'));

  await page.route(`**${path}/letters`, async (route) => {
    const isFirst = route.request().postDataJSON().firstOnly === true;
    const body = { type: 'about:blank', title: 'Too many', status: 429, code: 'invitations_day_full' };
    await (isFirst
      ? route.continue()
      : route.fulfill({ status: 429, json: body, contentType: 'application/problem+json' }));
  });
  await turn(page.getByRole('checkbox', { name: 'Select all' }), true);
  const bar = page.getByRole('group', { name: 'Selected invitations' });
  await bar.getByRole('button', { name: 'Send now' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('2 people receive a first email. 1 person receives it again.').waitFor();
  await dialog.getByRole('button', { name: 'Send 3 emails' }).click();
  await dialog.getByText('You have reached today’s limit of invitations. Continue tomorrow.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await rowOf(page, 'Paul Ozanne').getByText('Already sent; not sent again').waitFor();
  await rowOf(page, 'Ana Lê')
    .getByText(/Sending|Sent/)
    .waitFor();
  await bar.getByText('1 selected').waitFor();
  expect([world.mail.asked(planned!), world.mail.asked(sent!)]).toEqual([1, 1]);
});

it('fits a phone, in the dark and in French', async () => {
  await invite(['Sylvain Morel']);
  await invite(['Ana Lê', 'Ben Adler'], 'not_yet');
  await invite(['Paul Ozanne'], `${dayIn(9)}T07:00:00.000Z`);
  const french = await aMember(world, cohortId, 'staff', { name: 'Odile Marchal', locale: 'fr' });
  const page = await open('sent', { width: 390, height: 844 }, french);
  await page.getByRole('button', { name: 'Sélectionner 3 non envoyées' }).click();
  await page.getByRole('group', { name: 'Invitations sélectionnées' }).waitFor();
  for (const colours of ['light', 'dark'] as const) {
    await inColours(page, colours);
    await settledPage(page);
    await expectAWholePage(page);
    await expectNoAxeViolations(page);
    await draw(page, `french-390-${colours}`);
  }
  await rowOf(page, 'Ana Lê').getByRole('button', { name: 'Retirer' }).click();
  await page.getByText('Aucun message ne part.').waitFor();
  await page.keyboard.press('Escape');
  await page.goto(`${world.url}/c/${cohortId}/people/import?tab=one`);
  await page.getByRole('radio', { name: 'À une date' }).check();
  await page.getByLabel('Jour', { exact: true }).fill(dayIn(20));
  await page.getByLabel('Jour', { exact: true }).scrollIntoViewIfNeeded();
  await settledPage(page);
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'french-390-one');
});
