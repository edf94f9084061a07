import { keys } from '../api/keys';
import { queryClient } from '../api/query';
import { currentCohortId } from '../api/session';
import type { Me } from '../api/types';
import { askShell } from './ask-shell';

/** Asks for the frame as somebody comes in, before its script is there: nothing for who is signed out. */
export function startShell(pathname: string): void {
  const me = queryClient.getQueryData<Me>(keys.me);
  if (me) askShell(currentCohortId(me, /^\/c\/([^/]+)/.exec(pathname)?.[1]));
}
