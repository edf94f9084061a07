import { useEffect, useEffectEvent, useRef } from 'react';

/**
 * What opens at the side gives the focus back when it closes: to the button that opened it (call `from` while it has the focus),
 * `otherwise` where there was none or it is gone. `back` says that the reader closes it.
 */
export function useWayBack(
  isOpen: boolean,
  otherwise: () => void,
): { from: (opener: Element | null) => void; back: () => void } {
  const opener = useRef<Element>(null);
  const closing = useRef(false);
  // Only once it is closed: on a phone the button is hidden until then.
  const closed = useEffectEvent(() => {
    if (!closing.current) return;
    closing.current = false;
    const button = opener.current;
    if (button instanceof HTMLElement && button.isConnected) button.focus();
    else otherwise();
  });
  useEffect(() => {
    if (!isOpen) closed();
  }, [isOpen]);
  return {
    from: (element) => {
      opener.current = element;
    },
    back: () => {
      closing.current = true;
    },
  };
}
