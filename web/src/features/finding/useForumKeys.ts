import { useNavigate } from '@tanstack/react-router';
import { useSingleKeys } from '../../shell/keys/single-keys';
import { stepFocus } from '../../shell/keys/step-focus';
import { type About, useKeeping } from './bookmarks';

const POSTS = 'article[id^="post-"]';
const ROWS = 'a[data-topic], [data-hit] a';

/** The keys of a list: j and k go from topic to topic, b keeps the one that has the focus, / searches. */
export function useListKeys(cohortId: string): void {
  const { keep } = useKeeping(cohortId);
  useSingleKeys({
    j: () => stepFocus(ROWS, 1),
    k: () => stepFocus(ROWS, -1),
    b: () => {
      const about = topicAt(document.activeElement);
      if (!about) return false;
      keep(about);
    },
    '/': () => document.getElementById('forum-search')?.focus(),
  });
}

/** The keys of a topic: j and k go from post to post, r replies, b keeps the post that has the focus, or the topic, / searches the forum. */
export function useTopicKeys(cohortId: string, onReply: () => void): void {
  const navigate = useNavigate();
  useSingleKeys({
    j: () => stepFocus(POSTS, 1, 'start'),
    k: () => stepFocus(POSTS, -1, 'start'),
    r: onReply,
    b: () =>
      (document.activeElement?.closest(POSTS) ?? document).querySelector<HTMLElement>('[data-bookmark]')?.click(),
    '/': () =>
      void navigate({ to: '/c/$cohortId/forum', params: { cohortId } }).then(() =>
        requestAnimationFrame(() => document.getElementById('forum-search')?.focus()),
      ),
  });
}

function topicAt(element: Element | null): About | null {
  const id = element?.getAttribute('data-topic');
  return id ? { kind: 'topic', id } : null;
}
