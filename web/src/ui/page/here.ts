import { useEffect, useState } from 'react';

/** The last part of a page that stands in the upper third of the window, or above it: the one that is being read. */
export function useHere(parts: readonly { id: string }[]): string | undefined {
  const [here, setHere] = useState<string>();
  useEffect(() => {
    const look = () => {
      const passed = parts.filter(({ id }) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        return top !== undefined && top < window.innerHeight / 3;
      });
      setHere((passed.at(-1) ?? parts[0])?.id);
    };
    look();
    window.addEventListener('scroll', look, { passive: true, capture: true });
    return () => window.removeEventListener('scroll', look, { capture: true });
  }, [parts]);
  return here;
}

/** As the press of a link to a part: by keyboard one goes on from there. */
export const goTo = (id: string) =>
  requestAnimationFrame(() => document.getElementById(id)?.focus({ preventScroll: true }));
