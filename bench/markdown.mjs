import { transformFileSync } from '@swc/core';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { swc } from '../scripts/swc.mjs';
import { built } from './support/house.mjs';
import { quantile, spread } from './support/statistics.mjs';

const LENGTH = 30_000;
const TURNS = 5;
const RANDOM = 1000;
const ROOT = join(import.meta.dirname, '..');
const PARAGRAPH = 'We spoke of this at length. '.repeat(10);
const POINT = `## Point\n\n${PARAGRAPH}We **decided** on [that](https://agency.example).\n\n- one\n- two\n\n`;

/** How long hostile texts take to be read for their marks, beside an honest text of the same length. */
export default async function markdown({ quick }) {
  const { markdownTree } = await built('common/markdown/markdown.js');
  const { hostileTexts, knownHostileTexts } = await hostile();
  const { default: fc } = await import('fast-check');
  const honest = POINT.repeat(LENGTH / POINT.length);
  const known = knownHostileTexts(LENGTH).map(([, text]) => text);
  const random = fc.sample(hostileTexts(LENGTH), { numRuns: quick ? RANDOM / 10 : RANDOM, seed: 20_261_128 });
  for (const text of [honest, ...known]) markdownTree(text);
  const ratios = (texts) => texts.map((text) => quickest(markdownTree, text) / quickest(markdownTree, honest));
  const [ofKnown, ofRandom] = [ratios(known), ratios(random)];
  const worst = (all) => ({ unit: 'x', mid: quantile(all, 1), atMost: 10 });
  const figures = [
    { name: 'texts that were dear once, beside an honest one', unit: 'x', ...spread(ofKnown) },
    { name: 'the dearest of them', ...worst(ofKnown) },
    { name: 'random hostile texts, beside an honest one', unit: 'x', ...spread(ofRandom) },
    { name: 'the dearest of them', ...worst(ofRandom) },
  ];
  const notes = [
    `${LENGTH.toLocaleString('en')} characters each: ${known.length} known texts and ${random.length} random ones, the quickest of ${TURNS} turns each.`,
  ];
  return { figures, notes };
}

/** What else the machine does makes some turns longer. */
function quickest(read, text) {
  const times = Array.from({ length: TURNS }, () => {
    const since = performance.now();
    read(text);
    return performance.now() - since;
  });
  return Math.min(...times);
}

/** The texts of the tests, which are TypeScript. */
async function hostile() {
  const { code } = transformFileSync(join(ROOT, 'test/support/hostile-texts.ts'), swc);
  const folder = join(ROOT, '.cordee/bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'hostile-texts.mjs');
  writeFileSync(file, code);
  return await import(pathToFileURL(file).href);
}
