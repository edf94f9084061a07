import { useId, type ReactNode } from 'react';
import classes from './Panel.module.css';

/** A box, only where one acts: booking, my place, a preview. */
export function Panel({ title, children, className }: { title?: string; children: ReactNode; className?: string }) {
  const id = useId();
  return (
    <section className={`${classes.panel} ${className ?? ''}`} aria-labelledby={title ? id : undefined}>
      {title && <h2 id={id}>{title}</h2>}
      {children}
    </section>
  );
}
