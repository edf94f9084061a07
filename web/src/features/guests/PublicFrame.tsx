import type { ReactNode } from 'react';
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
