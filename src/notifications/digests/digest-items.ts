import type { DigestSection, PreferenceKind } from '../../contracts/notifications/notifications.js';

/** How many of each list a digest names: five that wait for its reader, five of the rest, and a few of each section. */
export const MAX_LISTED = 5;

/** What one stops by one's own link at an item: a group's mails, a topic, a channel, a section of the digest. */
export type Stop =
  | { what: 'group'; group: PreferenceKind }
  | { what: 'topic'; cohortId: string; topicId: string }
  | { what: 'channel'; channelId: string }
  | { what: 'section'; section: DigestSection };

/** One line of a digest. */
export interface DigestItem {
  title: string;
  /** Empty: nothing more to say. */
  body: string;
  /** A path of the web app. */
  link: string;
  /** Null: there is nothing to stop, as with what nobody can switch off. */
  stop: Stop | null;
}

/** Something that may be named: `strength` orders what was kept back, `at` what is equally strong. */
export interface Candidate extends DigestItem {
  /** The thing it is about: of two candidates of one thing, the first is named. */
  about: string;
  waitsForMe: boolean;
  strength: number;
  at: Date;
}

export type ListKey = 'waits' | 'news' | DigestSection;

/** One list of a digest; `more`: how many are not named. */
export interface DigestList {
  key: ListKey;
  items: DigestItem[];
  more: number;
}

const ORDER: readonly DigestSection[] = ['workshops', 'slots', 'answers', 'unanswered', 'questions', 'channels'];

/**
 * The lists of a digest: what waits for its reader first (the longest waiting before the others), then what was kept back (the strongest
 * reason first, of those the latest), then the sections that are wanted. A list without items is not there. Pure.
 */
export function listsOf(
  candidates: readonly Candidate[],
  sections: Readonly<Partial<Record<DigestSection, readonly DigestItem[]>>>,
  without: readonly DigestSection[],
): DigestList[] {
  const distinct = [...new Map([...candidates].reverse().map((one) => [one.about, one])).values()].reverse();
  const waits = distinct.filter((one) => one.waitsForMe).sort((a, b) => a.at.getTime() - b.at.getTime());
  const news = distinct
    .filter((one) => !one.waitsForMe)
    .sort((a, b) => b.strength - a.strength || b.at.getTime() - a.at.getTime());
  const wanted = ORDER.filter((section) => !without.includes(section));
  return [
    listOf('waits', waits),
    listOf('news', news),
    ...wanted.map((section) => listOf(section, sections[section] ?? [])),
  ].filter(({ items }) => items.length > 0);
}

const listOf = (key: ListKey, items: readonly DigestItem[]): DigestList => ({
  key,
  items: items.slice(0, MAX_LISTED).map(({ title, body, link, stop }) => ({ title, body, link, stop })),
  more: Math.max(0, items.length - MAX_LISTED),
});
