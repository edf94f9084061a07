import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { clientOf } from '../../support/client.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

/** The programme team meets who is invited in its pickers: grey, marked, and to be chosen where that can hold. */
let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let invitationUrl: string;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world, { name: 'Cohort 7' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  coach = await aMember(world, cohortId, 'coach', { name: 'Karim Haddad' });
  const people = [{ email: 'zoe@people.test', name: 'Zoé Arnoult', role: 'coach' }];
  await staff.client.post(`/api/cohorts/${cohortId}/invitations`, { people });
  invitationUrl = (await staff.client.get(`/api/cohorts/${cohortId}/invitations`)).body.items[0].url;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function open(person: TestPerson, path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/${path}`);
  return page;
}

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const plannedIn = (days: number) => ({
  startsAt: `${dayIn(days)}T12:00:00.000Z`,
  endsAt: `${dayIn(days)}T14:00:00.000Z`,
});
const offered = (page: Page) => page.getByRole('option', { name: /Zoé Arnoult/ });

it('given pickers of people who have to be there, then staff see who is invited, greyed out with the reason, and a coach sees nobody', async () => {
  const { id } = await aWorkshop(staff, cohortId, { hosts: [coach.id], reserved: 2, ...plannedIn(3) });
  const page = await open(staff, `workshops/${id}`);
  await page.getByRole('combobox', { name: 'Give a place to' }).click();
  await offered(page).getByText('Available once they have joined').waitFor();
  expect(await offered(page).getAttribute('data-combobox-disabled')).toBe('true');

  const theirs = await open(coach, `workshops/${id}`);
  await theirs.getByRole('combobox', { name: 'Give a place to' }).click();
  await theirs.getByRole('option', { name: 'Aurore Tessier' }).waitFor();
  expect(await offered(theirs).count()).toBe(0);
});

it('given a workshop that staff plan with an invited host, then its page says so, and once they have joined they host it', async () => {
  const { id } = await aWorkshop(staff, cohortId, { title: 'Plain words', ...plannedIn(5) });
  const page = await open(staff, `workshops/${id}/edit`);
  const hosts = page.getByRole('combobox', { name: 'Hosts' });
  await hosts.click();
  await offered(page).getByText('Invited', { exact: true }).waitFor();
  await hosts.pressSequentially('zo');
  await offered(page).click();
  await page.getByText('Zoé Arnoult').first().waitFor();
  await page.keyboard.press('Escape');
  await offered(page).waitFor({ state: 'hidden' });
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const shown = page.getByRole('region', { name: 'Hosted by' });
  await shown.getByText('Invited', { exact: true }).waitFor();

  const token = invitationUrl.split('/').at(-1)!;
  await clientOf(world.url).post(`/api/auth/invitations/${token}/accept`, { password: PASSWORD });
  await shown.getByRole('link', { name: 'Zoé Arnoult' }).waitFor();
  expect(await shown.getByText('Invited', { exact: true }).count()).toBe(0);
});
