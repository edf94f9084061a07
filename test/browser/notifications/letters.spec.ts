import type { Browser } from 'playwright-core';
import { type Letter, renderLetter } from '../../../src/infra/mail/letter.js';
import { openBrowser, openPage } from '../../support/browser.js';
import { expectNoAxeViolations } from '../../support/pages.js';

const letter: Letter = {
  locale: 'en',
  heading: 'Session with Hanna Lindqvist: Wednesday 14 October at 15:00 (Paris)',
  lines: ['Reminder, 24 hours before. One action is still open.'],
  facts: [
    { label: 'When', value: 'Wednesday 14 October, 15:00–15:45 (Paris)' },
    {
      ...{ label: 'Link', isLink: true },
      value: 'https://meet.example.org/cordee1315dc3a705b4de9ff4bcc08b25ab435b25ab4356ba7c42f',
    },
  ],
  action: { label: 'Open the session', url: 'https://cordee.test/c/1/coaching/sessions/2' },
  other: { label: 'Move or cancel this session', url: 'https://cordee.test/session/3' },
  footer: 'You get this because it is your session.',
  footerLink: { label: 'Change what reaches you', url: 'https://cordee.test/settings/notifications' },
};
const digest: Letter = {
  ...letter,
  lists: [
    {
      title: 'Waiting for you',
      items: [
        {
          title: 'A place is held for you: “Data walk”',
          url: 'https://cordee.test/inbox',
          body: 'Thursday 29 October, 10:00–11:00 (Paris)',
          stop: { label: 'Stop emails about workshops', url: 'https://cordee.test/stop' },
        },
      ],
      more: '3 more are in Cordée.',
    },
  ],
};
/** Of a series: every date, under one heading. */
const series: Letter = {
  ...letter,
  heading: 'You are going to “Morning round”: 12 dates from Tuesday 20 October',
  lines: [],
  facts: [
    {
      label: 'When',
      value: Array.from({ length: 12 }, (_, week) => `Tuesday, week ${week + 1}, 09:00–10:00 (Paris)`),
    },
    { label: 'Where', value: 'Room Vercors' },
  ],
};

/** What is behind the heading. */
const GROUND = `(() => {
  let at = document.querySelector('h1');
  while (getComputedStyle(at).backgroundColor === 'rgba(0, 0, 0, 0)') at = at.parentElement;
  return getComputedStyle(at).backgroundColor;
})()`;

let browser: Browser;
beforeAll(async () => (browser = await openBrowser()));
afterAll(() => browser.close());

describe.each(['light', 'dark'] as const)('a letter in a %s mail program', (colorScheme) => {
  it.each([
    ['of one thing', letter],
    ['of many', digest],
    ['of a series', series],
  ])('%s can be read, and is no wider than a phone', async (_, one) => {
    const { page } = await openPage(browser, { colorScheme, viewport: { width: 390, height: 800 } });
    await page.setContent((await renderLetter(one)).html);
    await expectNoAxeViolations(page, ['color-contrast']);
    const ground = await page.evaluate(GROUND);
    expect(ground).toBe(colorScheme === 'dark' ? 'rgb(21, 26, 26)' : 'rgb(255, 255, 255)');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.context().close();
  });
});
