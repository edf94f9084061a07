import type { Ref } from 'react';
import classes from '../emoji/Emoji.module.css';

/** Where a box floats from: as large as what it stands in. The library's words for a button (expanded, controls) are not for it. */
export function FloatAnchor({ ref }: { ref?: Ref<HTMLSpanElement> }) {
  return <span ref={ref} className={classes.anchor} />;
}
