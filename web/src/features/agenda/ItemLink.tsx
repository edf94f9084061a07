import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AgendaItem } from '../../../../src/contracts/calendar';

interface ItemLinkProps {
  item: AgendaItem;
  className?: string;
  children: ReactNode;
  title?: string;
  draggable?: false | undefined;
}

/** Goes to the page of an entry. A milestone has none: it is words. */
export function ItemLink({ item, children, ...rest }: ItemLinkProps) {
  const { cohortId, id } = item;
  if (item.kind === 'workshop')
    return (
      <Link to="/c/$cohortId/workshops/$workshopId" params={{ cohortId, workshopId: id }} {...rest}>
        {children}
      </Link>
    );
  if (item.kind === 'session')
    return (
      <Link to="/c/$cohortId/coaching/sessions/$sessionId" params={{ cohortId, sessionId: id }} {...rest}>
        {children}
      </Link>
    );
  return <span {...rest}>{children}</span>;
}
