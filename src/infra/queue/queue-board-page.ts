import type { UIConfig } from '@bull-board/api/typings/app';
import { escapedHtml } from '../../common/markdown/html.js';
import type { Locale } from '../../contracts/primitives.js';

/** Whom the page of the queues is for. `alert`: what is wrong at the moment, in a line in their language; null while nothing is. */
export interface BoardReader {
  locale: Locale;
  alert: string | null;
}

/** The board has its words in these. */
const TAGS: Record<Locale, string> = { en: 'en-GB', fr: 'fr-FR' };

const WAY_BACK = { text: 'Installation', url: '/admin' };

const WHAT_TO_DO: Record<Locale, string> = { en: 'What to do first', fr: 'Que faire d’abord' };

/** How the board looks and speaks to who reads it. */
export const boardConfig = (locale: Locale): UIConfig => ({
  boardTitle: 'Cordée',
  boardLogo: { path: '/favicon.svg', width: 22, height: 22 },
  favIcon: { default: '/favicon.svg', alternative: '/favicon.svg' },
  miscLinks: [WAY_BACK],
  hideDocsLink: true,
  locale: { lng: TAGS[locale] },
});

/**
 * The board's page for who reads it. The typeface that it asks for outside is left out, since its policy lets nothing in. What is wrong
 * stands in a bar of ours at the foot: the board's own badge lies over its head, and on a phone over all of it.
 */
export function boardPage(html: string, { locale, alert }: BoardReader): string {
  const page = html
    .replace(/<link href="https:\/\/fonts\.googleapis\.com[^>]*>/, '')
    .replace('<html lang="en"', `<html lang="${locale}"`);
  return alert === null ? page : page.replace('</body>', () => `${barOf(alert, locale)}</body>`);
}

const BAR =
  'position:fixed;inset:auto 0 0;z-index:1000;padding:8px 16px;background:#b3261e;color:#fff;font:500 14px/20px system-ui,sans-serif;text-align:center';

const barOf = (alert: string, locale: Locale) =>
  `<div role="alert" style="${BAR}">${escapedHtml(alert)} · <a href="${WAY_BACK.url}" style="color:#fff">${WHAT_TO_DO[locale]}</a></div>` +
  '<style>body{padding-bottom:96px}</style>';
