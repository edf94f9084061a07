import { pageWords } from './page-words.js';

const read = (html: string, type = 'text/html; charset=utf-8') => pageWords(Buffer.from(html), type);
const titled = (title: string) => ({ title, description: '', site: '' });

describe('what a page says of itself', () => {
  it('given Open Graph, then that comes before what HTML has', () => {
    const words = read(`<!doctype html><html><head><title>Other</title>
      <meta name="description" content="other"><meta property="og:title" content="Le d&eacute;fi">
      <meta property="og:description" content="Dix mois &amp; plus"><meta property="og:site_name" content="beta.gouv"></head>`);
    expect(words).toEqual({ title: 'Le défi', description: 'Dix mois & plus', site: 'beta.gouv' });
  });

  it.each([
    [
      'a title and a description',
      '<title>A</title><meta name=DESCRIPTION content=b>',
      { title: 'A', description: 'b', site: '' },
    ],
    ['an empty og:title', '<meta property="og:title" content=" "><title>A</title>', titled('A')],
    ['two titles', '<title>A</title><title>B</title>', titled('A')],
    [
      'a picture in the body with a title',
      '<head><title>A</title></head><body><svg><title>B</title></svg>',
      titled('A'),
    ],
    [
      'what a visitor wrote in the body',
      '<head><title>A</title></head><p><meta property="og:title" content="B">',
      titled('A'),
    ],
    ['marks in a title', '<title><b>A</b></title>', titled('<b>A</b>')],
    ['lines and signs that turn the writing', '<title>A\n\t \u202eB\u0000</title>', titled('A B')],
    ['an emoji of several', '<title>👩‍💻</title>', titled('👩‍💻')],
    ['a title in a comment', '<!-- <title>B</title> --><title>A</title>', titled('A')],
    ['a title in a script', '<script>"<title>B</title>"</script><title>A</title>', titled('A')],
    ['a page that was cut', '<title>A</title><meta property="og:desc', titled('A')],
  ])('given %s, then it is read as a browser would', (_, html, words) => {
    expect(read(html)).toEqual(words);
  });

  it.each(['', '<title> </title>', '<title>‍</title>', '<p>words', '\u0000\u0001', '<meta name=description content=b>'])(
    'given no title (%j), then nothing',
    (html) => {
      expect(read(html)).toBeNull();
    },
  );

  it.each([
    ['the answer names it', '', 'text/html; charset="ISO-8859-1"'],
    ['the page names it', '<meta charset=iso-8859-1>', 'text/html'],
    [
      'the page names it the old way',
      '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">',
      'text/html',
    ],
  ])('given another charset and %s, then accents are right', (_, meta, type) => {
    expect(pageWords(Buffer.from(`${meta}<title>Défi</title>`, 'latin1'), type)?.title).toBe('Défi');
  });

  it('given a charset that is none, then UTF-8', () => {
    expect(read('<title>Défi</title>', 'text/html; charset=klingon')?.title).toBe('Défi');
  });

  it('given words without end, then they are cut after a word', () => {
    const words = read(
      `<title>${'word '.repeat(500_000)}</title><meta name=description content="${'x'.repeat(1000)}">`,
    );
    expect(words?.title).toMatch(/^(word )+word…$/);
    expect(words?.title.length).toBeLessThanOrEqual(200);
    expect(words?.description).toHaveLength(300);
  });

  it.each([
    ['bold in bold', '<b>'.repeat(5_000_000)],
    ['links in links', '<a href="/">'.repeat(1_500_000)],
    ['what is opened and what else is closed', `${'<b>'.repeat(2_000_000)}${'</i>'.repeat(2_000_000)}`],
  ])('given megabytes of %s, then its title: to keep all open would take an hour', (_, body) => {
    expect(read(`<title>A page</title>${body}`)?.title).toBe('A page');
  });
});
