import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type Letter, renderLetter } from './letter.js';

const wicked = `</p><img src=x onerror=alert(1)> "Hanna" & 'Jonas' $1 $& \uE0000\uE001 🐟 مرحبا`;
const letter: Letter = {
  locale: 'fr',
  heading: `Séance : ${wicked}`,
  lines: ['Rappel, 24 heures avant.', 'Deux lignes\nici'],
  facts: [{ label: 'Besoin', value: wicked }],
  action: { label: 'Ouvrir', url: 'https://cordee.test/c/1?a=1&b="2"' },
  footer: 'Vous recevez ce message parce que cette séance est la vôtre.',
  footerLink: { label: 'Choisir', url: 'https://cordee.test/settings/notifications' },
};

describe('a letter', () => {
  it('given words that look like markup, then they are escaped as React does, wherever they stand', async () => {
    const { html } = await renderLetter(letter);
    const asReact = renderToStaticMarkup(createElement('b', { title: wicked }, wicked));
    const [, title = '', text = ''] = /^<b title="([^]*?)">([^]*)<\/b>$/.exec(asReact) ?? [];
    expect([html.includes(title), html.includes(text)]).toEqual([true, true]);
    expect(html).not.toContain('<img');
    expect(html).toContain('href="https://cordee.test/c/1?a=1&amp;b=&quot;2&quot;"');
  });

  it('given its text part, then it says the same in plain words, links written out', async () => {
    const { text } = await renderLetter(letter);
    for (const part of [letter.heading, ...letter.lines, wicked, letter.action!.url, letter.footer]) {
      expect(text).toContain(part);
    }
    expect(text.split(letter.lines[0]!)).toHaveLength(2);
  });

  it('given headings, then the text part shouts none of them, and an address that leads there stands in it once', async () => {
    const room = { label: 'Lien', value: 'https://meet.example.org/room', isLink: true };
    const one = await renderLetter({ ...letter, facts: [room] });
    expect(one.html).toContain('href="https://meet.example.org/room"');
    expect(one.text.split(room.value)).toHaveLength(2);
    const lists = [{ title: 'Ce qui vous attend', items: [] }];
    const many = await renderLetter({ ...letter, heading: 'Votre semaine', facts: [room], lists });
    expect(many.text).toContain('Votre semaine');
    expect(many.text).toContain('Ce qui vous attend');
    expect(many.text.split(room.value)).toHaveLength(2);
  });

  it('given several times, then one heading with a list under it, in both parts and both languages', async () => {
    const value = ['Mardi 20 octobre, 09:00–10:00 (Paris)', 'Mardi 27 octobre, 09:00–10:00 (Paris)', wicked];
    const facts = [
      { label: 'Quand', value },
      { label: 'Où', value: 'Salle Vercors' },
    ];
    const french = await renderLetter({ ...letter, facts });
    expect(french.text).toMatch(/Quand\u00a0:\s+\* Mardi 20 octobre, .+\n \* Mardi 27 octobre, .+\n \* /);
    expect(french.text.match(/Quand/g)).toHaveLength(1);
    expect(french.text).toContain(wicked);
    expect(french.text).toContain('Où\u00a0: Salle Vercors');
    expect(french.html.match(/<li>/g)).toHaveLength(3);
    expect(french.html).not.toContain('<img');
    const [one] = value;
    const english = await renderLetter({ ...letter, locale: 'en', facts: [{ label: 'When', value: [one!, 'Later'] }] });
    expect(english.text).toMatch(/When:\s+\* Mardi 20 octobre, .+\n \* Later\n/);
  });

  it('given a language, then all of it is in that language, down to the colons', async () => {
    const french = await renderLetter(letter);
    expect([...french.html.matchAll(/ lang="(\w+)"/g)].map(([, language]) => language)).not.toContain('en');
    expect(french.text).toContain('Besoin\u00a0: ');
    const english = await renderLetter({ ...letter, locale: 'en' });
    expect([...english.html.matchAll(/ lang="(\w+)"/g)].map(([, language]) => language)).not.toContain('fr');
    expect(english.text).toContain('Besoin: ');
  });

  it('given two letters of one shape, then each has its own words', async () => {
    const other = await renderLetter({ ...letter, heading: 'Une autre', lines: ['a', 'b'] });
    expect(other.html).toContain('Une autre');
    expect(other.html).not.toContain('Rappel');
    expect((await renderLetter(letter)).text).toContain('Rappel, 24 heures avant.');
  });

  it('given a letter with less in it, then no gap shows', async () => {
    const { html, text } = await renderLetter({ locale: 'en', heading: 'Hello', lines: [], footer: 'Bye' });
    expect(html + text).not.toMatch(/[\uE000\uE001]/);
  });
});
