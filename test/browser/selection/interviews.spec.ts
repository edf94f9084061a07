import { Types } from 'mongoose';
import type { Browser, Page } from 'playwright-core';
import { DAY } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations, expectOnlyWords, settledPage } from '../../support/pages.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';
import { type Reader, type TestCall, aClosedCall, aReader, draw, pageOf } from './stage.js';

let world: TestWorld;
let browser: Browser;
let staff: TestPerson;
let karim: Reader;
let call: TestCall;
let files: TestApplicant[];
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
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  ({ call, files } = await aClosedCall(world, staff, 3));
  karim = await aReader(world, staff, call, { name: 'Karim Haddad' });
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

/** A page of somebody with an account, at an address. */
async function at(email: string, path: string, options: Parameters<typeof pageOf>[3] = {}): Promise<Page> {
  const { page, problems } = await pageOf(browser, world, email, options);
  opened.push(problems);
  await page.goto(`${world.url}${path}`);
  await settledPage(page);
  return page;
}

/** A page of who applies, by the link of their mail. */
async function applies({ token }: TestApplicant, options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const { page, problems } = await openPage(browser, options);
  opened.push(problems);
  await page.goto(`${world.url}/application/${token}`);
  await settledPage(page);
  return page;
}

const inDays = (days: number) => new Date(world.clock.now().getTime() + days * DAY).toISOString().slice(0, 10);

it('given a panel that staff make, then who applies chooses a time on a phone, and the panel notes what it heard', async () => {
  const page = await at(staff.email, `/c/${staff.cohortId!}/calls/${call.id}?tab=interviews`);
  await page.getByText('No interviews yet').waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'New panel' }).click();
  const panel = page.getByRole('dialog', { name: 'A new panel' });
  await panel.getByLabel('Name').fill('Design A');
  await panel.getByLabel('Room or address of the meeting').fill('Room Écrins');
  await panel.getByLabel('Phone number for the day').fill('04 00 00 00 00');
  await panel.getByRole('checkbox', { name: 'Karim Haddad' }).check();
  await panel.getByRole('checkbox', { name: 'Aurore Tessier' }).check();
  await expectNoAxeViolations(page);
  await draw(page, 'interviews-panel');
  await panel.getByRole('button', { name: 'Make the panel' }).click();
  await page.getByRole('heading', { name: 'Design A' }).waitFor();
  await page.getByRole('button', { name: 'Offer times' }).click();
  const offer = page.getByRole('dialog', { name: 'Offer times: Design A' });
  await offer.getByLabel('Day').fill(inDays(6));
  await expectNoAxeViolations(page);
  await draw(page, 'interviews-offer');
  await offer.getByRole('button', { name: 'Offer these times' }).click();
  await page.getByText('4 are free').waitFor();
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const invite = page.getByRole('dialog', { name: 'Invite to Design A' });
  for (const name of ['Salomé Payet', 'Zoé Brière']) await invite.getByRole('checkbox', { name }).check();
  await expectNoAxeViolations(page);
  await draw(page, 'interviews-invite');
  await invite.getByRole('button', { name: 'Invite 2 files' }).click();
  await page.getByText('2 invited: 0 have a time, 2 still choose').waitFor();

  const phone = await applies(files[0]!, { viewport: { width: 390, height: 844 } });
  await phone.getByRole('heading', { name: 'Your interview' }).waitFor();
  await expectNoAxeViolations(phone);
  await draw(phone, 'interview-choose-390');
  await phone.getByRole('radio').nth(1).check();
  await phone.getByRole('button', { name: /^Take .*09:40–10:10$/ }).click();
  await phone.getByText('Room Écrins').waitFor();
  await phone
    .getByText('With Aurore Tessier and Karim Haddad.')
    .or(phone.getByText(/^With /))
    .first()
    .waitFor();
  await expectNoAxeViolations(phone);
  await draw(phone, 'interview-chosen-390');
  await mailTo(world, files[0]!.email, 'Your interview: ');
  // Another one, by keyboard.
  await phone.getByRole('button', { name: 'Move it' }).press('Enter');
  await phone.getByRole('radio').first().focus();
  await phone.keyboard.press('Space');
  await phone.keyboard.press('Enter');
  // The button that takes it names it as well, before it is taken.
  await phone.getByRole('button', { name: 'Move it' }).waitFor();
  await phone
    .getByText(/09:00–09:30/)
    .first()
    .waitFor();

  await page.reload();
  await settledPage(page);
  await page.getByText('2 invited: 1 has a time, 1 still chooses').waitFor();
  await page.getByText('moved once').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'interviews-staff');
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoAxeViolations(page);
  await draw(page, 'interviews-staff-390');

  const mine = await at(karim.email, '/reviews/interviews');
  await mine.getByRole('heading', { name: 'Design A' }).waitFor();
  await expectNoAxeViolations(mine);
  await draw(mine, 'interviews-mine');
  await mine.getByRole('link', { name: 'Salomé Payet' }).click();
  await mine.getByRole('heading', { level: 1, name: 'Salomé Payet' }).waitFor();
  await mine.getByLabel('What you heard').fill('Asks people first, then draws.');
  const craft = mine.getByRole('radiogroup', { name: 'Craft' });
  await craft.getByRole('radio', { name: 'Thin' }).focus();
  await mine.keyboard.press('ArrowRight');
  await mine.keyboard.press('ArrowRight');
  await mine.keyboard.press('ArrowRight');
  await craft.getByRole('radio', { name: 'Solid', checked: true }).waitFor();
  // What was chosen by mistake is taken back, and the focus stays there.
  await mine.getByRole('radiogroup', { name: 'Judgement' }).getByRole('radio', { name: 'Rare' }).click();
  await mine.getByRole('button', { name: 'Take back: Judgement' }).click();
  await mine.locator('#review-judgement:focus').waitFor();
  expect(await mine.getByRole('button', { name: /^Take back/ }).count()).toBe(1);
  await mine.getByRole('radiogroup', { name: 'Your verdict' }).getByRole('radio', { name: 'Yes' }).click();
  await mine.getByRole('button', { name: 'Keep' }).click();
  await mine.getByText('Kept', { exact: true }).waitFor();
  await expectNoAxeViolations(mine);
  await draw(mine, 'interview-note');
  await mine.getByRole('button', { name: 'Hand in' }).click();
  await mine.getByRole('dialog', { name: 'Hand in this note?' }).getByRole('button', { name: 'Hand in' }).click();
  await mine.getByText('Nobody else has handed in a note yet.').waitFor();
  await mine.getByText('Yes · Craft: Solid').waitFor();
  await page.reload();
  await settledPage(page);
  await page.getByText('mean 3.00 · Yes 1').waitFor();
  await page.getByRole('button', { name: '1 note' }).click();
  const notes = page.getByRole('dialog', { name: 'Notes: Salomé Payet' });
  await notes.getByText('Asks people first, then draws.').waitFor();
  await notes.getByText('Yes · Craft: Solid').waitFor();
  await expectNoAxeViolations(page);
});

