import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Call } from '../../../src/contracts/calls/calls.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, expectOnlyWords } from '../../support/pages.js';
import { aCall, anApplicant, applicationTokenIn, handsIn } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';

const DAY = 86_400_000;

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let call: Call & { path: string };
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2, now: new Date().toISOString() });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  call = await aCall(staff, cohortId, times());
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString().replace(/\.\d+Z/, '.000Z');
const times = () => ({ opensAt: inDays(-2), closesAt: inDays(9.5) });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const stamp = (page: Page, words: string) => page.locator('main').getByText(words, { exact: true }).first();
const urlOf = (path: string, node = 0) => `${world.nodes[node]!.url}${path}`;
/** Up in the header of a wide page; at the foot of a phone. */
const stateOf = (page: Page, words: RegExp) => page.locator('.state').filter({ hasText: words, visible: true });
const saved = (page: Page) => stateOf(page, /^(Saved|Enregistré à) \d\d:\d\d$/);
const unsaved = (page: Page) =>
  stateOf(page, /^(Not saved, tried again by itself|Pas enregistré, nouvel essai automatique)$/);
const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, `${name}.png`), fullPage: true });
};

async function opens(options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const { page, problems } = await openPage(browser, options);
  opened.push(problems);
  return page;
}

/** What the server has of an answer. */
const answerOf = async ({ client, path }: Awaited<ReturnType<typeof anApplicant>>, key: string) =>
  ((await client.get(path)).body as { answers: Record<string, unknown> }).answers[key];

/** Waits until what has the focus has this. */
const focusHas = (page: Page, what: 'id' | 'textContent' | 'tagName', value: string) =>
  eventually(async () => expect(await page.evaluate(`document.activeElement?.${what}`)).toBe(value));

it('given a phone in French, then one gets from the page of the call, by the mail’s link, to the receipt, though the network is cut twice', async () => {
  const page = await opens({ viewport: { width: 390, height: 844 }, locale: 'fr-FR', timezoneId: 'Indian/Reunion' });
  await page.goto(urlOf('/calls'));
  await page.getByRole('link', { name: 'Appel à candidatures' }).click();
  await page.getByRole('heading', { level: 1, name: 'Appel à candidatures' }).waitFor();
  await page.getByText('à Paris').first().waitFor();
  await expectAWholePage(page);
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await draw(page, 'call.fr.390');
  await button(page, 'Commencer').click();
  await page.keyboard.press('Enter');
  await page.getByLabel('Votre adresse de courriel').fill('salome@people.test');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Regardez vos courriels' }).waitFor();
  await expectNoAxeViolations(page);

  const token = applicationTokenIn(await mailTo(world, 'salome@people.test', 'andidature'));
  await page.goto(urlOf(`/application/${token}`, 1));
  await stamp(page, 'Pas encore déposée').waitFor();
  await page.getByLabel('Prénom et nom').fill('Salomé Payet');
  await saved(page).waitFor();

  await page.context().setOffline(true);
  await page.getByLabel('Ville où vous habitez').fill('Saint-Denis');
  await unsaved(page).waitFor();
  await draw(page, 'apply-cut.fr.390');
  await page.getByLabel('Ville où vous habitez').fill('Saint-Denis, La Réunion');
  await page.context().setOffline(false);
  await saved(page).waitFor();

  await page.getByLabel('Design', { exact: true }).check();
  await page.getByLabel('Dans quoi excellez-vous').fill('Service, enquête');
  await page.getByLabel('Dans la fonction publique').check();
  await page.getByLabel('Votre service, et jusqu’à quand').fill('Préfecture');
  await page.getByLabel('Un travail qui compte pour vous').fill('Le guichet des titres de séjour.');
  await button(page, 'Voir').click();
  await expectNoAxeViolations(page);
  await draw(page, 'apply.fr.390');

  // Cut again, and the page is lost with it: what was typed comes back.
  await saved(page).waitFor();
  await page.context().setOffline(true);
  await page.getByLabel('Qu’est-ce qui a échoué').fill('Un formulaire trop long.');
  await unsaved(page).waitFor();
  await page.goto('about:blank');
  await page.context().setOffline(false);
  await page.goto(urlOf(`/application/${token}`));
  await eventually(async () =>
    expect(await page.getByLabel('Qu’est-ce qui a échoué').inputValue()).toBe('Un formulaire trop long.'),
  );
  expect(await page.getByLabel('Ville où vous habitez').inputValue()).toBe('Saint-Denis, La Réunion');

  // What is missing is said, and leads there.
  await button(page, 'Déposer').filter({ visible: true }).click();
  await focusHas(page, 'id', 'field-public');
  await page.locator('.mantine-InputWrapper-error').first().waitFor();
  await page.getByRole('link', { name: 'J’ai lu le règlement' }).click();
  await page.keyboard.press('Space');
  await page.getByLabel('Quel public aimeriez-vous').fill('Les gens au guichet.');
  await page.getByRole('heading', { name: 'Rien ne manque' }).waitFor();
  await button(page, 'Déposer').filter({ visible: true }).click();
  await stamp(page, 'Déposée').waitFor();
  await page.getByText(/Numéro 7-0001/).waitFor();
  await page.getByText('Un formulaire trop long.').waitFor();
  await expectAWholePage(page);
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await draw(page, 'mine.fr.390');
  await mailTo(world, 'salome@people.test', 'Déposée');
  expect(
    await page.evaluate(`Object.keys(localStorage).filter((key) => key.startsWith('cordee-application'))`),
  ).toEqual([]);
});

