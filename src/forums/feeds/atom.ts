import { Feed } from 'feed';
import type { TopicSummary } from '../../contracts/forums.js';
import type { Locale } from '../../contracts/primitives.js';
import type { ForumFeedList } from '../../contracts/forum-feeds.js';
import { htmlInAtom as html, plainInAtom as plain } from '../../infra/http/atom-text.js';

/** What a feed is of. */
export interface FeedFacts {
  cohortId: string;
  cohortName: string;
  list: ForumFeedList;
  tag: string | null;
  locale: Locale;
  /** Names the feed for ever, and opens nothing. */
  feedId: string;
  /** When it was made: an empty feed has no later change. */
  createdAt: Date;
  publicUrl: string;
}

const LISTS: Record<Locale, Record<ForumFeedList, string>> = {
  en: {
    ...{ all: 'Forum', new: 'New topics', unread: 'Unread topics' },
    ...{ unanswered: 'Unanswered questions', solved: 'Solved questions', mine: 'My topics' },
  },
  fr: {
    ...{ all: 'Forum', new: 'Nouveaux sujets', unread: 'Sujets non lus' },
    ...{ unanswered: 'Questions sans réponse', solved: 'Questions résolues', mine: 'Mes sujets' },
  },
};

/** A feed of topics in Atom (RFC 4287), the latest first. The same topics make the same text. */
export function atomOf(topics: readonly TopicSummary[], facts: FeedFacts): string {
  const { cohortId, cohortName, list, tag, locale, feedId, createdAt, publicUrl } = facts;
  const forum = new URL(`/c/${cohortId}/forum`, publicUrl);
  const idOf = (id: string) => `urn:cordee:${new URL(publicUrl).hostname}:${id}`;
  const changes = topics.map(({ lastPostAt }) => Date.parse(lastPostAt));
  const feed = new Feed({
    id: idOf(`feed-${feedId}`),
    title: plain(`${cohortName} · ${tag === null ? LISTS[locale][list] : `#${tag}`}`),
    link: forum.href,
    updated: new Date(Math.max(...changes, createdAt.getTime())),
    language: locale,
    generator: 'Cordée',
    copyright: '',
  });
  for (const topic of topics) {
    const link = new URL(`${forum.pathname}/${topic.id}`, publicUrl).href;
    feed.addItem({
      ...{ id: idOf(`topic-${topic.id}`), guid: idOf(`topic-${topic.id}`), title: html(topic.title), link },
      description: html(topic.excerpt),
      author: [{ name: plain(topic.author.name || '–') }],
      category: topic.tags.map((name) => ({ name, term: name })),
      published: new Date(topic.createdAt),
      date: new Date(topic.lastPostAt),
    });
  }
  return feed.atom1();
}
