import type { Page } from 'playwright-core';
import { DAY } from '../../../src/common/times/clock.js';
import { type Address, type Role, aStage, addressOf } from '../../support/walks/every-page.js';
import { signedInPage } from '../../support/browser.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { eventually } from '../../support/eventually.js';
import { settledPage, watchQuestions } from '../../support/pages.js';

/** The most questions to the API that a page asks before it is whole, opened cold. */
const MAX_REQUESTS = 8;
/** The most that what stands on a page moves until it is whole (the cumulative layout shift; from 0.1 on it counts as bad). */
const MAX_SHIFT = 0.02;

/** A page draws so many frames without a question before it counts as whole. */
const QUIET_FRAMES = 24;

const stage = aStage();

const MAIN: [Role, string[]][] = [
  [
    'fellow',
    [
      'my week',
      'calendar',
      'workshops',
      'a workshop',
      'coaching',
      'forum',
      'a topic',
      'handbook',
      'a page of the handbook',
      'people',
      'projects',
      'a channel',
      'catching up',
      'inbox',
      'settings',
      'notifications',
    ],
  ],
  ['coach', ['my week', 'coaching', 'my fellows', 'requests for help', 'cycles']],
  [
    'staff',
    ['my week', 'workshops', 'a workshop', 'coaching', 'people', 'board', 'reminders', 'settings of the cohort'],
  ],
];

interface Seen {
  asked: string[];
  shift: number;
  /** Where the last message stood that could be seen, in pixels from the foot of the list, one after the other. */
  places: number[];
}

/** Looks at each frame before it is painted, and after. */
const LAST_ROWS = `globalThis.places = new Set();
  const look = () => {
    const list = document.querySelector('[role="log"]');
    const row = [...(list?.querySelectorAll('[data-item-index]') ?? [])].at(-1);
    if (!row || !row.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return;
    globalThis.places.add(Math.round(list.getBoundingClientRect().bottom - row.getBoundingClientRect().bottom));
  };
  const after = new MessageChannel();
  after.port1.onmessage = look;
  const frame = () => {
    look();
    after.port2.postMessage(0);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);`;

/** Opens a page cold, in a context that has only the cookies of its person, and sees what it asks and how it moves. */
async function seen(role: Role, address: Address, slowdown = 1): Promise<Seen> {
  const { browser, cohort, world } = stage();
  const { page, problems } = await signedInPage(browser, cohort[role], world.url);
  const asked: string[] = [];
  let hasRead = false;
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    // A page tells what was read a second after it came on screen. What follows from that is not part of opening it.
    hasRead ||= request.method() === 'PUT' && pathname.endsWith('/read');
    if (pathname.startsWith('/api/') && !hasRead) asked.push(`${request.method()} ${pathname}${search}`);
  });
  const still = watchQuestions(page);
  const stands = watchLine(page);
  if (slowdown > 1) {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  }
  await page.addInitScript(`globalThis.shift = 0; new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) globalThis.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });`);
  await page.addInitScript(LAST_ROWS);
  await page.goto(`${world.url}${address(cohort)}`);
  await settledPage(page);
  await eventually(() => expect(stands()).toBe(true));
  await still(QUIET_FRAMES);
  const shift = await page.evaluate<number>('globalThis.shift');
  const places = await page.evaluate<number[]>('[...globalThis.places]');
  await page.context().close();
  expect(problems).toEqual([]);
  return { asked, shift, places };
}

/** Tells whether the line to the server has asked what was missed, and was answered. */
function watchLine(page: Page): () => boolean {
  let isAnswered = false;
  page.on('websocket', (socket) => {
    let isAsked = false;
    socket.on('framesent', ({ payload }) => (isAsked ||= String(payload).includes('"missed"')));
    socket.on('framereceived', ({ payload }) => (isAnswered ||= isAsked && String(payload).includes('"missed":')));
  });
  return () => isAnswered;
}

describe.each(MAIN)('a %s who opens a page cold', (role, names) => {
  it.each(names)('asks few things for %s, none twice, and sees nothing jump', async (name) => {
    const { asked, shift } = await seen(role, addressOf(name));
    expect(asked.filter((one, place) => asked.indexOf(one) !== place)).toEqual([]);
    expect(asked.length > MAX_REQUESTS ? asked : []).toEqual([]);
    expect(shift).toBeLessThanOrEqual(MAX_SHIFT);
  });
});

it('shows a long channel at its end, where it stays, also on a machine that is slow to measure it', async () => {
  const { cohort, world } = stage();
  const { fellow, coach, id } = cohort;
  const channelId = await aPrivateChannel(fellow, id, [coach]);
  const now = world.clock.now();
  // Rows of two heights, since some stand under their day.
  for (let left = 159; left >= 0; left -= 1) {
    world.clock.set(new Date(now.getTime() - Math.floor(left / 6) * DAY));
    await say(left % 2 === 0 ? fellow : coach, channelId, `Message ${left}`);
  }
  const { shift, places } = await seen('fellow', () => `/c/${id}/chat/${channelId}`, 4);
  expect(shift).toBeLessThanOrEqual(MAX_SHIFT);
  expect(places).toHaveLength(1);
});
