import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Post, Topic, TopicReadState } from '../../../../../src/contracts/forums';
import { api } from '../../../api/http';
import { outNow } from '../../../api/left';
import { useMe } from '../../../api/session';
import { useFocused } from '../../../ui/page/useFocused';
import { applyRead } from '../forum';
import { readTo } from './read-posts';

/** What was seen within so long is told together. */
const TOGETHER_MS = 1000;
/** So long after the server could not take it, it is told again. */
const AGAIN_MS = 5000;

/**
 * Reads a topic: a post whose end (a `PostEnd`) comes on screen in a window that has the focus is read, and with it those before it that were seen. What I read is
 * told to the server in batches, and by it to my other devices.
 */
export function useReadPosts(topic: Topic, posts: readonly Post[]): void {
  const client = useQueryClient();
  const me = useMe();
  const focused = useFocused();
  const [failures, setFailures] = useState(0);
  const seen = useRef(new Set<number>());
  const told = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const tell = useEffectEvent(() => {
    timer.current = undefined;
    const known = Math.max(topic.readNumber, told.current);
    const number = readTo(posts, known, me.id, (one) => seen.current.has(one));
    if (number <= known) return;
    told.current = number;
    const { cohortId, id: topicId } = topic;
    // The page goes because I am out of the cohort: nobody is left to be told.
    if (outNow().cohorts.has(cohortId)) return;
    api
      .put<TopicReadState>(`/cohorts/${cohortId}/topics/${topicId}/read`, { number })
      .then((state) => applyRead(client, { cohortId, topicId, ...state }))
      .catch(() => {
        told.current = 0;
        setTimeout(() => setFailures((failures) => failures + 1), AGAIN_MS);
      });
  });

  useEffect(() => {
    if (!focused) return;
    const observer = new IntersectionObserver((ends) => {
      for (const { isIntersecting, target } of ends)
        if (isIntersecting) seen.current.add(Number((target as HTMLElement).dataset['postEnd']));
      timer.current ??= setTimeout(() => tell(), TOGETHER_MS);
    });
    for (const end of document.querySelectorAll('[data-post-end]')) observer.observe(end);
    return () => observer.disconnect();
  }, [focused, posts, failures]);

  useEffect(
    () => () => {
      if (timer.current === undefined) return;
      clearTimeout(timer.current);
      tell();
    },
    [],
  );
}
