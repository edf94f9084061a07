import { useNavigate } from '@tanstack/react-router';
import { useSingleKeys } from '../../shell/single-keys';
import { type About, useKeeping } from './bookmarks';

const POSTS = 'article[id^="post-"]';
const ROWS = 'a[data-topic], [data-hit] a';

/** The keys of a list: j and k go from topic to topic, b keeps the one that has the focus, / searches. */
export function useListKeys(cohortId: string): void {
  const { keep } = useKeeping(cohortId);
  useSingleKeys({
    j: () => step(ROWS, 1),
    k: () => step(ROWS, -1),
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
    j: () => step(POSTS, 1, 'start'),
    k: () => step(POSTS, -1, 'start'),
    r: onReply,
    b: () =>
      (document.activeElement?.closest(POSTS) ?? document).querySelector<HTMLElement>('[data-bookmark]')?.click(),
    '/': () =>
      void navigate({ to: '/c/$cohortId/forum', params: { cohortId } }).then(() =>
        requestAnimationFrame(() => document.getElementById('forum-search')?.focus()),
      ),
  });
}

/** Puts the focus on the next or previous one of some elements, the first or last where none has it. False where there is none. */
function step(what: string, by: 1 | -1, block: 'start' | 'nearest' = 'nearest'): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(what)];
  const at = all.findIndex((one) => one === document.activeElement || one.contains(document.activeElement));
  const next = all[at === -1 ? (by === 1 ? 0 : all.length - 1) : at + by];
  next?.scrollIntoView({ block });
  next?.focus({ preventScroll: true });
  return next !== undefined;
}

function topicAt(element: Element | null): About | null {
  const id = element?.getAttribute('data-topic');
  return id ? { kind: 'topic', id } : null;
}
