import type { MyApplication } from '../../../../../src/contracts/calls/my-applications';

/** How a file is stamped in the list: a draft of a call that is over was missed, and what was changed since it was handed in does not count yet. */
export function stampOf({ state, isChanged, call }: Pick<MyApplication, 'state' | 'isChanged' | 'call'>) {
  if (state === 'draft' && call.isOver) return 'missed';
  if (state === 'submitted' && isChanged && call.isOpen) return 'changed';
  return state;
}
