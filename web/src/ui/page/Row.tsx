import type { ReactNode } from 'react';

/** A list of rows divided by hairlines. `tight` halves the padding. */
export function Rows({ tight, label, children }: { tight?: boolean; label?: string; children: ReactNode }) {
  return (
    <ul className={tight ? 'list tight' : 'list'} aria-label={label}>
      {children}
    </ul>
  );
}

interface RowProps {
  /** Time, face or icon at the left. */
  left?: ReactNode;
  /** A link with `className="title"`, or words. */
  title: ReactNode;
  /** Facts under the title, each in a `<span>` with a 16 px icon. */
  meta?: ReactNode;
  /** The one act, or my state. */
  right?: ReactNode;
  children?: ReactNode;
}

/** One row: left time or face, middle what, right the one act or my state. */
export function Row({ left, title, meta, right, children }: RowProps) {
  return (
    <li>
      {left}
      <div className="grow">
        {typeof title === 'string' ? <span className="title">{title}</span> : title}
        {meta && <div className="meta">{meta}</div>}
        {children}
      </div>
      {right}
    </li>
  );
}
