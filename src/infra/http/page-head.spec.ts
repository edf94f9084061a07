import { withHead } from './page-head.js';

const PAGE = '<!doctype html><html lang="en"><head><title>Cordée</title><script nonce="x"></script></head></html>';

it('given a title and how it begins, then other sites read them in the head', () => {
  const page = withHead(PAGE, { title: 'Un atelier', description: 'Mardi', locale: 'fr' }, 'https://a.example/w/x');
  expect(page).toContain('<title>Un atelier · Cordée</title>');
  expect(page).toContain('<meta property="og:title" content="Un atelier"/>');
  expect(page).toContain('<meta property="og:url" content="https://a.example/w/x"/>');
  expect(page).toContain('<meta property="og:locale" content="fr_FR"/>');
  expect(page).toContain('<script nonce="x"></script></head>');
});

it.each(['"><script>alert(1)</script>', "$& $' $`", '</title><img src=x onerror=alert(1)>', '👩🏽‍🚀 « Ça & là »'])(
  'given %j, then it is text and nothing else',
  (text) => {
    const page = withHead(PAGE, { title: text, description: text, locale: 'en' }, 'https://a.example/w/x');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<img/g)).toBeNull();
    expect(page.match(/<\/title>/g)).toHaveLength(1);
    expect(page.match(/<head>/g)).toHaveLength(1);
  },
);
