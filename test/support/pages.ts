import type { AxeResults } from 'axe-core';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { eventually } from './eventually.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Fails with one line for each violation that axe finds on the page as it stands; `rules` narrows what is looked at. The library is
 * given to a page once, as long as the page stays: it is half a megabyte, and reading it takes longer than a look at a small page.
 */
export async function expectNoAxeViolations(page: Page, rules?: string[]): Promise<void> {
  if (!(await page.evaluate<boolean>(`typeof axe === 'object'`))) await page.evaluate(AXE);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) };
  const violations = await page.evaluate<AxeResults['violations']>(
    `axe.run(document, ${JSON.stringify(options)}).then((results) => results.violations)`,
  );
  const lines = violations.map(({ id, nodes }) => {
    const [first] = nodes;
    return `${id}, ${nodes.length} times, first at ${first?.target.join(' ')}: ${first?.failureSummary}`;
  });
  expect(lines).toEqual([]);
}

// What runs in the page is given as text: its types (the DOM) are no business of the server's program, to which tests belong.

/** Frames that a page draws without a change after which it is taken to have come to rest. */
const QUIET_FRAMES = 12;

/** Waits until a page has drawn so many frames: it takes as long as the page needs, on any machine. */
export async function drawFrames(page: Page, count: number): Promise<void> {
  await page.evaluate(`(async () => {
    for (let frame = 0; frame < ${count}; frame += 1) await new Promise((next) => requestAnimationFrame(next));
  })()`);
}

/**
 * Watches what a page asks of the API. The answer waits until it asks nothing more: no question is open, and none began while the page drew
 * so many `frames`. Call it before the page is opened.
 */
export function watchQuestions(page: Page): (frames: number) => Promise<void> {
  const open = new Set<Request>();
  let begun = 0;
  page.on('request', (request) => {
    if (!new URL(request.url()).pathname.startsWith('/api/')) return;
    open.add(request);
    begun += 1;
  });
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', (request) => void open.delete(request));
  const urls = () => [...open].map((request) => request.url());
  return async (frames) =>
    await eventually(async () => {
      expect(urls()).toEqual([]);
      const before = begun;
      await drawFrames(page, frames);
      expect([begun, urls()]).toEqual([before, []]);
    });
}

/** Waits until the page has its heading, nothing on it is on its way any more, its fonts are there, and it has come to rest. */
export async function settledPage(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  // Asked from here: a wait inside the page would evaluate text there, which its Content-Security-Policy forbids.
  await eventually(async () =>
    expect(await page.locator('.mantine-Skeleton-root, [aria-busy="true"]').count()).toBe(0),
  );
  await page.evaluate('document.fonts.ready.then(() => true)');
  // A virtual list hides its rows for a moment while it measures them: what looks in that moment sees buttons without words.
  await page.evaluate(`new Promise((rest) => {
    let [quiet, left] = [0, ${20 * QUIET_FRAMES}];
    const watcher = new MutationObserver(() => (quiet = 0));
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const frame = () => {
      [quiet, left] = [quiet + 1, left - 1];
      if (quiet <= ${QUIET_FRAMES} && left > 0) return requestAnimationFrame(frame);
      watcher.disconnect();
      rest();
    };
    requestAnimationFrame(frame);
  })`);
}

/** Changes light and dark as the device would, and waits until the whole page has followed. */
export async function inColours(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
  await drawFrames(page, 2);
  await page.evaluate(`(async () => {
    const changes = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(changes.map((one) => one.finished));
  })()`);
}

interface Shape {
  headings: number;
  title: string;
  /** Pixels by which the page, or its main part, is wider than its window. */
  tooWide: number;
  mainTooWide: number;
}

/** A page has one h1 with words, a tab that says what it is, and fits its window. */
export async function expectAWholePage(page: Page): Promise<void> {
  const shape = await page.evaluate<Shape>(`(() => {
    const main = document.querySelector('main');
    return {
      headings: [...document.querySelectorAll('h1')].filter((one) => one.innerText.trim() !== '').length,
      title: document.title,
      tooWide: document.documentElement.scrollWidth - window.innerWidth,
      mainTooWide: main ? main.scrollWidth - main.clientWidth : 0,
    };
  })()`);
  expect(shape).toMatchObject({ headings: 1, mainTooWide: 0 });
  expect(shape.tooWide).toBeLessThanOrEqual(0);
  expect(shape.title).toMatch(/^\S.* · Cordée$/);
}

/** What a person can read on the page, names and hints of controls included. */
async function wordsOn(page: Page): Promise<string> {
  return await page.evaluate<string>(`(() => {
    const names = ['aria-label', 'title', 'placeholder'];
    const hints = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((one) =>
      names.map((name) => one.getAttribute(name) ?? ''),
    );
    return [document.title, document.body.innerText, ...hints].join('\\n');
  })()`);
}

const WEB = join(import.meta.dirname, '../../web/src');

const WORD_FOLDERS = ['features', 'i18n/words'];

/** A key behind the name of its file of words, `chat:tools.pin`; `from:name`, which one may search for, is none. */
const NAMED_KEY = new RegExp(
  `^(${WORD_FOLDERS.flatMap((parent) => readdirSync(join(WEB, parent))).join('|')}):[a-z][\\w.]+$`,
  'i',
);

/** Every key with a dot in it, `tabs.upcoming`, of every file of words. */
function allKeys(): Set<string> {
  const folders = WORD_FOLDERS.flatMap((parent) =>
    readdirSync(join(WEB, parent)).map((name) => join(WEB, parent, name, 'en.json')),
  );
  const keysOf = (words: object, before = ''): string[] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [before + key] : keysOf(value as object, `${before}${key}.`),
    );
  const files = folders.map((file) => JSON.parse(readFileSync(file, 'utf8')) as object);
  return new Set(files.flatMap((words) => keysOf(words)).filter((key) => key.includes('.')));
}

let keys: Set<string> | undefined;

/** What a cohort writes into the pattern of its meeting links. */
const MEETING_NAME = '{session}';

/** What slipped through: ids, keys of words, holes of a message, values that nobody meant to show. */
export async function expectOnlyWords(page: Page): Promise<void> {
  keys ??= allKeys();
  const text = await wordsOn(page);
  const known = keys;
  const slips = [
    ...(text.match(/\b[0-9a-f]{24}\b/g) ?? []),
    ...(text.match(/\bundefined\b|\bNaN\b|\[object \w+\]|Invalid Date/g) ?? []),
    ...(text.match(/\{\w+(,|\})/g) ?? []).filter((hole) => hole !== MEETING_NAME),
    ...text.split(/[\s“”"«»()]+/).filter((word) => known.has(word) || NAMED_KEY.test(word)),
  ];
  expect(slips).toEqual([]);
}
