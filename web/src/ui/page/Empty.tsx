import type { ReactNode } from 'react';

interface EmptyProps {
  /** What the list is for, as a sentence. */
  title: string;
  /** When it fills, or an example. */
  children?: ReactNode;
  /** One primary act. */
  act?: ReactNode;
}

/** An empty list: what it is for, then the one next act. No picture, left aligned. */
export function Empty({ title, children, act }: EmptyProps) {
  return (
    <div className="mt16 measure">
      <p className="md med">{title}</p>
      {children && <p className="t2 mt4">{children}</p>}
      {act && <div className="row mt16">{act}</div>}
    </div>
  );
}
