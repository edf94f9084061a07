import fc from 'fast-check';
import type { Nodes } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { hostileTexts, knownHostileTexts } from '../../../test/support/hostile-texts.js';
import { sized } from '../../../test/support/size.js';
import { AS_TYPED, markdownTree } from './markdown.js';
import { MAX_NODES } from './markdown-bounds.js';

const LENGTH = 30_000;
const RUNS = sized(300, 10_000);

const UPLOAD = '/files/uploads/64f0c2a1b3d4e5f601234567';

const html = (source: string) => unified().use(rehypeStringify).stringify(markdownTree(source));

/** The hostile texts that cost little to read for their marks. All others are beyond a bound, and are shown as they were typed. */
const READ = new Set([
  'quotation marks before a sign of mail',
  'long words with addresses',
  'lines that are nearly under a head',
  'hyphens without an end',
  'parentheses in a link',
  'runs of backticks, each longer',
  'blanks',
  'tabs',
  'open tags',
  'a word',
]);
/** Each element and word may hold one more word, such as the one of a link in the place of an image. */
const MOST_SHOWN = 2 * MAX_NODES;

const isAsTyped = (tree: Nodes) =>
  'children' in tree &&
  tree.children.length === 1 &&
  tree.children.every((one) => one.type === 'element' && one.properties.className?.toString() === AS_TYPED);
const nodesIn = (node: Nodes): number =>
  1 + ('children' in node ? node.children.reduce((sum, one) => sum + nodesIn(one), 0) : 0);

