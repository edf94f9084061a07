import { useEffect, useRef } from 'react';
import type { Post, Topic } from '../../../../../src/contracts/forums';

/**
 * Accepting a post, or withdrawing it, moves it on the page, and the button that was pressed goes with its old place. The post takes
 * the focus where it stands now, unless the reader has gone elsewhere meanwhile.
 */
export function useFocusAfter(topic: Topic, replies: readonly Post[]): (post: Post) => void {
  const moving = useRef<{ id: string; number: number; wasAnswer: boolean } | null>(null);
  useEffect(() => {
    const post = moving.current;
    if (!post || (topic.answer?.id === post.id) === post.wasAnswer) return;
    const place = document.getElementById(`post-${post.number}`);
    if (!place) return;
    moving.current = null;
    if (!document.activeElement || document.activeElement === document.body) place.focus();
  }, [topic.answer, replies]);
  return ({ id, number, isAnswer }) => {
    moving.current = { id, number, wasAnswer: isAnswer };
  };
}
