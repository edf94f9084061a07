import type { Notification } from '../../../api/types';

/** Where a notice leads, as the links of the app take it. */
export function addressOf({ link }: Pick<Notification, 'link'>) {
  const { pathname, searchParams, hash } = new URL(link, window.location.origin);
  return { to: pathname, search: Object.fromEntries(searchParams) as never, hash: hash.slice(1) };
}
