import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface GroupProps {
  title: string;
  count?: number;
  /** One link, button or short fact at the right (`className="right xs link"`). */
  right?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A section of a page: its head on a line, then rows. The heading names the section for a screen reader. */
export function Group({ title, count, right, className = 'mt24', children }: GroupProps) {
  const id = useId();
  const { i18n } = useTranslation();
  return (
    <section className={className} aria-labelledby={id}>
      <div className="group">
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className="num">{count.toLocaleString(i18n.language)}</span>}
        {right && <span className="right xs">{right}</span>}
      </div>
      {children}
    </section>
  );
}