describe('markdown', () => {
  it('keeps what people write: emphasis, tables, tasks, code', () => {
    expect(html('**bold** and `code`')).toBe('<p><strong>bold</strong> and <code>code</code></p>');
    expect(html('| a | b |\n|---|---|\n| 1 | 2 |')).toContain('<td>2</td>');
    expect(html('- [x] done')).toContain('type="checkbox" checked disabled');
  });

  it.each([
    ['[x](javascript:alert(1))'],
    ['[x](JaVaScRiPt:alert(1))'],
    ['[x](data:text/html,<script>alert(1)</script>)'],
    ['<javascript:alert(1)>'],
    ['[x](&#106;avascript:alert(1))'],
    ['![x](javascript:alert(1))'],
  ])('refuses the link of %s', (source) => {
    expect(html(source)).not.toMatch(/(href|src)="(?!https?:|mailto:)/);
  });

  it.each([
    ['<svg onload=alert(1)>'],
    ['<img src=x onerror=alert(1)>'],
    ['<script>alert(1)</script>'],
    ['<style>*{}</style>'],
  ])('shows %s as it was typed, and as nothing else', (source) => {
    const shown = html(`before\n\n${source}\n\nafter ${source}`);
    const typed = source.replaceAll('<', '&#x3C;');
    expect(shown).toBe(`<p>before</p><p>${typed}</p><p>after ${typed}</p>`);
    expect(shown).not.toMatch(/<(svg|img|script|style)/);
  });

  it('keeps a line that begins with a tag, and the marks in it', () => {
    expect(html('<main> or **<div>**?\nsee <https://agency.example>')).toMatch(
      /^<p>&#x3C;main> or <strong>&#x3C;div><\/strong>\?\nsee <a href="https:\/\/agency.example"/,
    );
    expect(html('a <!-- b --> <br/> c')).toBe('<p>a &#x3C;!-- b --> &#x3C;br/> c</p>');
  });

  it('opens links elsewhere without handing on who reads', () => {
    expect(html('[x](https://agency.example)')).toBe(
      '<p><a href="https://agency.example" rel="nofollow noopener noreferrer ugc" target="_blank">x</a></p>',
    );
  });

  it('turns a foreign image into a link and shows an upload of ours', () => {
    expect(html('![a cat](https://spy.example/1.png)')).toMatch(
      /<a href="https:\/\/spy.example\/1.png"[^>]*>a cat<\/a>/,
    );
    expect(html('![a cat](//spy.example/1.png)')).not.toContain('<img');
    for (const address of [UPLOAD, `${UPLOAD}/small`, `${UPLOAD}/large`])
      expect(html(`![a plan](${address})`)).toContain(`<img src="${address}" alt="a plan">`);
  });

  it.each([
    '/',
    '/files/1',
    '/files/avatars/64f0c2a1b3d4e5f601234567',
    '/files/channels/64f0c2a1b3d4e5f601234567/export.json',
    '/files/cohorts/64f0c2a1b3d4e5f601234567/workshops/64f0c2a1b3d4e5f601234567/certificate.pdf',
    `${UPLOAD}?again`,
    `${UPLOAD}#x`,
    `${UPLOAD}/`,
    `${UPLOAD}/export`,
    `${UPLOAD}/../../channels/64f0c2a1b3d4e5f601234567/export.json`,
    `/files/uploads/%2e%2e/avatars/x`,
    '/api/me',
  ])('asks for nothing at %s, which is ours but no upload, until somebody opens it', (address) => {
    expect(html(`![a plan](${address}) ![*two*][1]\n\n[1]: ${address}`)).not.toContain('<img');
    expect(html(`![a plan](${address})`)).toMatch(/<a href="[^"]+"[^>]*>a plan<\/a>/);
  });

  it('shows ten images of one text, wherever they stand, and links to the others', () => {
    const images = Array.from({ length: 30 }, (_, at) => `- ![plan ${at}](${UPLOAD.slice(0, -2)}${at + 10})`);
    const shown = html(images.join('\n'));
    expect(shown.match(/<img [^>]*alt="plan \d"/g)).toHaveLength(10);
    expect(shown.match(/<a [^>]*>plan \d+<\/a>/g)).toHaveLength(20);
    expect(html(images.slice(0, 10).join('\n')).match(/<img/g)).toHaveLength(10);
  });

  it('sinks headings below those of the page', () => {
    expect(html('# Loud')).toBe('<h3>Loud</h3>');
  });

  it('finds addresses that are written out, and nothing that only looks like one', () => {
    const hrefs = (source: string) => [...html(source).matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(hrefs('see https://a.example/b_c_d, (http://a.example/(x)) and www.a.example.')).toEqual([
      'https://a.example/b_c_d',
      'http://a.example/(x)',
      'http://www.a.example',
    ]);
    expect(hrefs('write to ines@agency.example or mailto:claire@agency.example')).toEqual([
      'mailto:ines@agency.example',
      'mailto:claire@agency.example',
    ]);
    expect(hrefs('main.ts, cordee.py, ftp://a.example, //a.example, www., `https://a.example`')).toEqual([]);
  });

  it('keeps the language of a block of code, the sides of a table, and the number that a list begins with', () => {
    expect(html('```ts\nx()\n```')).toBe('<pre><code class="language-ts">x()\n</code></pre>');
    expect(html('| a |\n|--:|\n| 1 |')).toContain('<td align="right">1</td>');
    expect(html('3. three')).toContain('<ol start="3">');
    expect(html(`![a *plan*](${UPLOAD} "the plan")`)).toContain(`<img src="${UPLOAD}" alt="a plan" title="the plan">`);
  });

  it.each(knownHostileTexts(LENGTH))('shows %s: as it was typed where reading it costs much', (name, source) => {
    const tree = markdownTree(source);
    expect(isAsTyped(tree)).toBe(!READ.has(name));
    expect(nodesIn(tree)).toBeLessThan(MOST_SHOWN);
  });

  it.each(knownHostileTexts(2_000_000))('shows %s of two million characters as it was typed', (_name, source) => {
    expect(isAsTyped(markdownTree(source))).toBe(true);
  });

  it('given any hostile text of 30,000 characters, then it is shown, as little as a page can show, and never throws', () => {
    const random = fc.sample(hostileTexts(LENGTH), { numRuns: RUNS, seed: 20_261_128 });
    for (const source of random) {
      const count = nodesIn(markdownTree(source));
      if (count >= MOST_SHOWN) throw new Error(`${count} nodes: ${JSON.stringify(source.slice(0, 500))}`);
    }
  });

  it('given a megabyte, then it is shown as it was typed, as one element', () => {
    const tree = markdownTree('a\n'.repeat(500_000));
    expect(tree.children).toMatchObject([{ tagName: 'p', properties: { className: ['as-typed'] } }]);
  });

  it.each([
    ['5,000 nested quotes', '> '.repeat(5_000) + 'deep'],
    ['a list that goes in and in', Array.from({ length: 100 }, (_, level) => `${'  '.repeat(level)}- a`).join('\n')],
    ['emphasis within emphasis', '*a _b '.repeat(40) + 'c_ d* '.repeat(40)],
  ])('shows %s as it was typed, so that nothing of it is left out', (_name, source) => {
    expect(html(source)).toBe(`<p class="as-typed">${source}</p>`);
  });

  it.each([
    ['a list of 500 lines', '* a line\n'.repeat(500), '<li>a line</li>'],
    ['quotes in a quoted list', '> > - > an answer to an answer', '<blockquote>\n?<p>an answer'],
    [
      'ten lists in lists',
      Array.from({ length: 10 }, (_, level) => `${'  '.repeat(level)}- a`).join('\n'),
      '<li>a</li>',
    ],
    ['code that is far to the right', '```\n' + ' '.repeat(80) + 'x()\n```', '<code>'],
    [
      '500 tasks with links',
      '- [ ] see [this](https://agency.example)\n'.repeat(250),
      '<input type="checkbox" disabled>',
    ],
    ['a table of 300 rows', `|a|b|c|\n|-|-|-|\n${'|1|2|3|\n'.repeat(300)}`, '<td>3</td>'],
    [
      'minutes of 50,000 characters',
      `## Point\n\n${'We spoke of this at length. '.repeat(10)}We **decided** on [that](https://agency.example).\n\n- one\n- two\n\n`.repeat(
        130,
      ),
      '<h4>',
    ],
    [
      'a long honest text',
      'A line with **bold** and a [link](https://agency.example).\n\n'.repeat(300),
      '<strong>bold',
    ],
  ])('reads %s', (_name, source, shown) => {
    expect(html(source)).toMatch(new RegExp(shown));
  });
});
