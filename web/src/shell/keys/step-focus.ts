/** Puts the focus on the next (1) or previous (-1) one of some elements, the first or last where none has it. False where there is none. */
export function stepFocus(what: string, by: 1 | -1, block: 'start' | 'nearest' = 'nearest'): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(what)];
  const at = all.findIndex((one) => one === document.activeElement || one.contains(document.activeElement));
  const next = all[at === -1 ? (by === 1 ? 0 : all.length - 1) : at + by];
  next?.scrollIntoView({ block });
  next?.focus({ preventScroll: true });
  return next !== undefined;
}
