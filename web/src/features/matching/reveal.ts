/** As the `ref` of what an act brings elsewhere on the page: the focus goes there, and it is seen. */
export function reveal(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'nearest' });
}
