import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage } from '../../support/browser.js';
import { hostileTexts, knownHostileTexts } from '../../support/hostile-texts.js';
import { sized } from '../../support/size.js';

const LENGTH = 30_000;
const MAX_MS = 100;
const RUNS = sized(150, 10_000);
/** Texts that the page is given at once. */
const AT_ONCE = 50;

let browser: Browser;
let page: Page;
let problems: string[];

/** What the page offers to the test (web/test/markdown-page.tsx). */
interface Trial {
  timeOf: (source: string, enough: number) => number;
  timeOfColours: (source: string, enough: number) => number;
}

beforeAll(async () => {
  browser = await openBrowser();
  ({ page, problems } = await openPage(browser));
  await page.setContent('<!doctype html><body>');
  const maker = join(import.meta.dirname, '../../support/markdown-page.mjs');
  const content = execFileSync(process.execPath, [maker], {
    encoding: 'utf8',
    maxBuffer: 50_000_000,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  await page.addScriptTag({ content });
  await slow(knownHostileTexts(3000).map(([, text]) => text));
});

afterAll(() => browser.close());

/** Those of some texts that take too long, and how long; what a busy machine made slow is tried again, when it is less busy. */
async function slow(
  texts: string[],
  { of = 'timeOf', turns = 4 }: { of?: keyof Trial; turns?: number } = {},
): Promise<[milliseconds: number, text: string][]> {
  const times = await page.evaluate(
    ([sources, name, enough]) => sources.map((source) => (globalThis as unknown as Trial)[name](source, enough)),
    [texts, of, MAX_MS] as const,
  );
  const late = texts.filter((_, index) => times[index]! >= MAX_MS);
  if (late.length > 0 && turns > 1) return await slow(late, { of, turns: turns - 1 });
  return late.map((text) => [times[texts.indexOf(text)]!, text.slice(0, 300)]);
}

it('shows each text that was dear once in less than 100 ms', async () => {
  expect(await slow(knownHostileTexts(LENGTH).map(([, text]) => text))).toEqual([]);
});

it(
  'shows any hostile text of 30,000 characters in less than 100 ms, and throws of none',
  async () => {
    const texts = fc.sample(hostileTexts(LENGTH), { numRuns: RUNS, seed: 20_261_129 });
    for (let from = 0; from < texts.length; from += AT_ONCE)
      expect(await slow(texts.slice(from, from + AT_ONCE))).toEqual([]);
    expect(problems).toEqual([]);
  },
  sized(240_000, 3_600_000),
);

it.each(['rust', 'swift', 'bash', 'ini', 'typescript', 'cpp', 'xml'])(
  'colours hostile code in %s in less than 100 ms, or not at all',
  async (language) => {
    const texts = ['/*', '${', 'a', '<a ', '(a', '"a\\', '1e', '{'].flatMap((once) =>
      [1900, 2900, LENGTH].map((length) => `\`\`\`${language}\n${once.repeat(length / once.length)}\n\`\`\``),
    );
    expect(await slow(texts, { of: 'timeOfColours' })).toEqual([]);
  },
);
