import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage } from '../../support/pages.js';
import { rowsIn } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  const startsAt = `${new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)}T10:00:00.000Z`;
  const workshop = await aWorkshop(staff, cohortId, {
    link: MEETING,
    ...{ title: 'Data walk', startsAt, endsAt: startsAt.replace('T10', 'T11') },
  });
  await fellow.client.put(`${workshop.path}/registration`, {});
  await rowsIn(world, workshop.id, 'planned', 4);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

/** 422 and 409: what is refused here is refused on purpose. */
async function open(path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, staff, world.url, { expected: [409, 422] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  return page;
}

const change = (page: Page, rung: string) => page.getByRole('button', { name: `Edit: ${rung}` });

it('given a rung is edited by keyboard, then it is shown as it reads, refused where it cannot be, saved, and in the list of changes', async () => {
  const page = await open('/reminders/ladder');
  await change(page, 'Workshop, 24 hours before').press('Enter');
  const form = page.getByRole('form', { name: 'Workshop, 24 hours before' });
  await form.getByLabel('Hours before').fill('80');
  await form.getByRole('button', { name: 'Save' }).press('Enter');
  await form.getByText('Choose between 4 and 72.').waitFor();
  await form.getByLabel('Hours before').fill('48');
  await form.getByLabel('Use custom text').check();
  // The language of the cohort alone is asked, and an empty field is marked.
  expect(await form.getByLabel('In English').count()).toBe(0);
  await form.getByRole('button', { name: 'Save' }).press('Enter');
  await form.getByText('Enter the text to send.').waitFor();
  expect(await form.getByLabel('In French').getAttribute('aria-invalid')).toBe('true');
  await form.getByLabel('In French').fill('Apportez votre formulaire à {titre}.');
  await form.getByRole('button', { name: 'Preview' }).click();
  await form.getByText('Only these variables work in braces').waitFor();
  await form.getByLabel('In French').fill('Apportez votre formulaire à {title}.');
  await form.getByRole('button', { name: 'Preview' }).click();
  // Who reads English has the sentence of the cohort until there is another one.
  await eventually(async () => expect(await form.getByText('Apportez votre formulaire à Data walk.').count()).toBe(2));
  await form.getByLabel('Separate text for English readers').check();
  await form.getByLabel('In English').fill('Bring your form to {title}.');
  await form.getByRole('button', { name: 'Preview' }).click();
  await form.getByText('Bring your form to Data walk.').waitFor();
  await form.getByText('Apportez votre formulaire à Data walk.').waitFor();
  await expectAWholePage(page);
  await form.getByRole('button', { name: 'Save' }).press('Enter');
  await change(page, 'Workshop, 48 hours before').waitFor();
  // The focus is where it was when the form was opened.
  await page.waitForFunction(`document.activeElement?.dataset.rung === 'workshop.24h'`);
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('dialog').getByText('48 hours before').waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Reset to defaults' }).click();
  await page.getByRole('button', { name: 'Reset rules' }).click();
  await change(page, 'Workshop, 24 hours before').waitFor();
});

it('given nothing of a kind is planned, then it is shown on an invented example, and a trial comes by mail', async () => {
  const page = await open('/reminders/ladder');
  await change(page, 'Session, 1 hour before').click();
  const form = page.getByRole('form', { name: 'Session, 1 hour before' });
  await form.getByRole('button', { name: 'Preview' }).click();
  await form.getByText('Example in English').waitFor();
  await form.getByText(/^Session with Karim Haddad/).waitFor();
  await form.getByRole('button', { name: 'Send me a test' }).click();
  await form.getByText('A test is on its way to your address.').waitFor();
  const [letter] = await world.mail.to(staff.email);
  expect(letter!.subject).toContain('Karim Haddad');
  await expectAWholePage(page);
});

it('given somebody of the team was faster, then that is said, and the rules are shown as they are now', async () => {
  const page = await open('/reminders/ladder');
  await change(page, 'Session, 1 hour before').click();
  const form = page.getByRole('form', { name: 'Session, 1 hour before' });
  await form.getByLabel('Minutes before').fill('90');
  const path = `/api/cohorts/${cohortId}/reminders/ladder`;
  const { revision } = (await staff.client.get(path)).body;
  const rung = { kind: 'milestone.3d', on: true, count: 5, channels: ['inbox', 'mail'], text: null };
  expect((await staff.client.put(path, { revision, rungs: [rung] })).status).toBe(200);
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Somebody of the team changed the rules meanwhile.').waitFor();
  await form.getByRole('button', { name: 'Save' }).click();
  await change(page, 'Session, 90 minutes before').waitFor();
  await change(page, 'Milestone, 5 days before').waitFor();
});

it('given a pause is set for the cohort, then it is kept, and one that ends before it begins is refused at its field', async () => {
  const page = await open('/settings/closed-days');
  await page.getByRole('button', { name: 'Add break' }).click();
  const pause = page.getByRole('group', { name: 'Break 1' });
  await pause.getByLabel('Name').fill('Breathing days');
  const named = page.getByRole('group', { name: 'Breathing days' });
  await named.getByLabel('First day').fill('2027-02-15');
  await named.getByLabel('Last day').fill('2027-02-10');
  await page.getByRole('button', { name: 'Save breaks and country' }).click();
  await named.getByLabel('Last day').and(page.locator('[aria-invalid="true"]')).waitFor();
  await named.getByLabel('Last day').fill('2027-02-21');
  await page.getByRole('button', { name: 'Save breaks and country' }).click();
  await page.getByText('Saved').waitFor();
  await page.reload();
  await page.getByRole('group', { name: 'Breathing days' }).waitFor();
});
