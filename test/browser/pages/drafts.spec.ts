import type { Browser, Page } from 'playwright-core';
import { DAY } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signIn } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { aCoach, aSession, heldSessions } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let coach: TestPerson;
let fellow: TestPerson;
let sessionId: string;

const WORDS = 'I wonder whether I should stay.';

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }));
  coach = await aCoach(world, cohortId, { weekly }, { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  const inTwoDays = new Date(Date.now() + 2 * DAY).toISOString().slice(0, 10);
  sessionId = (await aSession(cohortId, fellow, coach.id, `${inTwoDays}T10:00:00.000Z`)).id as string;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** The browser that all of them use, one after the other. */
async function sharedBrowser(): Promise<{ page: Page; problems: string[] }> {
  return await openPage(browser, { expected: [401] });
}

/** Signs in where one is asked to, and goes to the box in which one writes. */
async function goTo(page: Page, person: TestPerson, path: string, box: string) {
  await signIn(page, person, world.url);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  const field = page.getByRole('textbox', { name: box, exact: true });
  await field.waitFor();
  return field;
}

async function signOut(page: Page, person: { name: string }): Promise<void> {
  // The menu comes after the page.
  await page.getByRole('button', { name: person.name, expanded: false }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

const keptHere = (page: Page) => page.evaluate<string>('JSON.stringify(Object.entries(localStorage))');

it('given a note of a session begun in a shared browser, then who signs in there next finds an empty box, and nothing of it is left', async () => {
  const { page, problems } = await sharedBrowser();
  await (await goTo(page, fellow, `/coaching/sessions/${sessionId}`, 'Write a note')).fill(WORDS);
  expect(await keptHere(page)).toContain(WORDS);
  await signOut(page, { name: 'Inès Carpentier' });
  expect(await keptHere(page)).not.toContain(WORDS);
  const box = await goTo(page, coach, `/coaching/sessions/${sessionId}`, 'Write a note');
  expect(await box.inputValue()).toBe('');
  expect(problems).toEqual([]);
});

it('given a session that ends without one’s doing, then the other person finds an empty box, and the first what was begun', async () => {
  const { page, problems } = await sharedBrowser();
  await (await goTo(page, fellow, `/coaching/sessions/${sessionId}`, 'Write a note')).fill(WORDS);
  await page.context().clearCookies();
  const theirs = await goTo(page, coach, `/coaching/sessions/${sessionId}`, 'Write a note');
  expect(await theirs.inputValue()).toBe('');
  await theirs.fill('Asked twice for a review of the plan.');
  await page.context().clearCookies();
  const mine = await goTo(page, fellow, `/coaching/sessions/${sessionId}`, 'Write a note');
  expect(await mine.inputValue()).toBe(WORDS);
  expect(problems).toEqual([]);
});

it('given a closing note and a question begun in a shared browser, then both are kept for their person alone', async () => {
  const now = new Date();
  world.clock.set(new Date(now.getTime() - 10 * DAY));
  const started = await fellow.client.post(`/api/cohorts/${cohortId}/cycles`, { coachId: coach.id, goal: 'Ship it' });
  const cycleId = started.body.id as string;
  await heldSessions(world, cohortId, { fellow, coach, now, count: 4 });
  const { page, problems } = await sharedBrowser();
  const note = await goTo(page, coach, `/coaching/cycles/${cycleId}`, 'Closing note');
  await note.fill(WORDS);
  await page.reload();
  await note.waitFor();
  expect(await note.inputValue()).toBe(WORDS);
  await page.goto(`${world.url}/c/${cohortId}/forum/new`);
  await page.getByLabel('Your question').fill('How do you say no?');
  const entries = JSON.parse(await keptHere(page)) as [string, string][];
  const drafts = entries.filter(([, text]) => text.includes(WORDS) || text.includes('How do you say no?'));
  expect(drafts.map(([key]) => key.includes(coach.id))).toEqual([true, true]);
  await signOut(page, { name: 'Hanna Lindqvist' });
  const left = await keptHere(page);
  expect(left).not.toContain(WORDS);
  expect(left).not.toContain('How do you say no?');
  expect(problems).toEqual([]);
});

describe('what could not be sent yet', () => {
  const SAID = 'I do not trust this plan.';
  /** A message that was refused of each of them, and for the first who was there: as pages without a network leave them. */
  const leave = async (page: Page, mine: string, theirs: string) => {
    const [channelId, workshopId, at] = ['c'.repeat(24), 'd'.repeat(24), new Date().toISOString()];
    const one = { channelId, threadId: null, createdAt: at, state: 'refused', code: 'channel_archived' };
    const messages = [
      { ...one, clientId: 'one', senderId: mine, body: SAID },
      { ...one, clientId: 'two', senderId: theirs, body: 'Of the other person' },
    ];
    const marks = [{ kind: 'mark', cohortId: channelId, workshopId, userId: theirs, myId: mine, status: 'absent', at }];
    for (const [name, kept] of [
      ['cordee-outbox', messages],
      ['cordee-marks', marks],
    ] as const)
      await page.evaluate(`localStorage.setItem(${JSON.stringify(name)}, ${JSON.stringify(JSON.stringify(kept))})`);
  };
  /** Marks go from the first page on: they find no network. */
  const withoutMarks = (page: Page) =>
    page.route('**/attendance/marks', (route) => route.fulfill({ status: 503, body: '' }));

  it('given somebody signs out with something unsent, then they are asked first, may stay, and leave nothing of theirs behind', async () => {
    const { page, problems } = await openPage(browser, { expected: [401, 503] });
    await withoutMarks(page);
    await goTo(page, fellow, `/coaching/sessions/${sessionId}`, 'Write a note');
    await leave(page, fellow.id, coach.id);
    await page.reload();
    await page.getByRole('button', { name: fellow.name, expanded: false }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    const asks = page.getByRole('dialog', { name: 'Sign out with unsent changes?' });
    await asks.getByText('2 things of yours').waitFor();
    if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/sign-out-unsent.png` });
    await asks.getByRole('button', { name: 'Stay signed in' }).click();
    await asks.waitFor({ state: 'hidden' });
    expect(await keptHere(page)).toContain(SAID);
    await page.getByRole('button', { name: fellow.name, expanded: false }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await asks.getByRole('button', { name: 'Sign out anyway' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await eventually(async () => expect(await keptHere(page)).not.toContain(SAID));
    const left = await keptHere(page);
    expect(left).not.toContain('absent');
    expect(left).toContain('Of the other person');
    expect(problems).toEqual([]);
  });

  it('given a session that ends without one’s doing, then what is unsent waits for its person, and another one signs out unasked', async () => {
    const { page } = await openPage(browser, { expected: [401, 503] });
    await withoutMarks(page);
    await goTo(page, fellow, `/coaching/sessions/${sessionId}`, 'Write a note');
    await leave(page, fellow.id, fellow.id);
    await page.context().clearCookies();
    await (await goTo(page, coach, `/coaching/sessions/${sessionId}`, 'Write a note')).fill('Of the coach');
    await eventually(async () => expect(await keptHere(page)).toContain('Of the coach'));
    await signOut(page, coach);
    // What is theirs is forgotten after the page has gone.
    await eventually(async () => expect(await keptHere(page)).not.toContain('Of the coach'));
    expect(await keptHere(page)).toContain(SAID);
  });
});
