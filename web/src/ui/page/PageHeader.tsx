import { Link, type LinkProps } from '@tanstack/react-router';
import { IconChevronRight } from '@tabler/icons-react';
import { Fragment, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useArrivalFocus } from './arrival';
import { Icon } from '../Icon';
import { usePageTitle } from './title';

/** A step above this page: its name and, but for the last, where it leads. */
export interface Crumb {
  label: string;
  link?: Pick<LinkProps, 'to' | 'params' | 'search'>;
}

interface PageHeaderProps {
  title: string;
  /** What the browser's tab says, where it differs from the title. */
  tab?: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  crumbs?: Crumb[];
  /** The acts of the page, at the right; one primary at most. */
  children?: ReactNode;
}

/** The head of a page: crumbs, the only h1, one sentence, the acts. It names the browser tab and takes the focus. */
export function PageHeader({ title, tab, lead, crumbs, children }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(tab ?? title);
  useArrivalFocus(heading);
  return (
    <>
      {crumbs && <Crumbs crumbs={crumbs} />}
      <header className="page-head">
        <div className="grow">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {typeof lead === 'string' ? <p>{lead}</p> : lead}
        </div>
        {children && <div className="row wrap">{children}</div>}
      </header>
    </>
  );
}

function Crumbs({ crumbs }: { crumbs: Crumb[] }) {
  const { t } = useTranslation();
  return (
    <nav className="crumb" aria-label={t('crumbs')}>
      {crumbs.map((crumb, index) => (
        <Fragment key={crumb.label}>
          {index > 0 && <Icon of={IconChevronRight} size={14} />}
          {crumb.link ? <Link {...crumb.link}>{crumb.label}</Link> : <span>{crumb.label}</span>}
        </Fragment>
      ))}
    </nav>
  );
}
