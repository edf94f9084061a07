import { ActionIcon } from '@mantine/core';
import type { ComposerProps } from './Composer';
import classes from '../Chat.module.css';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';

const Composer = lazyPart(() => import('./Composer'));

/** The composer, which comes while the messages do: one reads before one writes. Until then its place is kept. */
export function LazyComposer(props: ComposerProps) {
  return (
    <Part fallback={<Empty />}>
      <Composer {...props} />
    </Part>
  );
}

function Empty() {
  return (
    <div className={classes.composer} aria-hidden="true">
      <div className={classes.area} />
      <div className={classes.ctl}>
        {/* As high as the tools that come. */}
        <ActionIcon disabled style={{ visibility: 'hidden' }} />
      </div>
    </div>
  );
}
