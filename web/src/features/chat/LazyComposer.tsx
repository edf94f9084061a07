import { lazy, Suspense } from 'react';
import type { ComposerProps } from './Composer';
import classes from './Chat.module.css';

const Composer = lazy(() => import('./Composer'));

/** The composer, which comes while the messages do: one reads before one writes. Until then its place is kept. */
export function LazyComposer(props: ComposerProps) {
  return (
    <Suspense fallback={<Empty />}>
      <Composer {...props} />
    </Suspense>
  );
}

function Empty() {
  return (
    <div className={classes.composer} aria-hidden="true">
      <div className={classes.area} />
      <div className={classes.ctl} />
    </div>
  );
}
