import type { Root } from 'hast';
import { useEffect } from 'react';
import { createStore, useStore } from '../../api/store';

type Highlight = (tree: Root) => Root;

const highlighter = createStore<Highlight | null>(null);
let coming: Promise<void> | undefined;

/** What colours code, once somebody needs it and its script has come; until then code is plain. */
export function useHighlighter(needed: boolean): Highlight | null {
  const highlight = useStore(highlighter);
  useEffect(() => {
    if (!needed) return;
    coming ??= import('./highlight').then(
      ({ highlighted }) => highlighter.set(highlighted),
      () => {
        // The line is down: the next block of code asks again.
        coming = undefined;
      },
    );
  }, [needed]);
  return needed ? highlight : null;
}
