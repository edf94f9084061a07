import { useEffect, useRef } from 'react';
import { createStore, useStore } from '../../api/store';

const KEPT = 'cordee-single-keys';

/** Whether single letters do something in this browser; they can be switched off, for who speaks to it or presses keys by chance (WCAG 2.1.4). */
export const singleKeys = createStore<boolean>(localStorage.getItem(KEPT) !== 'off');

export function keepSingleKeys(on: boolean): void {
  localStorage.setItem(KEPT, on ? 'on' : 'off');
  singleKeys.set(on);
}

/** What a key does on a page; false: nothing this time, so that it means what it always does. */
export type SingleKeys = Readonly<Record<string, () => unknown>>;

/** Single keys of a page. Nothing happens while one types, in a dialog or a menu, or with another key held. */
export function useSingleKeys(keys: SingleKeys): void {
  const on = useStore(singleKeys);
  const now = useRef(keys);
  useEffect(() => {
    now.current = keys;
  });
  useEffect(() => {
    if (!on) return;
    const listen = (event: KeyboardEvent) => {
      const name = [event.key, event.code].find((one) => Object.hasOwn(now.current, one));
      const act = name === undefined ? undefined : now.current[name];
      if (
        !act ||
        event.repeat ||
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isBusy(event)
      )
        return;
      if (act() !== false) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [on]);
}

const TYPED_IN = 'input, textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"]';

const isBusy = ({ target }: KeyboardEvent) =>
  (target instanceof Element && target.closest(TYPED_IN) !== null) ||
  document.querySelector('[role="dialog"]') !== null;