it('given French, a phone in the dark and another zone, then both hours stand there, and who is too late chooses another', async () => {
  const I = `${call.path}/interviews`;
  const { id: karimId } = (await karim.client.get('/api/me')).body;
  const body = { name: 'Design A', minutes: 30, place: 'https://meet.example.org/a', phone: '', moveHours: 24 };
  const made = await staff.client.post(`${I}/panels`, { ...body, memberIds: [karimId] });
  const [panel] = made.body.panels;
  const offer = { on: inDays(6), from: '14:00', until: '16:00', pauseMinutes: 10 };
  expect((await staff.client.post(`${I}/panels/${panel.id}/times`, offer)).body).toEqual({ offered: 3 });
  const invitation = { applicationIds: files.map(({ id }) => id) };
  expect((await staff.client.post(`${I}/panels/${panel.id}/invitations`, invitation)).status).toBe(201);
  const french = { $set: { locale: 'fr', timeZone: 'America/Guadeloupe' } };
  await world.db.collection('applications').updateOne({ _id: new Types.ObjectId(files[1]!.id) }, french);
  const phone = await applies(files[1]!, {
    ...{
      viewport: { width: 390, height: 844 },
      locale: 'fr-FR',
      timezoneId: 'America/Guadeloupe',
      colorScheme: 'dark',
    },
    expected: [409],
  });
  await phone.getByRole('heading', { name: 'Votre entretien' }).waitFor();
  await phone.getByText('14:00 là-bas').waitFor();
  await expectOnlyWords(phone);
  await expectNoAxeViolations(phone);
  await draw(phone, 'interview-choose-fr-390');
  const { times } = (await files[0]!.client.get(`${files[0]!.path}/interview`)).body.interview;
  await files[0]!.client.put(`${files[0]!.path}/interview/time`, { timeId: times[0].id });
  await phone.getByRole('radio').first().check();
  await phone.getByRole('button', { name: /^Prendre / }).click();
  await phone.getByText('Quelqu’un a été plus rapide').waitFor();
  await draw(phone, 'interview-taken-fr-390');
  // The list comes anew, without the one that is gone.
  await phone.getByText('14:00 là-bas').waitFor({ state: 'detached' });
  await phone.getByRole('radio').first().check();
  await phone.getByRole('button', { name: /^Prendre / }).click();
  await phone.getByRole('link', { name: 'https://meet.example.org/a' }).waitFor();
  await expectNoAxeViolations(phone);
  await draw(phone, 'interview-chosen-fr-390');
  await phone.getByRole('button', { name: 'Le rendre' }).click();
  await phone.getByRole('dialog').getByRole('button', { name: 'Le rendre' }).click();
  await phone.getByText('Choisissez un horaire libre').waitFor();
  const mine = await at(karim.email, '/reviews/interviews', { viewport: { width: 390, height: 844 } });
  await mine.getByText('2 people have still to choose.').waitFor();
  await expectNoAxeViolations(mine);
  await draw(mine, 'interviews-mine-390');
});