it('given two tabs, then each shows what the other saved, and of two texts in one field one is chosen, neither lost', async () => {
  const applicant = await anApplicant(world, call.slug);
  const one = await opens();
  const other = await one.context().newPage();
  for (const page of [one, other]) {
    await page.goto(urlOf(`/application/${applicant.token}`));
    await stamp(page, 'Not handed in yet').waitFor();
  }
  const failed = (page: Page) => page.getByLabel('What failed');
  await one.getByLabel('Town where you live').fill('Lyon');
  await failed(one).fill('Written in the first tab.');
  await saved(one).waitFor();
  await failed(other).fill('Written in the second tab.');
  await other.getByText('Changed elsewhere meanwhile').waitFor();
  // What only the first tab wrote is there too.
  expect(await other.getByLabel('Town where you live').inputValue()).toBe('Lyon');
  expect(await failed(other).inputValue()).toBe('Written in the second tab.');
  await other.getByText('Written in the first tab.').waitFor();
  await other.getByRole('link', { name: /^Two texts: What failed/ }).waitFor();
  await expectNoAxeViolations(other);
  await draw(other, 'apply-two');
  expect(await answerOf(applicant, 'failed')).toBe('Written in the first tab.');

  // Nothing is chosen by closing the page.
  await other.reload();
  await other.getByText('Written in the first tab.').waitFor();
  expect(await failed(other).inputValue()).toBe('Written in the second tab.');
  await button(other, 'Keep what stands in the field').click();
  await eventually(async () => expect(await answerOf(applicant, 'failed')).toBe('Written in the second tab.'));
  await other.getByText('Changed elsewhere meanwhile').waitFor({ state: 'hidden' });

  await failed(one).fill('And now from the first again.');
  await one.getByText('Written in the second tab.').waitFor();
  await button(one, 'Take this one').click();
  expect(await failed(one).inputValue()).toBe('Written in the second tab.');
  await eventually(async () => expect(await answerOf(applicant, 'failed')).toBe('Written in the second tab.'));
});

it('given it is handed in, then it can be changed and handed in again, withdrawn, and taken up again', async () => {
  const applicant = await anApplicant(world, call.slug);
  expect((await handsIn(applicant)).status).toBe(200);
  const page = await opens();
  await page.goto(urlOf(`/application/${applicant.token}`));
  await stamp(page, 'Handed in').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'mine');
  await button(page, 'Change it').click();
  await page.getByLabel('Town where you live').fill('Saint-Pierre');
  await page.getByText('What you changed is saved, and not handed in.').waitFor();
  await saved(page).waitFor();
  await expectNoAxeViolations(page);
  await page.reload();
  await page.getByText('Changed since, not handed in again').waitFor();
  await page.getByText('Saint-Denis').waitFor();
  await draw(page, 'mine-changed');
  await button(page, 'Hand in again').click();
  await page.getByText('Changed since, not handed in again').waitFor({ state: 'hidden' });
  await page.getByText('Saint-Pierre').waitFor();
  await page.getByText('2 times; the last one counts').waitFor();

  await button(page, 'Withdraw my application').click();
  const dialog = page.getByRole('dialog', { name: 'Withdraw your application?' });
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Withdraw my application' }).click();
  await stamp(page, 'Withdrawn').waitFor();
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'withdrawn');
  await button(page, 'Take it up again').click();
  await page.getByText('It is withdrawn, and erased on').waitFor();
  await button(page, 'Hand in').first().click();
  await stamp(page, 'Handed in').waitFor();
});

it('given the call closes while the page is open, then it says so, takes nothing more, and what was typed stays to be read', async () => {
  const closesAt = inDays(1 / 24);
  const soon = await aCall(staff, cohortId, { ...times(), closesAt });
  const applicant = await anApplicant(world, soon.slug);
  const page = await opens({ expected: [409] });
  await page.clock.install();
  await page.goto(urlOf(`/application/${applicant.token}`));
  await page.getByText(/Closes in \d+ minutes/).waitFor();
  await page.getByLabel('Town where you live').fill('Lyon');
  await page.clock.runFor(1_000);
  await saved(page).waitFor();
  const before = world.clock.now();
  world.clock.set(new Date(Date.parse(closesAt) + 1_000));
  try {
    await page.getByLabel('What failed').fill('Typed too late.');
    await page.clock.runFor(1_000);
    await page.getByText('The call is closed: this was not handed in').waitFor();
    await page.getByText('Typed too late.').waitFor();
    await page.getByText('it stands on this device alone').waitFor();
    expect(await button(page, 'Hand in').count()).toBe(0);
    await expectAWholePage(page);
    await expectNoAxeViolations(page);
    await draw(page, 'apply-over');
    expect(await answerOf(applicant, 'failed')).toBeUndefined();

    // Whoever only looks on hears of it by the clock.
    await page.goto(urlOf(`/calls/${soon.slug}`));
    await page.getByRole('heading', { name: 'Closed', exact: true }).waitFor();
    await expectNoAxeViolations(page);
  } finally {
    world.clock.set(before);
  }
});

