import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage, takeTool } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { channelOf, say } from '../../support/rooms/chat.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let C: string;
let [ines, leo]: TestPerson[] = [];
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', locale: 'fr' });
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
const aTopic = async (title: string): Promise<string> =>
  (await ines!.client.post(`${C}/topics`, { title, body: 'Who may?', tags: [] })).body.id;

it('given a topic, then its card goes to a channel with words of mine, and the topic leads there', async () => {
  const topic = await aTopic('Who signs a licence?');
  const page = await open(`/forum/${topic}`);
  await page.getByRole('button', { name: 'Discuss now' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /What you say with it/ }).fill('Who is around?');
  await expectNoAxeViolations(page);
  await draw(page, 'discuss-dialog');
  await dialog.getByRole('button', { name: 'Discuss there' }).click();
  await page.getByText('Who is around?').waitFor();
  await page.locator(`a[href$="/c/${cohortId}/forum/${topic}"]`).waitFor();
  await draw(page, 'discuss-channel');

  const phone = await open(`/forum/${topic}`, leo, { width: 390, height: 844 });
  await phone.emulateMedia({ colorScheme: 'dark' });
  const there = phone.getByRole('link', { name: /^#/ }).last();
  await phone.getByText('On en discute dans').scrollIntoViewIfNeeded();
  await expectNoAxeViolations(phone);
  await draw(phone, 'discuss-topic-phone');
  await there.click();
  await phone.getByText('Who is around?').waitFor();
});

it('given a message, then it stands in the reply to a topic, and leads back once it is posted', async () => {
  const topic = await aTopic('Which licence fits code?');
  const { id: channel } = await channelOf(ines!, 'cohort');
  await say(leo!, channel, 'The **EUPL** fits best.');
  const page = await open(`/chat/${channel}`);
  await takeTool(page, 'fits best.', 'More actions');
  await page.getByRole('menuitem', { name: /Share/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'As a reply to a topic' }).fill('licences');
  await page.getByRole('option', { name: 'Which licence fits code?' }).click();
  await expectNoAxeViolations(page);
  await draw(page, 'carry-dialog');
  await dialog.getByRole('button', { name: 'Write the reply' }).click();
  await page.getByRole('heading', { level: 1, name: 'Which licence fits code?' }).waitFor();
  const reply = page.getByRole('region', { name: 'Your reply' }).getByRole('textbox');
  await eventually(async () => expect(await reply.inputValue()).toMatch(/^https?:\S+$/));
  expect(new URL(page.url()).search).toBe('');
  await draw(page, 'carry-reply');
  await page.getByRole('region', { name: 'Your reply' }).getByRole('button', { name: 'Send reply' }).click();
  await page.locator(`a[href*="/chat/${channel}?message="]`).first().waitFor();
  const { items } = (await ines!.client.get(`${C}/topics/${topic}/posts`)).body;
  expect(items.at(-1).body).toContain(`/chat/${channel}?message=`);
});
