import { type RefObject, useLayoutEffect, useState } from 'react';

/** Puts the caret of a field somewhere before the next key is heard: in a later frame it would go back behind what was typed meanwhile. */
export function useCaret(area: RefObject<HTMLTextAreaElement | null>): (at: number) => void {
  const [caret, setCaret] = useState<{ at: number } | null>(null);
  useLayoutEffect(() => {
    if (!caret) return;
    area.current?.focus();
    area.current?.setSelectionRange(caret.at, caret.at);
  }, [area, caret]);
  return (at) => setCaret({ at });
}
