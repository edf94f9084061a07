import type { AsyncRouteComponent } from '@tanstack/react-router';
import { useMe, useMembership } from '../api/session';
import { NotFoundPage } from '../ui/page/NotFound';

/**
 * A page of the programme team, and of admins where the API lets them in from outside. All others see what they would see if it did
 * not exist; neither its script nor its data is asked for.
 */
export function teamOnly(Page: AsyncRouteComponent<object>, who: 'team' | 'admins too'): AsyncRouteComponent<object> {
  function TeamOnly() {
    const me = useMe();
    const isTeam = useMembership()?.role === 'staff';
    return isTeam || (me.isAdmin && who === 'admins too') ? <Page /> : <NotFoundPage />;
  }
  return Object.assign(TeamOnly, { preload: Page.preload });
}
