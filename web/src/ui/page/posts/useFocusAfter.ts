import { useEffect, useRef } from 'react';

/** A post whose button was pressed: where it stands on the page, and whether it was the answer. */
interface Moving {
  id: string;
  elementId: string;
  wasAnswer: boolean;
}

/**
 * Accepting a post, or withdrawing it, moves it on the page, and the button that was pressed goes with its old place. The post takes
 * the focus where it stands now, unless the reader has gone elsewhere meanwhile. `drawn`: the posts that are shown.
 */
export function useFocusAfter(answerId: string | undefined, drawn: unknown): (post: Moving) => void {
  const moving = useRef<Moving | null>(null);
  useEffect(() => {
    const post = moving.current;
    if (!post || (answerId === post.id) === post.wasAnswer) return;
    const place = document.getElementById(post.elementId);
    if (!place) return;
    moving.current = null;
    if (!document.activeElement || document.activeElement === document.body) place.focus();
  }, [answerId, drawn]);
  return (post) => {
    moving.current = post;
  };
}
