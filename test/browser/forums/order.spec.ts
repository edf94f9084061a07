import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { TRY_MS } from '../../support/patience.js';

/** What keeps a forum calm: slow topics, kind words, rules; and templates by which topics begin. */
let world: TestWorld;
let browser: Browser;
let cohortId: string;
let C: string;
let [ines, leo, aurore]: TestPerson[] = [];
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
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', locale: 'fr' });
  aurore = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

const ask = async (title: string, as = ines!) =>
  (await as.client.post(`${C}/topics`, { title, body: `About: ${title}` })).body;

async function open(as: TestPerson, path: string, { expected = [] as number[], width = 1280 } = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, as, world.url, { expected });
  opened.push(problems);
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${world.url}/c/${cohortId}/forum${path}`);
  return page;
}

/** Draws a page for who looks at it, where that is asked for. */
const draw = async (page: Page, name: string) => {
  const folder = process.env.LOOK;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
};

it('given staff slow a topic down, then who replied is told from when on, in French on a phone, and staff are not held back', async () => {
  const { id } = await ask('Who has the seal');
  const reader = await open(leo!, `/${id}`, { width: 390 });
  await reader.getByRole('textbox', { name: 'Votre réponse' }).waitFor();
  const page = await open(aurore!, `/${id}`);
  await page.getByRole('button', { name: 'Topic actions' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Start slow mode' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason (optional)' }).fill('Let us take a breath');
  await expectNoAxeViolations(page);
  await draw(page, 'slow-dialog');
  await dialog.getByRole('button', { name: 'Start slow mode' }).click();
  await page.getByText(/^Aurore Tessier slowed this topic down: one reply each, then a wait of 15 minutes,/).waitFor();
  await reader.getByText('Let us take a breath').waitFor();
  const box = reader.getByRole('textbox', { name: 'Votre réponse' });
  await box.fill('À l’accueil.');
  // The event of the reply comes before its answer.
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await reader.route(/\/topics\/[0-9a-f]{24}\/posts$/, async (route) => {
    const isReply = route.request().method() === 'POST';
    const response = await route.fetch();
    if (isReply) await answered;
    await route.fulfill({ response });
  });
  await reader.getByRole('button', { name: 'Envoyer la réponse' }).click();
  await reader.getByText(/^Vous pourrez répondre de nouveau/).waitFor();
  // What one types meanwhile is a draft.
  await box.fill('Ou au secrétariat.');
  answer();
  await reader
    .getByRole('button', { name: 'Envoyer la réponse' })
    .and(reader.locator(':not([data-loading])'))
    .waitFor();
  expect(await box.inputValue()).toBe('Ou au secrétariat.');
  expect(await reader.getByRole('button', { name: 'Envoyer la réponse' }).isDisabled()).toBe(true);
  await expectNoAxeViolations(reader);
  await box.scrollIntoViewIfNeeded();
  await draw(reader, 'slow-turn.fr.390');
  await page.getByRole('textbox', { name: 'Your reply' }).fill('Please wait for each other.');
  await page.getByRole('button', { name: 'Send reply' }).click();
  await page.getByText('Please wait for each other.').first().waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await draw(page, 'slow.dark');
  // The page goes to the reply once it has come, and away from a menu that is opened before.
  const end = page.getByRole('menuitem', { name: 'End slow mode' });
  await eventually(async () => {
    if (!(await end.isVisible())) await page.getByRole('button', { name: 'Topic actions' }).click();
    await end.click({ timeout: TRY_MS });
  });
  await page.getByText(/^Aurore Tessier slowed this topic down/).waitFor({ state: 'detached' });
  await reader.getByRole('button', { name: 'Envoyer la réponse', disabled: false }).waitFor();
  expect(await box.inputValue()).toBe('Ou au secrétariat.');
});

it('given capitals, then a calm word stands below the box, keeps nobody from sending, and stays away once it is taken away', async () => {
  const { id } = await ask('Who has the seal');
  const page = await open(leo!, `/${id}`, { width: 390 });
  const box = page.getByRole('textbox', { name: 'Votre réponse' });
  await box.fill('À l’accueil, je crois.');
  const calm = page.getByText('Un texte en majuscules peut sembler crié.');
  expect(await calm.count()).toBe(0);
  await box.fill('JE L’AI DIT TROIS FOIS DÉJÀ : REGARDEZ À L’ACCUEIL');
  await calm.waitFor();
  await expectNoAxeViolations(page);
  await calm.scrollIntoViewIfNeeded();
  await draw(page, 'kind.fr.390');
  await page.emulateMedia({ colorScheme: 'dark' });
  await draw(page, 'kind.fr.390.dark');
  await page.getByRole('button', { name: 'Ignorer' }).click();
  await box.pressSequentially(' !!!!!!!!');
  await page.getByText('Brouillon conservé', { exact: false }).waitFor();
  expect(await page.getByText('Restons bienveillants.').count()).toBe(0);
  await page.getByRole('button', { name: 'Envoyer la réponse' }).click();
  await page.locator('#post-2').getByText('REGARDEZ À L’ACCUEIL').waitFor();
});

it('given two of staff change the rules at once, then the later one sees what the other wrote, and all read what stands', async () => {
  const [page, other] = [
    await open(aurore!, '/settings', { expected: [409] }),
    await open(aurore!, '/settings', { width: 390 }),
  ];
  const fields = [page, other].map((one) => one.getByRole('textbox', { name: 'In English' }));
  for (const field of fields) await field.waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'settings-rules');
  await draw(other, 'settings-rules.390');
  await fields[1]!.fill('Be **kind**.');
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await other.getByText('Last changed by Aurore Tessier,').waitFor();
  await fields[0]!.fill('Be kind to all.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('This is what Aurore Tessier saved meanwhile:').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'settings-late');
  await page.getByRole('button', { name: 'Save mine over it' }).click();
  await page.getByText('This is what Aurore Tessier saved meanwhile:').waitFor({ state: 'detached' });
  // It goes as mine is sent, not as it is saved.
  await eventually(async () =>
    expect(JSON.stringify((await ines!.client.get(`${C}/forum/rules`)).body)).toContain('Be kind to all.'),
  );

  const reader = await open(leo!, '', { width: 390 });
  await reader.getByRole('link', { name: 'Règles du forum' }).click();
  await reader.getByRole('heading', { name: 'Règles du forum' }).waitFor();
  // The language of the cohort comes first, and the other is a choice.
  await reader.getByRole('heading', { name: 'Restons bienveillants' }).waitFor();
  await expectNoAxeViolations(reader);
  await draw(reader, 'rules.fr.390');
  await reader.emulateMedia({ colorScheme: 'dark' });
  await reader.setViewportSize({ width: 1280, height: 900 });
  await draw(reader, 'rules.fr.dark');
  await reader.getByText('English', { exact: true }).click();
  await reader.getByText('Be kind to all.').waitFor();
});

it('given a template, then its headings fill in an empty text, and stand below what one has typed once one says so', async () => {
  const page = await open(leo!, '/new?template=decision', { width: 390 });
  const box = page.getByRole('textbox', { name: /^(Ce que vous savez|Votre point de vue)/ });
  const says = async (text: RegExp) => await eventually(async () => expect(await box.inputValue()).toMatch(text));
  await says(/^# Ce qui est décidé\n/);
  expect(await page.getByRole('radio', { name: 'Discussion' }).isChecked()).toBe(true);
  await expectNoAxeViolations(page);
  await draw(page, 'template.fr.390');
  // Nobody typed in it yet.
  await page.getByRole('button', { name: 'Retour d’expérience' }).click();
  await says(/^# Ce qui s’est passé\n/);
  await box.fill('Nous avons essayé.');
  await page.getByRole('button', { name: 'Question', exact: true }).click();
  await page.getByText('Ajouter les titres de', { exact: false }).waitFor();
  expect(await box.inputValue()).toBe('Nous avons essayé.');
  await expectNoAxeViolations(page);
  await draw(page, 'template-ask.fr.390');
  await page.getByRole('button', { name: 'Ajouter en dessous' }).click();
  await says(/^Nous avons essayé\.\n\n# Ce que je veux faire/);
  await page.getByText('Brouillon enregistré,').first().waitFor({ state: 'attached' });
  const again = await open(leo!, '/new?template=question');
  const there = again.getByRole('textbox', { name: /^(Ce que vous savez|Votre point de vue)/ });
  await eventually(async () => expect(await there.inputValue()).toMatch(/^Nous avons essayé\./));
  await again.getByText('Ajouter les titres de', { exact: false }).waitFor();
});

it('given staff write a template, then it is offered with its tags, and its link begins with it', async () => {
  const page = await open(aurore!, '/settings?part=templates');
  await page.getByRole('button', { name: 'Add a template' }).click();
  await page.getByRole('textbox', { name: 'Name in English' }).fill('Thanks');
  await page.getByRole('textbox', { name: 'Text in English' }).fill('# Whom I thank');
  await page.getByRole('combobox', { name: 'Tags that it suggests' }).fill('thanks');
  await page.keyboard.press('Enter');
  await expectNoAxeViolations(page);
  await draw(page, 'settings-templates');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 900 });
  await draw(page, 'settings-templates.390.dark');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Last changed by Aurore Tessier,').waitFor();

  const asker = await open(ines!, '/new?template=thanks');
  const box = asker.getByRole('textbox', { name: 'Your thoughts' });
  await eventually(async () => expect(await box.inputValue()).toBe('# Whom I thank'));
  await asker.getByText('thanks', { exact: true }).waitFor();
  await asker.getByRole('textbox', { name: 'Title' }).fill('Thanks to the office');
  await box.fill('# Whom I thank\n\nThe office.');
  await draw(asker, 'template');
  await asker.getByRole('button', { name: 'Start discussion' }).click();
  await asker.getByRole('heading', { name: 'Whom I thank' }).waitFor();
  await expectNoAxeViolations(asker);
});
