import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Heading } from './useContents';
import classes from '../handbook.module.css';

/** The headings of the page as links; the one that is being read is marked. */
export function Contents({ headings }: { headings: readonly Heading[] }) {
  const { t } = useTranslation('handbook');
  const here = useHere(headings);
  if (headings.length < 2) return null;
  return (
    <nav className={classes.contents} aria-label={t('onThisPage')}>
      <p className="t3 xs med">{t('onThisPage')}</p>
      <ul>
        {headings.map(({ id, text, depth }) => (
          <li key={id} data-depth={depth} data-here={id === here}>
            <a href={`#${id}`} aria-current={id === here ? 'location' : undefined} onClick={() => go(id)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** By keyboard one goes on from there. */
const go = (id: string) => requestAnimationFrame(() => document.getElementById(id)?.focus({ preventScroll: true }));

/** The last heading that stands in the upper third of the window, or above it. */
function useHere(headings: readonly Heading[]): string | undefined {
  const [here, setHere] = useState<string>();
  useEffect(() => {
    const look = () => {
      const passed = headings.filter(({ id }) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        return top !== undefined && top < window.innerHeight / 3;
      });
      setHere((passed.at(-1) ?? headings[0])?.id);
    };
    look();
    window.addEventListener('scroll', look, { passive: true, capture: true });
    return () => window.removeEventListener('scroll', look, { capture: true });
  }, [headings]);
  return here;
}
