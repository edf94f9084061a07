import { Feed } from 'feed';
import { formatInstant } from '../common/times/instants.js';
import type { PublicCalls } from '../contracts/calls/calls.js';
import type { Locale } from '../contracts/primitives.js';
import { htmlInAtom, plainInAtom } from '../infra/http/atom-text.js';

const WORDS = {
  en: { title: 'Open calls', until: 'Until' },
  fr: { title: 'Appels ouverts', until: 'Jusqu’au' },
} as const;

/** The calls that are open or will be, in Atom (RFC 4287). The same calls make the same text. */
export function atomOfCalls({ items }: PublicCalls, locale: Locale, publicUrl: string): string {
  const words = WORDS[locale];
  const page = new URL('/calls', publicUrl);
  const idOf = (id: string) => `urn:cordee:${page.hostname}:${id}`;
  const changes = items.map(({ opensAt }) => Date.parse(opensAt));
  const feed = new Feed({
    ...{ id: idOf(`calls-${locale}`), title: words.title, link: page.href, language: locale },
    ...{ updated: new Date(Math.max(0, ...changes)), generator: 'Cordée', copyright: '' },
  });
  for (const { slug, title, lead, opensAt, closesAt, timeZone, cohort } of items) {
    const until = `${words.until} ${formatInstant(new Date(closesAt), timeZone, locale)}`;
    feed.addItem({
      ...{ id: idOf(`call-${slug}`), guid: idOf(`call-${slug}`), title: htmlInAtom(title[locale]) },
      link: new URL(`/calls/${slug}`, publicUrl).href,
      description: htmlInAtom([lead[locale], until].filter((part) => part !== '').join(' · ')),
      author: [{ name: plainInAtom(cohort.name) }],
      ...{ published: new Date(opensAt), date: new Date(opensAt) },
    });
  }
  return feed.atom1();
}
