import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { MAX_NODES } from '../../../src/common/markdown/markdown-bounds.js';
import { openBrowser, openPage } from '../../support/browser.js';
import { hostileTexts, knownHostileTexts } from '../../support/hostile-texts.js';
import { sized } from '../../support/size.js';

const LENGTH = 30_000;
/** Each element and word of a text may take one more element, such as a frame. */
const MOST_ELEMENTS = 2 * MAX_NODES;
const RUNS = sized(150, 10_000);
/** Texts that the page is given at once. */
const AT_ONCE = 50;

let browser: Browser;
let page: Page;
let problems: string[];

/** What the page offers to the test (web/test/markdown-page.tsx). */
interface Trial {
  elementsOf: (source: string) => number;
  coloursOf: (source: string) => number;
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
});

afterAll(() => browser.close());

const counted = (of: keyof Trial, texts: string[]) =>
  page.evaluate(([sources, name]) => sources.map((source) => (globalThis as unknown as Trial)[name](source)), [
    texts,
    of,
  ] as const);

/** Of some texts those that a page shows as nothing, or by more elements than it may have. */
async function wrong(texts: string[]): Promise<[elements: number, text: string][]> {
  const counts = await counted('elementsOf', texts);
  return texts
    .map((text, index): [number, string] => [counts[index]!, text.slice(0, 300)])
    .filter(([count]) => count === 0 || count > MOST_ELEMENTS);
}

it('shows each text that was dear once, by as many elements as a page can show', async () => {
  expect(await wrong(knownHostileTexts(LENGTH).map(([, text]) => text))).toEqual([]);
});

it('shows any hostile text of 30,000 characters by as many elements as a page can show, and throws of none', async () => {
  const texts = fc.sample(hostileTexts(LENGTH), { numRuns: RUNS, seed: 20_261_129 });
  for (let from = 0; from < texts.length; from += AT_ONCE)
    expect(await wrong(texts.slice(from, from + AT_ONCE))).toEqual([]);
  expect(problems).toEqual([]);
});

/** Code of more than 2,000 characters is not coloured: what that costs grows with the square of its length. */
it.each(['rust', 'swift', 'bash', 'ini', 'typescript', 'cpp', 'xml'])(
  'colours hostile code in %s when it is short, and not at all when it is long',
  async (language) => {
    const texts = (length: number) =>
      ['a = 1\n', '/*', '${', 'a', '<a ', '(a', '"a\\', '1e', '{'].map(
        (once) => `\`\`\`${language}\n${once.repeat(length / once.length)}\n\`\`\``,
      );
    expect(Math.max(...(await counted('coloursOf', texts(1900))))).toBeGreaterThan(0);
    for (const length of [2100, 2900, LENGTH])
      expect(await counted('coloursOf', texts(length))).toEqual(texts(length).map(() => 0));
  },
);
