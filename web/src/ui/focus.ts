import { useEffect, useState } from 'react';

/** Longer than the library's own attempt. */
const AFTER_CLOSING_MS = 20;

/**
 * Gives the focus back, when a dialog closes, to what had it when the dialog opened. The library does so only for a dialog that stood
 * closed on the page before; ours come with their script at the first opening. Whatever took the focus meanwhile keeps it.
 */
export function useFocusBack(opened = true): void {
  const [before, setBefore] = useState<{ opened: boolean; element: Element | null }>({ opened: false, element: null });
  if (before.opened !== opened) {
    setBefore({ opened, element: opened ? document.activeElement : before.element });
  }
  const { element } = before;
  useEffect(() => {
    if (!opened) return;
    return () => {
      setTimeout(() => giveBack(element), AFTER_CLOSING_MS);
    };
  }, [opened, element]);
}

function giveBack(element: Element | null): void {
  const now = document.activeElement;
  const isLost = now === null || now === document.body || now.closest('[role="dialog"]') !== null;
  if (isLost && element instanceof HTMLElement && element.isConnected) element.focus({ preventScroll: true });
}
