import { type KeyboardEvent, useEffect, useState } from 'react';

/** Longer than the library's own attempt. */
const AFTER_CLOSING_MS = 20;

/**
 * Gives the focus back, when a dialog closes, to what had it when the dialog opened. The library does so only for a dialog that stood
 * closed on the page before; ours come with their script at the first opening. Whatever took the focus meanwhile keeps it.
 */
export function useFocusBack(opened = true): void {
  const [before, setBefore] = useState<{ opened: boolean; element: Element | null }>({ opened: false, element: null });
  if (before.opened !== opened) {
    setBefore({ opened, element: opened ? openerOf(document.activeElement) : before.element });
  }
  const { element } = before;
  useEffect(() => {
    if (!opened) return;
    return () => {
      setTimeout(() => giveBack(element), AFTER_CLOSING_MS);
    };
  }, [opened, element]);
}

/** What had the focus last, also when it is gone from the page. */
let last: Element | null = null;
const remember = ({ target }: FocusEvent) => {
  last = target instanceof Element ? target : null;
};
// Rules that import a part of a page are tested without one.
if (typeof document !== 'undefined') document.addEventListener('focusin', remember);

/**
 * Of an item of a menu, which is gone by then: the button of the menu. A menu gives that the focus a moment after it took the item away; until then nothing has it, and a
 * dialog may open.
 */
function openerOf(element: Element | null): Element | null {
  const menu = (element === document.body ? last : element)?.closest('[role="menu"]');
  return menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : element;
}

/** The element as it stands on the page: what moved to another place was drawn anew there, under its name. */
function presentOf(element: Element | null): HTMLElement | null {
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  if (element.isConnected) return element;
  const name = element.getAttribute('aria-label');
  return name ? document.querySelector(`${element.localName}[aria-label="${CSS.escape(name)}"]`) : null;
}

function giveBack(element: Element | null): void {
  const now = document.activeElement;
  const isLost = now === null || now === document.body || now.closest('[role="dialog"]') !== null;
  if (!isLost) return;
  const present = presentOf(element);
  if (present) present.focus({ preventScroll: true });
  else focusHeading();
}

/** Once an act has taken its own button away: the page is read on from its heading, rather than from nowhere. */
export function keepFocus(): void {
  setTimeout(() => giveBack(null), AFTER_CLOSING_MS);
}

/** As the `ref` of what a press brings in the place of its own button: the keyboard goes on from there. */
export const takeFocus = (element: HTMLElement | null): void => element?.focus({ preventScroll: true });

/** Gives the focus back to a button that could not hold it while it was at work. */
export function refocus(element: Element | null): void {
  setTimeout(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isLost && element instanceof HTMLElement && element.isConnected) element.focus({ preventScroll: true });
  }, AFTER_CLOSING_MS);
}

const focusHeading = () => document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });

/** Closes a part of the page by Escape, unless it was pressed in a dialog over it: that one closes first. */
export const onEscape = (close: () => void) => (event: KeyboardEvent) => {
  // What is drawn over the page tells of its keys here too, though it stands elsewhere.
  const isInside = event.target instanceof Node && event.currentTarget.contains(event.target);
  if (event.key === 'Escape' && isInside) close();
};

/** {@link onEscape}, where something is typed in the part: Escape in a field is of that field, and what is half written stays. */
export const onEscapeOutsideFields = (close: () => void) => (event: KeyboardEvent) => {
  if (event.target instanceof Element && event.target.closest('input, textarea')) return;
  onEscape(close)(event);
};

/** So long a part of a page that comes later is waited for. */
const COMES_WITHIN_MS = 15_000;

/**
 * Gives the focus to what is within a part of the page, as soon as that has come, and scrolls there if it is said how; whoever goes elsewhere meanwhile stays there.
 */
export function focusWhenThere(part: HTMLElement, selector: string, scroll?: ScrollIntoViewOptions): void {
  const before = document.activeElement;
  const focus = () => {
    const found = part.querySelector<HTMLElement>(selector);
    if (found && document.activeElement === before) {
      if (scroll) found.scrollIntoView(scroll);
      found.focus({ preventScroll: true });
    }
    return found !== null;
  };
  if (focus()) return;
  const observer = new MutationObserver(() => {
    if (focus()) observer.disconnect();
  });
  observer.observe(part, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), COMES_WITHIN_MS);
}
