import { useState } from 'react';
import type { Message } from '../../../../../src/contracts/chat/chat';
import { lastInSight } from './list-places';
import { isNews } from './rows';

interface Read {
  /** The channel was read up to this place when it was opened; null: to its end. */
  newAfter: number | null;
  myId: string;
}

/** How many messages of others lie below all that was on screen so far. `look` is called when what is on screen changes. */
export function useNewBelow(messages: readonly Message[], { newAfter, myId }: Read) {
  const [seen, setSeen] = useState(() => newAfter ?? messages.at(-1)?.seq ?? 0);
  return {
    newBelow: messages.filter((message) => isNews(message, seen, myId)).length,
    look: (scroller: HTMLElement | null) => setSeen((before) => Math.max(before, lastInSight(scroller))),
  };
}
