import type { ReactNode } from 'react';
import { usePageTitle } from '../../ui/page/title';
import { Brand, LanguageSwitch } from '../auth/AuthFrame';
import classes from './guests.module.css';

/** The frame of what everybody may see: the brand, the language, and the page. */
export function PublicFrame({ children }: { children: ReactNode }) {
  return (
    <div className={classes.frame}>
      <header className="row between">
        <Brand />
        <LanguageSwitch />
      </header>
      <main className="mt24">{children}</main>
    </div>
  );
}

/** For somebody from outside who finds nothing: why that may be, and what they do instead. */
export function NothingPublic({ title, body }: { title: string; body: string }) {
  usePageTitle(title);
  return (
    <div className="measure">
      <h1>{title}</h1>
      <p className="t2 md mt8">{body}</p>
    </div>
  );
}
