import { withPlaces } from './discourse-links.js';
import { discourseTexts, fromRaw, wordsOf } from './discourse-text.js';

const BASE = 'https://forum.example';
const cooked = (html: string) => discourseTexts({ texts: [{ raw: null, cooked: html }], base: BASE })[0];

describe('what was typed in Discourse', () => {
  it.each<[string, string, string]>([
    ['words', 'Some **bold** `code`', 'Some **bold** `code`'],
    [
      'people',
      'For @Zoe_1 and (@ali.b), not a@b.example `@zoe`',
      'For <@u:Zoe_1> and (<@u:ali.b>), not a@b.example `@zoe`',
    ],
    ['emoji', ':tada: `:tada:` :unknown_one:', '🎉 `:tada:` :unknown_one:'],
    [
      'a quotation',
      '[quote="ali, post:2, topic:5"]\nOne\n\nTwo\n[/quote]\n\nYes.',
      '> <#t5p2 ali>\n> One\n>\n> Two\n\n\nYes.',
    ],
    ['one of a line', '[quote="ali, post:2, topic:5, full:true"]One[/quote]\nYes', '> <#t5p2 ali>\n> One\n\nYes'],
    [
      'one within one',
      '[quote="a, post:1, topic:5"]\n[quote="b, post:2, topic:5"]\nx\n[/quote]\ny\n[/quote]',
      '> <#t5p1 a>\n> > <#t5p2 b>\n> > x\n>\n> y',
    ],
    ['one of nobody', '[quote]\nx\n[/quote]', '> x'],
    [
      'an upload',
      '![plan|690x388, 50%](upload://aZ9.png) ![b](https://x.example/b.png)',
      '📎 plan ![b](https://x.example/b.png)',
    ],
    [
      'links within the site',
      '[a](/t/x/5/2) [b](//other.example)',
      '[a](https://forum.example/t/x/5/2) [b](//other.example)',
    ],
    ['folded words', '[details="More"]\nx\n[/details]', '**More**\nx'],
  ])('%s', (_name, raw, text) => expect(fromRaw(raw, BASE)).toBe(text));
});

describe('what Discourse made of it', () => {
  it.each<[string, string, string]>([
    ['words', '<p>Some <strong>bold</strong> <em>x</em> 1 &lt; 2</p><p>b</p>', 'Some **bold** *x* 1 < 2\n\nb'],
    ['code', '<pre><code class="lang-js">let a = "&lt;b&gt;";</code></pre>', '```js\nlet a = "<b>";\n```'],
    [
      'a table',
      '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>',
      '| a |\n| --- |\n| 1 |',
    ],
    ['people', '<a class="mention" href="/u/zoe">@Zoe</a>', '<@u:Zoe>'],
    ['emoji', '<img src="/x.png" title=":tada:" class="emoji only-emoji" alt=":tada:">', '🎉'],
    [
      'a quotation',
      '<aside class="quote no-group" data-username="ali" data-post="2" data-topic="5"><div class="title"><div class="quote-controls"></div>ali:</div><blockquote><p>One</p></blockquote></aside><p>Yes</p>',
      '> <#t5p2 ali>\n> One\n\nYes',
    ],
    [
      'a card',
      '<aside class="onebox" data-onebox-src="https://a.example/x"><article><h3>T</h3></article></aside>',
      'https://a.example/x',
    ],
    [
      'a picture',
      '<div class="lightbox-wrapper"><a class="lightbox" href="https://cdn.example/a.png" title="plan"><img src="x"><div class="meta">690x388</div></a></div>',
      '[📎 plan](https://cdn.example/a.png)',
    ],
    ['links within the site', '<a href="/t/x/5">x</a>', '[x](https://forum.example/t/x/5)'],
    ['what runs', '<script>alert(1)</script><style>p{}</style><p onclick="x()">a</p><iframe src="x"></iframe>', 'a'],
  ])('%s', (_name, html, text) => expect(cooked(html)?.replace(/ +\|/g, ' |')).toBe(text));

  it.each(['<div>', '<b><i>', '<p>', '<ul><li>'])(
    'given so many of %s that to keep them open would take minutes, then the words alone',
    (html) => expect(cooked(`${html.repeat(1_600_000 / html.length)}words`)).toBe('words'),
  );

  it.each(['<b><i>', '<ul><li>'])('given some hundreds of %s, then the words are there', (html) => {
    expect(cooked(`${html.repeat(300)}words`)).toContain('words');
  });

  it('as words alone is a line for each paragraph', () => {
    expect(wordsOf('<p>a &amp;lt; b</p><p class="x">c<br/>d</p>1 << 2')).toBe('a &lt; b\n\nc\nd\n1 << 2');
  });
});

describe('places of what came along', () => {
  const places = {
    postOf: (topic: number, post: number) => (topic === 5 && post === 2 ? 'a'.repeat(24) : undefined),
    addressOf: (topic: number, post: number | null, slug: string | null, isOurs: boolean) =>
      topic === 5 && (isOurs || slug === 'known') ? `/here/${topic}/${post}` : undefined,
    personOf: (name: string) => (name === 'zoe' ? 'b'.repeat(24) : undefined),
    hosts: new Set(['forum.example']),
  };
  it.each<[string, string]>([
    ['> <#t5p2 ali>\n> x', `> <#${'a'.repeat(24)}>\n> x`],
    ['> <#t6p2 ali>\n> x', '> **ali:**\n> x'],
    ['<@u:Zoe> <@u:nobody>', `<@${'b'.repeat(24)}> @nobody`],
    ['[x](https://forum.example/t/some/5/3) https://forum.example/t/5/3', '[x](/here/5/3) /here/5/3'],
    ['https://forum.example/t/some/5?u=x.', '/here/5/null?u=x.'],
    ['https://other.example/t/known/5 https://other.example/t/some/5', '/here/5/null https://other.example/t/some/5'],
    ['[x](https://discourse.invalid/t/some/5) [y](https://discourse.invalid/u/x)', '[x](/here/5/null) y'],
    [`<@${'c'.repeat(24)}>`, `@${'c'.repeat(24)}`],
    [`<<<@${'c'.repeat(24)}>>>`, `<@ ${'c'.repeat(24)}>`],
    [`<[@${'c'.repeat(24)}](https://discourse.invalid/u/x)>`, `<${'c'.repeat(24)}>`],
    [`<<@u:${'c'.repeat(24)}>>`, `<${'c'.repeat(24)}>`],
  ])('%j', (text, shown) => {
    expect(withPlaces(text, places)).toBe(shown);
    expect(shown).not.toMatch(/<[@#]c/);
  });
});
