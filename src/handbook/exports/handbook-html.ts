import type { Element, ElementContent, Root } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { markdownHtml } from '../../common/markdown/markdown-html.js';
import { withOrdinal } from '../../common/times/instants.js';
import type { PageWords } from '../../contracts/handbook/handbook.js';
import type { Locale } from '../../contracts/primitives.js';
import type { TextTask } from '../../infra/threads/long-texts.js';

/** A page as it stands in the one file. `level` counts from 0 at the top. */
export interface HtmlPage {
  id: string;
  level: number;
  language: Locale;
  words: PageWords;
  /** Null where nobody keeps it. */
  owner: string | null;
  checkedAt: Date;
}

const WORDS = {
  en: {
    title: 'Handbook',
    of: 'as of',
    kept: 'Kept by',
    checked: 'Checked on',
    contents: 'Contents',
    only: 'In French only',
  },
  fr: {
    ...{ title: 'Guide', of: 'au', kept: 'Tenue à jour par', checked: 'Vérifiée le', contents: 'Sommaire' },
    only: 'En anglais seulement',
  },
} as const;

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
section{margin-top:2.5rem}small{color:#555;display:block}nav ul{list-style:none;padding-left:1.25rem}nav>ul{padding-left:0}
img{max-width:100%;height:auto}figure{margin:1em 0}figcaption{color:#555;font-size:.875em}p.as-typed{white-space:pre-wrap}pre{overflow:auto;background:#f4f4f4;padding:.75em;white-space:pre-wrap}
table{border-collapse:collapse}td,th{border-bottom:1px solid #ccc;padding:.25em .75em .25em 0;text-align:left}
@media print{body{margin:0;max-width:none;font-size:11pt}section.top{break-before:page}h2,h3,h4,h5,h6{break-after:avoid}pre,table,img{break-inside:avoid}a{color:inherit}}`;

/** What is raw in it was written by us, of a text that may be shown. */
const printer = unified().use(rehypeStringify, { allowDangerousHtml: true }).freeze();

const text = (value: string): ElementContent => ({ type: 'text', value });
const element = (tagName: string, children: ElementContent[], properties: Element['properties'] = {}): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
});
const print = (children: Root['children']): string => printer.stringify({ type: 'root', children });

/** How the text of a page becomes HTML. */
export const BODY: TextTask<string> = {
  ...{
    file: new URL('../../common/markdown/markdown-html', import.meta.url),
    name: 'markdownHtml',
    here: markdownHtml,
  },
};

const idOf = ({ id }: Pick<HtmlPage, 'id'>) => `page-${id}`;

/** The file before its first page: whose handbook, of which day, and all pages as links. */
export function htmlHead(
  cohort: string,
  pages: readonly { id: string; level: number; title: string }[],
  { locale, at }: { locale: Locale; at: Date },
): string {
  const words = WORDS[locale];
  const title = `${words.title} · ${cohort}`;
  const head = element('head', [
    element('meta', [], { charSet: 'utf-8' }),
    element('meta', [], { name: 'viewport', content: 'width=device-width' }),
    element('title', [text(title)]),
    element('style', [text(STYLE)]),
  ]);
  const links = pages.map((page) =>
    element('li', [element('a', [text(page.title)], { href: `#${idOf(page)}` })], {
      style: `padding-left:${1.25 * page.level}rem`,
    }),
  );
  const body = [
    element('h1', [text(title)]),
    element('p', [text(`${words.of} ${dayIn(at, locale)}`)]),
    element('nav', [element('h2', [text(words.contents)]), element('ul', links)]),
  ];
  return `<!doctype html>\n<html lang="${locale}">${print([head, ...body])}\n`;
}

/** One page of the file; `bodyHtml`: what {@link BODY} made of its text. */
export function htmlPage(page: HtmlPage, bodyHtml: string, locale: Locale): string {
  const words = WORDS[locale];
  const facts = [
    ...(page.owner === null ? [] : [`${words.kept} ${page.owner}`]),
    `${words.checked} ${dayIn(page.checkedAt, locale)}`,
    ...(page.language === locale ? [] : [words.only]),
  ];
  const section = element(
    'section',
    [
      element(`h${Math.min(6, page.level + 2)}`, [text(page.words.title)], { lang: page.language }),
      element('small', [text(facts.join(' · '))]),
      element('div', [{ type: 'raw', value: bodyHtml } as unknown as ElementContent], { lang: page.language }),
    ],
    { id: idOf(page), ...(page.level === 0 && { className: ['top'] }) },
  );
  return `${print([section])}\n`;
}

function dayIn(at: Date, locale: Locale): string {
  const written = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  return withOrdinal(written.format(at), locale);
}