it('given one note in two tabs, then neither is kept over what the other kept unseen', async () => {
  const I = `${call.path}/interviews`;
  const { id: karimId } = (await karim.client.get('/api/me')).body;
  const body = { name: 'Design A', minutes: 30, place: 'Room Écrins', phone: '+33 4 00', moveHours: 24 };
  const [panel] = (await staff.client.post(`${I}/panels`, { ...body, memberIds: [karimId] })).body.panels;
  const offer = { on: inDays(6), from: '14:00', until: '16:00', pauseMinutes: 10 };
  await staff.client.post(`${I}/panels/${panel.id}/times`, offer);
  await staff.client.post(`${I}/panels/${panel.id}/invitations`, { applicationIds: [files[0]!.id] });
  const { times } = (await files[0]!.client.get(`${files[0]!.path}/interview`)).body.interview;
  expect((await files[0]!.client.put(`${files[0]!.path}/interview/time`, { timeId: times[0].id })).status).toBe(200);
  const { id } = (await staff.client.get(I)).body.panels[0].interviews[0];
  const [first, second] = [
    await at(karim.email, `/reviews/interviews/${id}`, { expected: [409] }),
    await at(karim.email, `/reviews/interviews/${id}`),
  ];
  const fieldOf = (page: Page) => page.getByLabel('What you heard');
  const keeps = async (page: Page, text: string) => {
    await fieldOf(page).fill(text);
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
  };
  await keeps(second, 'From the second.');
  await second.getByText('Kept', { exact: true }).waitFor();
  // Nothing was typed in the first: on coming back to it, it has what was kept.
  await first.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
  await eventually(async () => expect(await fieldOf(first).inputValue()).toBe('From the second.'));
  await keeps(second, 'Again the second.');
  await second.getByText('Kept', { exact: true }).waitFor();
  await keeps(first, 'From the first.');
  await first.getByText('You kept another text elsewhere').waitFor();
  await first.getByText('Again the second.').waitFor();
  expect(await fieldOf(first).inputValue()).toBe('From the first.');
  await expectNoAxeViolations(first);
  await draw(first, 'interview-note-torn');
  await first.getByRole('button', { name: 'Go on with what I typed here' }).click();
  await first.getByRole('button', { name: 'Keep', exact: true }).click();
  await first.getByText('Kept', { exact: true }).waitFor();
  expect((await karim.client.get(`/api/me/interviews/${id}`)).body.note).toMatchObject({ text: 'From the first.' });
  // It is handed in elsewhere while somebody types here.
  await fieldOf(first).fill('Not handed in.');
  const { revision } = (await karim.client.get(`/api/me/interviews/${id}`)).body.note;
  const note = { revision, text: 'Handed in.', submit: true };
  expect((await karim.client.put(`/api/me/interviews/${id}/note`, note)).status).toBe(200);
  await first.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
  await first.getByText('What you typed here was not handed in:').waitFor();
  await first.getByText('Not handed in.', { exact: true }).waitFor();
});
