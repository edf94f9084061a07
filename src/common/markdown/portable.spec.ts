import { portableMarkdown } from './portable.js';

describe('a text of ours for other programs', () => {
  it.each<[string, string, string]>([
    ['words', 'Some *words*, 1 < 2, a <- b.', 'Some *words*, 1 < 2, a <- b.'],
    ['what could be HTML', 'a <b>bold</b> <!-- x --> <?php', 'a \\<b>bold\\</b> \\<!-- x --> \\<?php'],
    ['what is escaped already', '\\<b> \\\\<b>', '\\<b> \\\\\\<b>'],
    ['addresses', '<https://a.example/x> <mailto:a@b.example>', '<https://a.example/x> <mailto:a@b.example>'],
    ['an address that runs', '<javascript:alert(1)>', '\\<javascript:alert(1)>'],
    ['spans of code', '`<b>` and ``a ` <i>`` <u>', '`<b>` and ``a ` <i>`` \\<u>'],
    ['a span that is none', '\\`<img src=x>\\` `<b>', '\\`\\<img src=x>\\` `\\<b>'],
    ['a block of code', '```html\n<b>\n```\n<b>', '```html\n<b>\n```\n\\<b>'],
    ['a block in a list', '1. a\n   ~~~\n   <b>\n   ~~~\n<b>', '1. a\n   ~~~\n   <b>\n   ~~~\n\\<b>'],
    ['an indented block', 'a\n\n    <b>\n\nb', 'a\n\n    <b>\n\nb'],
    ['a block that a quotation ends', '> ```\n> <b>\n\n<script>', '> ```\n> <b>\n\n\\<script>'],
    ['a block that is open', 'a\n\n````\n<b>\n```', 'a\n\n````\n<b>\n```\n````'],
    ['a block that begins at the end', 'a\n```', 'a\n```\n```'],
    ['a block that is closed at the end', '```\na\n```', '```\na\n```'],
  ])('%s', (_name, source, written) => expect(portableMarkdown(source)).toBe(written));

  it('given what nobody reads for its marks, then none of it is HTML', () => {
    const source = '<b>`'.repeat(20_000);
    expect(portableMarkdown(source)).not.toMatch(/(?<!\\)<b/);
  });

  // To look for the end of each span as far as the longer line goes would take minutes.
  it.each([240, 5000])('given a line of %i spans that are open, then all of it is escaped', (count) => {
    const source = Array.from({ length: count }, (_, at) => '`'.repeat(at + 1)).join(' <b> ');
    expect(portableMarkdown(source) === source.replaceAll('<b>', '\\<b>')).toBe(true);
  });
});
