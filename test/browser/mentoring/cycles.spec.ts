import type { Browser, Page } from 'playwright-core';
import { DAY } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { aCoach, heldSessions } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let coach: TestPerson;
let fellow: TestPerson;
let now: Date;
const opened: string[][] = [];

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }));

beforeAll(async () => {
  now = new Date();
  world = await startWorld({ now: new Date(now.getTime() - 10 * DAY).toISOString() });
  cohortId = await aCohort(world);
  coach = await aCoach(world, cohortId, { weekly: EVERY_DAY }, { name: 'Hanna Lindqvist' });
  browser = await openBrowser();
});
beforeEach(async () => {
  world.clock.set(new Date(now.getTime() - 10 * DAY));
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function open(person: TestPerson, path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, { expected: [409] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  return page;
}

const hold = (count: number) => heldSessions(world, cohortId, { fellow, coach, now, count });

it('given a fellow starts a cycle and books, then both see its progress live, and the coach that it counts', async () => {
  world.clock.set(now);
  const mine = await open(fellow, '/coaching/cycles');
  await mine.getByText('No open cycles').waitFor();
  await mine.getByRole('button', { name: 'Start a cycle' }).first().click();
  const dialog = mine.getByRole('dialog');
  await dialog.getByLabel('Coach').fill('Hanna');
  await mine.getByRole('option', { name: /Hanna Lindqvist/ }).click();
  await dialog.getByLabel('Goal').fill('Read the code of others');
  await dialog.getByRole('button', { name: 'Start cycle', exact: true }).click();
  await mine.getByRole('heading', { name: 'Cycle with Hanna Lindqvist' }).waitFor();
  await mine.getByText(/^Not started; \d+ days left$/).waitFor();

  const theirs = await open(coach, '/coaching/cycles');
  await theirs.getByRole('link', { name: 'Read the code of others' }).click();
  await theirs.getByText('Write it after four sessions; it completes the cycle.').waitFor();
  await theirs.getByRole('img', { name: '0 of 4 held', exact: true }).waitFor();

  await mine.getByRole('link', { name: 'Book the next session' }).click();
  await mine
    .getByRole('button', { name: /with Hanna Lindqvist$/ })
    .first()
    .click();
  await mine.getByText('Session 1 of 4 of your cycle with Hanna Lindqvist.').waitFor();
  await mine.getByLabel('What do you need?').fill('A review that I do not dare to send.');
  await mine
    .getByRole('button', { name: /^Book / })
    .last()
    .click();
  await mine.getByRole('link', { name: 'Session 1 of 4 of a cycle' }).waitFor();
  await theirs.getByRole('img', { name: '0 of 4 held, 1 booked' }).waitFor();

  // And it stands beside both their weeks.
  await mine.goto(`${world.url}/c/${cohortId}/week`);
  await mine.getByRole('link', { name: 'Read the code of others' }).waitFor();
});

it('given four were held, then the coach is led to the closing note, its readers are named before, and the fellow reads it', async () => {
  const goal = 'A committee in twenty minutes';
  const { id } = (await fellow.client.post(`/api/cohorts/${cohortId}/cycles`, { coachId: coach.id, goal })).body;
  await hold(4);
  const mine = await open(fellow, `/coaching/cycles/${id as string}`);
  await mine.getByText('All four sessions were held. The coach’s closing note completes the cycle.').waitFor();

  const theirs = await open(coach, '/week');
  await theirs.getByRole('link', { name: 'Write the closing note for your cycle with Inès Carpentier' }).click();
  const note = theirs.getByRole('region', { name: 'Closing note' });
  await note.getByText('2 readers:').waitFor();
  await note.getByText('Inès Carpentier').waitFor();
  await note.getByRole('textbox').fill('You hold them **in time** now.');
  await note.getByRole('button', { name: 'Save' }).click();
  await theirs.getByText('Completed: four sessions held and the closing note written.').waitFor();

  // Who reads it sees it without a reload.
  await mine.getByText('Completed: four sessions held and the closing note written.').waitFor();
  await mine.getByText('in time').waitFor();
  const ended = await open(fellow, '/coaching/cycles?state=ended');
  await ended.getByRole('link', { name: goal }).waitFor();
});

it('given one ends it while the other is about to, then the other is shown who was faster, and why', async () => {
  world.clock.set(now);
  const body = { coachId: coach.id, goal: 'Ship something' };
  const { id } = (await fellow.client.post(`/api/cohorts/${cohortId}/cycles`, body)).body;
  const path = `/api/cohorts/${cohortId}/cycles/${id as string}`;
  const mine = await open(fellow, `/coaching/cycles/${id as string}`);
  await mine.getByRole('button', { name: 'End early' }).click();
  await mine.getByLabel('Reason').fill('No time');
  await mine.context().setOffline(true);
  await coach.client.post(`${path}/close`, { word: 'It is shipped' });
  await mine.context().setOffline(false);
  await mine.getByRole('dialog').getByRole('button', { name: 'End cycle' }).click();
  await mine.getByText('Hanna Lindqvist ended it: “It is shipped”').waitFor();
});
