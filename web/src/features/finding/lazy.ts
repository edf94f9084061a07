import { bringWords } from '../../i18n/i18n';
import { lazyPart } from '../../ui/page/lazy-part';

const withWords = async <T>(part: Promise<T>): Promise<T> => {
  const [module] = await Promise.all([part, bringWords('finding'), bringWords('search')]);
  return module;
};

/** What is found in the forum; its script and words come when somebody searches. */
export const ForumFound = lazyPart(() => withWords(import('./ForumFound')));

/** What the field of a search in the forum understands. */
export const ForumHints = lazyPart(() => withWords(import('./ForumHints')));

/** A note and a reminder for what I keep. */
export const BookmarkDialog = lazyPart(() => withWords(import('./BookmarkDialog')));

/** What I keep. */
export const BookmarkList = lazyPart(() => withWords(import('./BookmarkList')));

/** Feeds of the forum. */
export const FeedsDialog = lazyPart(() => withWords(import('./FeedsDialog')));

/** Other words for tags. */
export const TagWords = lazyPart(() => withWords(import('./TagWords')));
