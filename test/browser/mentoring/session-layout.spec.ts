import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { settledPage } from '../../support/pages.js';

/** The page of a session on a phone and on a desk, in both languages, as its coach, its fellow and staff have it. */
let world: TestWorld;
let browser: Browser;
let cohortId: string;
const people: Record<string, TestPerson> = {};
const sessions: Record<string, string> = {};

beforeAll(async () => {
  world = await startWorld({ now: '2026-11-30T07:00:00.000Z' });
  cohortId = await aCohort(world, { name: 'Cohort 7' });
  const name = 'Maximilienne de La Rochefoucauld';
  people.coach = await aCoach(world, cohortId, {}, { name: 'Karim Ben Abdelkader-Lemonnier' });
  people.fellow = await aMember(world, cohortId, 'fellow', { name });
  people.staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  const at = (hour: number, day = 30) => `2026-11-${day}T${String(hour).padStart(2, '0')}:00:00.000Z`;
  const { fellow, coach } = people as { fellow: TestPerson; coach: TestPerson };
  const over = await aSession(cohortId, fellow, coach.id, at(8));
  const ahead = await aSession(cohortId, fellow, coach.id, '2026-12-01T13:00:00.000Z');
  const off = await aSession(cohortId, fellow, coach.id, '2026-12-02T13:00:00.000Z');
  const path = (id: string) => `/api/cohorts/${cohortId}/sessions/${id}`;
  world.clock.set(at(10));
  Object.assign(sessions, { over: over.id, ahead: ahead.id, off: off.id });
  const action = {
    text: 'Send the plan of the tests to everybody of the team',
    ownerId: fellow.id,
    dueOn: '2026-12-04',
  };
  expect((await coach.client.post(`${path(ahead.id)}/actions`, action)).status).toBe(201);
  const cancelled = await fellow.client.post(`${path(off.id)}/cancel`, { reason: 'Malade', revision: off.revision });
  expect(cancelled.status).toBe(200);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** Where the visible buttons of the page's head begin, by row; and what reaches beyond the right margin of the page. */
const layoutOf = (page: Page) =>
  page.evaluate<{ lefts: number[]; beyond: string[] }>(`(() => {
    const head = document.querySelector('.page-head');
    const page = document.querySelector('.page');
    const style = getComputedStyle(page);
    const right = page.getBoundingClientRect().right - parseFloat(style.paddingRight);
    const shown = (box) => box.width > 0 && box.height > 0;
    const rows = new Map();
    for (const one of head.querySelectorAll('button, a.mantine-Button-root')) {
      const box = one.getBoundingClientRect();
      if (!shown(box)) continue;
      const words = one.querySelector('.mantine-Button-inner') ?? one;
      const framed = getComputedStyle(one).borderTopColor !== 'rgba(0, 0, 0, 0)' || getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)';
      const left = framed ? box.left : words.firstElementChild.getBoundingClientRect().left;
      const row = Math.round(box.top / 10);
      rows.set(row, Math.min(rows.get(row) ?? Infinity, Math.round(left)));
    }
    const beyond = [...page.querySelectorAll('*')].flatMap((one) => {
      if (one.closest('[aria-hidden=true], .sr-only, .mantine-VisuallyHidden-root') || one.children.length > 0) return [];
      const range = document.createRange();
      range.selectNodeContents(one);
      const box = range.getBoundingClientRect();
      return shown(box) && box.right > right + 1 ? [one.tagName + ' ' + one.textContent.slice(0, 60) + ' ' + Math.round(box.right - right)] : [];
    });
    return { lefts: [...rows.values()], beyond };
  })()`);

const cases = ['coach', 'fellow', 'staff'].flatMap((who) =>
  (['fr', 'en'] as const).flatMap((locale) => [390, 1440].map((width) => [who, locale, width] as const)),
);
it.each(cases)(
  'given %s in %s at %i px, then all begins at one edge and ends at the other',
  async (who, locale, width) => {
    const person = people[who]!;
    await person.client.patch('/api/me', { locale });
    const { page, problems } = await signedInPage(browser, person, world.url, {
      width,
      height: width < 500 ? 844 : 900,
    });
    for (const id of Object.values(sessions)) {
      await page.goto(`${world.url}/c/${cohortId}/coaching/sessions/${id}`);
      await page.locator('.page-head h1').waitFor();
      await settledPage(page);
      const { lefts, beyond } = await layoutOf(page);
      expect([new Set(lefts).size <= 1, beyond]).toEqual([true, []]);
    }
    await page.context().close();
    expect(problems).toEqual([]);
  },
);
