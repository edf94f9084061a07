import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { OutsidePages } from '../../../src/infra/http/outside/outside-pages.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { openBrowser, signedInPage, turn } from '../../support/browser.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let ines: TestPerson;
let leo: TestPerson;
let room: string;
let address: string;
let asked = 0;
const site = createServer((_request, response) => {
  asked += 1;
  response
    .writeHead(200, { 'content-type': 'text/html' })
    .end('<title>The guide</title><meta name=description content="How to begin"><link rel=icon href=/icon.png>');
});
const opened: string[][] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/guide`;
  world = await startWorld({ now: new Date().toISOString(), env: { LINK_PREVIEWS: 'on' } });
  world.app.get(OutsidePages).allowed.push('127.0.0.1');
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  room = await aPrivateChannel(ines, cohortId, [leo]);
  browser = await openBrowser();
});
afterAll(async () => {
  site.closeAllConnections();
  site.close();
  await browser.close();
  await world.stop();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(opened.flat()).toEqual([]);
});

async function open(person: TestPerson, path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, {});
  opened.push(problems);
  await page.goto(`${world.url}${path}`);
  await page.locator('h1').waitFor();
  return page;
}
const chat = () => `/c/${cohortId}/chat/${room}`;
const guide = (page: Page) => page.getByRole('link', { name: 'The guide' });

it('given staff who switch it on, then a link shows its page live, its author takes that away, and no browser asked the page', async () => {
  const settings = await open(staff, `/c/${cohortId}/settings/link-previews`);
  const wanted = settings.getByRole('switch', { name: 'Show link previews' });
  await turn(wanted, true);
  await settings.getByText(/^Messages show the title/).waitFor();
  // It is shown before it is saved.
  await eventually(async () =>
    expect((await staff.client.get(`/api/cohorts/${cohortId}`)).body.linkPreviews).toBe('on'),
  );

  const [mine, his] = [await open(ines, chat()), await open(leo, chat())];
  await say(ines, room, `Look: ${address}`);
  await guide(his).waitFor();
  await guide(mine).waitFor();
  expect(await guide(his).getAttribute('href')).toBe(address);
  expect(await guide(his).getAttribute('rel')).toContain('noreferrer');
  await his.getByText('How to begin').waitFor();
  expect(await his.getByRole('button', { name: /^Remove preview/ }).count()).toBe(0);
  await expectNoAxeViolations(mine);
  await mine.getByRole('button', { name: 'Remove preview of The guide' }).click();
  await mine.getByRole('dialog').getByRole('button', { name: 'Remove preview' }).click();
  await guide(his).waitFor({ state: 'detached' });
  await his.getByRole('link', { name: address }).waitFor();
  expect(asked).toBe(1);
});

it('given who does not want to see them, then they see the link alone, and others the page', async () => {
  await staff.client.patch(`/api/cohorts/${cohortId}`, { linkPreviews: true });
  await say(ines, room, `${address} again`);
  const settings = await open(leo, '/settings/privacy');
  const shows = settings.getByRole('switch', { name: 'Show link previews' });
  await turn(shows, false);
  await settings.getByText('Messages show links without a preview.').waitFor();
  await eventually(async () => expect((await leo.client.get('/api/me')).body.showsLinkPreviews).toBe(false));
  const [mine, his] = [await open(ines, chat()), await open(leo, chat())];
  await guide(mine).waitFor();
  await his.getByText('again').waitFor();
  expect(await guide(his).count()).toBe(0);
});

it('given an installation that has none, then staff read so, and nobody is offered anything', async () => {
  const quiet = await startWorld({ now: new Date().toISOString() });
  try {
    const id = await aCohort(quiet);
    const person = await aMember(quiet, id, 'staff', { locale: 'fr' });
    const { page, problems } = await signedInPage(browser, person, quiet.url, {});
    opened.push(problems);
    await page.goto(`${quiet.url}/c/${id}/settings/link-previews`);
    await page.getByText('Cette installation ne contacte pas les pages extérieures.').waitFor();
    expect(await page.getByRole('switch', { name: 'Afficher les aperçus des liens' }).isDisabled()).toBe(true);
    await page.goto(`${quiet.url}/settings/privacy`);
    await page.getByRole('switch', { name: 'Montrer quand je suis en ligne' }).waitFor();
    expect(await page.getByText('Afficher les aperçus des liens').count()).toBe(0);
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await quiet.stop();
  }
});
