import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Locale } from '../../contracts/primitives.js';

/** What other sites show of a page where somebody pastes its address. Plain texts of people. */
export interface PageHead {
  title: string;
  description: string;
  locale: Locale;
}

const TITLE = '<title>Cordée</title>';
const TERRITORY: Record<Locale, string> = { en: 'en_GB', fr: 'fr_FR' };

/** The page of the web app with that in its head (The Open Graph protocol, ogp.me). `url` is the page's own address. */
export function withHead(page: string, { title, description, locale }: PageHead, url: string): string {
  const said = [
    ['og:type', 'website'],
    ['og:site_name', 'Cordée'],
    ['og:title', title],
    ['og:description', description],
    ['og:url', url],
    ['og:locale', TERRITORY[locale]],
  ];
  const elements = [
    createElement('title', { key: 'title' }, `${title} · Cordée`),
    createElement('meta', { key: 'description', name: 'description', content: description }),
    ...said.map(([property, content]) => createElement('meta', { key: property, property, content })),
  ];
  // A text may hold what `replace` takes for a pattern.
  return page.replace(TITLE, () => renderToStaticMarkup(elements));
}
