import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, useHere } from '../../ui/page/here';
import { Brand, LanguageSwitch } from '../auth/AuthFrame';
import classes from './apply.module.css';

interface CallFrameProps {
  /** What stands at the left of a wide screen: the parts of the page. */
  aside?: ReactNode;
  /** The colour of the cohort. */
  colour?: string;
  /** What stays at the bottom of a phone. */
  bar?: ReactNode;
  barTone?: 'wait';
  children: ReactNode;
}

/** The frame of the pages of calls, for everybody: the brand, the language, the parts of the page, the page. */
export function CallFrame({ aside, colour, bar, barTone, children }: CallFrameProps) {
  const { t } = useTranslation();
  useEffect(() => {
    if (colour) document.body.dataset.cohort = colour;
  }, [colour]);
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main" onClick={() => goTo('main')}>
        {t('skip')}
      </a>
      <header className={classes.top}>
        <Link to="/calls">
          <Brand />
        </Link>
        <LanguageSwitch />
      </header>
      <div className={classes.body}>
        <div className={`${classes.nav} only-wide`}>{aside}</div>
        <main id="main" tabIndex={-1} className={classes.main}>
          {children}
        </main>
      </div>
      {bar && (
        <footer className={`${classes.bar} only-phone`} data-tone={barTone}>
          {bar}
        </footer>
      )}
    </div>
  );
}

/** A part of a page: its id, its name, and what is said beside it. */
export interface PagePart {
  id: string;
  label: string;
  note?: ReactNode;
}

/** The parts of a page as links; the one that is being read is marked. */
export function PageParts({ title, parts }: { title: string; parts: readonly PagePart[] }) {
  const here = useHere(parts);
  if (parts.length < 2) return null;
  return (
    <nav className={classes.toc} aria-label={title}>
      <p className="t3 xs med">{title}</p>
      <ul>
        {parts.map(({ id, label, note }) => (
          <li key={id} data-here={id === here}>
            <a href={`#${id}`} aria-current={id === here ? 'location' : undefined} onClick={() => goTo(id)}>
              <span className="grow">{label}</span>
              {note}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
