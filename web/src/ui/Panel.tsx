import { Paper } from '@mantine/core';
import { useId, type ReactNode } from 'react';

/** A box, only where one acts: booking, my place, a preview. */
export function Panel({ title, children, className }: { title?: string; children: ReactNode; className?: string }) {
  const id = useId();
  return (
    <Paper component="section" className={className} aria-labelledby={title ? id : undefined}>
      {title && <h2 id={id}>{title}</h2>}
      {children}
    </Paper>
  );
}
