import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { channelOf, say } from '../../support/rooms/chat.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let [ines, leo, sam]: TestPerson[] = [];
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', locale: 'fr' });
  sam = await aMember(world, cohortId, 'staff', { name: 'Sam Vidal' });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

async function open(path: string, as = ines!, options: object = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, as, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  return page;
}
const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png` });
};

it('given a thread, then it becomes a page, and each leads to the other', async () => {
  const { id: channel } = await channelOf(ines!, 'cohort');
  const root = await say(ines!, channel, 'Who may sign a licence?');
  await say(leo!, channel, 'The **host** signs.', root.id);
  const page = await open(`/chat/${channel}?thread=${root.id}`);
  await page.getByRole('link', { name: 'Make it a page of the handbook' }).waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'made-thread');
  await page.getByRole('link', { name: 'Make it a page of the handbook' }).click();
  await page.getByText('It begins with what the thread says.').waitFor();
  const title = page.getByRole('textbox', { name: 'Title in English' });
  expect(await title.inputValue()).toBe('Who may sign a licence?');
  expect(await page.getByRole('textbox', { name: 'Text in English' }).inputValue()).toContain('> @Léo Fabre');
  await draw(page, 'made-writing');
  await page.getByRole('button', { name: 'Add the page' }).click();
  await page.getByRole('heading', { level: 1, name: 'Who may sign a licence?' }).waitFor();
  await page.getByRole('link', { name: 'From a thread in chat' }).waitFor();
  await draw(page, 'made-page');
  await page.getByRole('link', { name: 'From a thread in chat' }).click();
  await page
    .getByRole('complementary', { name: 'Thread' })
    .getByRole('link', { name: 'Who may sign a licence?' })
    .waitFor();
  await expectNoAxeViolations(page);
});

it('given the minutes of a workshop on a phone in French and dark, then they become a page, and each leads to the other', async () => {
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  const times = { startsAt: `${day}T09:00:00.000Z`, endsAt: `${day}T10:00:00.000Z` };
  const { id } = await aWorkshop(sam!, cohortId, { title: 'Plain language', ...times });
  const minutes = { body: 'We agreed on **short words**.', revision: 0 };
  await sam!.client.put(`/api/cohorts/${cohortId}/workshops/${id}/minutes`, minutes);
  const page = await open(`/workshops/${id}`, leo, { width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  const make = page.getByRole('link', { name: 'En faire une page du guide' });
  await make.scrollIntoViewIfNeeded();
  await expectNoAxeViolations(page);
  await draw(page, 'made-minutes');
  await make.click();
  await page.getByText('Elle commence par le compte rendu.').waitFor();
  await page.getByRole('button', { name: 'Ajouter la page' }).click();
  await page.getByRole('heading', { level: 1, name: 'Plain language' }).waitFor();
  await page.getByText('Du compte rendu de').getByRole('link', { name: 'Plain language' }).click();
  await page.getByText('Dans le guide :').waitFor();
  await page.getByRole('link', { name: 'Plain language' }).last().click();
  await page.getByText('We agreed on').waitFor();
});
