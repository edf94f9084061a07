import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { isTooDeep, markdownTree } from './markdown.js';
import { quickest } from '../../test/support/quickest.js';

const html = (source: string) => unified().use(rehypeStringify).stringify(markdownTree(source));

describe('markdown', () => {
  beforeAll(() => html('warm **up**'));

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
    expect(shown).toBe(`<p>before</p>\n<p>${typed}</p>\n<p>after ${typed}</p>`);
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

  it('turns a foreign image into a link and shows our own', () => {
    expect(html('![a cat](https://spy.example/1.png)')).toMatch(
      /<a href="https:\/\/spy.example\/1.png"[^>]*>a cat<\/a>/,
    );
    expect(html('![a cat](//spy.example/1.png)')).not.toContain('<img');
    expect(html('![a plan](/files/1)')).toContain('<img src="/files/1" alt="a plan">');
  });

  it('sinks headings below those of the page', () => {
    expect(html('# Loud')).toBe('<h3>Loud</h3>');
  });

  it.each([
    ['5,000 nested quotes', '>'.repeat(5_000) + ' deep'],
    ['5,000 spaced quotes', '> '.repeat(5_000) + 'deep'],
    ['5,000 open brackets', '['.repeat(5_000)],
    ['5,000 stars', '*'.repeat(5_000) + 'a'],
    ['5,000 nested bullets', '- '.repeat(5_000) + 'deep'],
    ['5,000 nested numbers', '1. '.repeat(5_000) + 'deep'],
    ['quotes and bullets in turn', '> - '.repeat(5_000) + 'deep'],
    ['numbers and quotes in turn', '> 1) '.repeat(5_000) + 'deep'],
    ['10,000 openings of bold', '**a'.repeat(10_000)],
    ['10,000 openings of strike-through', '~~a'.repeat(10_000)],
    ['5,000 beginnings of links', '[a]('.repeat(5_000)],
    ['a list that goes in and in', Array.from({ length: 100 }, (_, level) => `${'  '.repeat(level)}- a`).join('\n')],
    ['a megabyte', 'word '.repeat(200_000)],
  ])('shows %s as typed, in less than 50 ms', async (_name, source) => {
    expect(isTooDeep(source)).toBe(true);
    expect(await quickest(() => markdownTree(source))).toBeLessThan(50);
  });

  it('given what is deeper than the parser can go, then it never throws', () => {
    const nested = Array.from(
      { length: 20_000 },
      (_, level) => `${' '.repeat(level % 100)}${'>'.repeat(level % 15)} a`,
    ).join('\n');
    expect(() => markdownTree(nested)).not.toThrow();
  });

  it.each([
    ['a list of 500 lines', '* a line\n'.repeat(500)],
    ['quotes in a quoted list', '> > - > an answer to an answer'],
    ['code that is far to the right', '```\n' + ' '.repeat(80) + 'x()\n```'],
  ])('parses %s', (_name, source) => {
    expect(isTooDeep(source)).toBe(false);
  });

  it('parses a long honest text', () => {
    const source = 'A line with **bold** and a [link](https://agency.example).\n\n'.repeat(300);
    expect(isTooDeep(source)).toBe(false);
    expect(html(source)).toContain('<strong>bold</strong>');
  });
});
