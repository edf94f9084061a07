import { type ComponentType, createElement, lazy } from 'react';

/** Of the parts whose script did not come: has it asked for anew when the part is next drawn. */
const lost = new Set<() => void>();

/**
 * A part of a page whose script comes when the part is first drawn; it stands in a `Part`. Unlike React's own `lazy`, which keeps a
 * failure for as long as the page is open, it asks anew after `askAgainForLost`.
 */
export function lazyPart<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  const asking = (bring: typeof load) =>
    lazy(() =>
      bring().catch((error: unknown) => {
        lost.add(renew);
        throw error;
      }),
    );
  const renew = () => {
    current = asking(async () => {
      await bringLostStyles();
      return await load();
    });
  };
  let current: ComponentType<P> = asking(load);
  return function LazyPart(props) {
    return createElement(current, props);
  };
}

/** Whatever did not come is asked for again when it is next drawn. */
export function askAgainForLost(): void {
  lost.forEach((renew) => renew());
  lost.clear();
}

/** The style sheets that did not come: the loader asks for each of them once only, and the part would come without. */
const lostStyles = new Set<HTMLLinkElement>();

// Such events do not rise; they can be caught on their way down.
document.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') lostStyles.add(target);
  },
  true,
);

let bringing: Promise<unknown> | undefined;

/** Parts that are asked for together wait for them together. */
function bringLostStyles(): Promise<unknown> {
  bringing ??= Promise.all([...lostStyles].map(bringStyles)).finally(() => (bringing = undefined));
  return bringing;
}

function bringStyles(link: HTMLLinkElement): Promise<void> {
  const again = link.cloneNode() as HTMLLinkElement;
  lostStyles.delete(link);
  return new Promise((resolve, reject) => {
    again.addEventListener('load', () => resolve());
    again.addEventListener('error', () => reject(new Error(`Unable to preload CSS for ${link.href}`)));
    link.replaceWith(again);
  });
}
