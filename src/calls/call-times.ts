import type { CallState } from '../contracts/calls/calls.js';
import type { CallRow } from './call.schema.js';

type Times = Pick<CallRow, 'state' | 'opensAt' | 'closesAt'>;

/** Whether its closing is past at an instant, or staff closed it. The second of the closing is too late already. */
export const isOver = ({ state, closesAt }: Times, at: Date): boolean =>
  state === 'closed' || (state === 'published' && closesAt !== null && at >= closesAt);

/** Whether something can be handed in at an instant. */
export const isOpen = (call: Times, at: Date): boolean =>
  call.state === 'published' && call.opensAt !== null && at >= call.opensAt && !isOver(call, at);

/** Where it stands: a call closes by itself. */
export const stateAt = (call: Times, at: Date): CallState => (isOver(call, at) ? 'closed' : call.state);