it('given nobody types, then the clock alone tells that the call has closed', async () => {
  const closesAt = inDays(1 / 24);
  const soon = await aCall(staff, cohortId, { ...times(), closesAt });
  const applicant = await anApplicant(world, soon.slug);
  const page = await opens();
  await page.clock.install();
  await page.goto(urlOf(`/application/${applicant.token}`));
  await page.getByText(/Closes in \d+ minutes/).waitFor();
  const before = world.clock.now();
  world.clock.set(new Date(Date.parse(closesAt) + 1_000));
  try {
    await page.clock.fastForward(60 * 60_000 + 30_000);
    await page.getByText('The call is closed: this was not handed in').waitFor();
  } finally {
    world.clock.set(before);
  }
});

it('given no network as the link is opened, then the page says so, and opens by itself', async () => {
  const applicant = await anApplicant(world, call.slug);
  const page = await opens();
  await page.route('**/api/applications/open', (route) => route.abort('internetdisconnected'));
  await page.goto(urlOf(`/application/${applicant.token}`));
  await page.getByText('No connection to the server').waitFor();
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
  await page.unroute('**/api/applications/open');
  await stamp(page, 'Not handed in yet').waitFor();
});

it('given a call that is not open yet, or a link that leads nowhere, then the page says so and what to do', async () => {
  const later = await aCall(staff, cohortId, { opensAt: inDays(3), closesAt: inDays(20) });
  const page = await opens({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', expected: [404] });
  await page.goto(urlOf(`/calls/${later.slug}`));
  await page.getByRole('heading', { name: /^Opens in (2|3) days$/ }).waitFor();
  expect(await button(page, 'Start an application').count()).toBe(0);
  await page.getByText('2. Your craft').click();
  await page.getByText('What are you good at?').waitFor();
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'call-soon.390.dark');
  await page.goto(urlOf('/application/a-token-that-nobody-was-given'));
  await page.getByRole('heading', { name: 'This link opens nothing' }).waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: 'To the calls' }).click();
  await page.getByRole('heading', { name: 'Open soon' }).waitFor();
  await draw(page, 'calls.390.dark');
});

it('given a form that asks for a file, then it is added, taken away, refused with the reason, handed in, and read by staff', async () => {
  const made = await aCall(staff, cohortId, { ...times(), title: { en: 'With a CV', fr: 'Avec un CV' } });
  const one = await anApplicant(world, made.slug);
  const page = await opens({ expected: [422] });
  await page.goto(urlOf(`/application/${one.token}`));
  const group = page.getByRole('group', { name: /^CV/ });
  await group.getByRole('button', { name: 'Choose a file' }).waitFor();
  const choose = async (name: string, content: string, mimeType = 'application/pdf') =>
    page
      .locator('[data-field="cv"] input[type="file"]')
      .setInputFiles({ name, mimeType, buffer: Buffer.from(content) });
  await choose('photo.pdf', 'no pdf at all');
  await page.getByText('This is not a PDF.').waitFor();
  const pdf = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';
  await choose('first.pdf', pdf);
  await group.getByText('first.pdf').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'apply-file');
  await page.getByRole('button', { name: 'Remove first.pdf' }).click();
  await group.getByRole('button', { name: 'Choose a file' }).waitFor();
  await saved(page).waitFor();
  await choose('cv-payet.pdf', pdf);
  // Its name alone stands there while it is on its way, too.
  const added = group.getByRole('button', { name: 'cv-payet.pdf', exact: true });
  await added.waitFor();
  await page.reload();
  await added.waitFor();
  const downloaded = page.waitForEvent('download');
  await added.click();
  expect((await downloaded).suggestedFilename()).toBe('cv-payet.pdf');
  expect((await handsIn(one)).status).toBe(200);

  const { page: desk, problems } = await signedInPage(browser, staff, world.url);
  opened.push(problems);
  await desk.goto(urlOf(`/c/${cohortId}/calls/${made.id}?tab=applications`));
  await desk.getByText('Salomé Payet').first().click();
  const address = await desk.getByRole('link', { name: 'cv-payet.pdf' }).getAttribute('href');
  expect((await desk.request.get(urlOf(address!))).status()).toBe(200);
});
