import { IconCircleX, IconCopy, IconLock, IconPin, type Icon as TablerIcon } from '@tabler/icons-react';
import type { TopicSummary } from '../../../../../src/contracts/forums';

type Closing = NonNullable<TopicSummary['closed']>;

/** How a topic stands apart: its word and its icon; who did it, when and why. */
export interface Mark {
  word: 'pinned' | Closing['how'];
  icon: TablerIcon;
  done: Pick<Closing, 'by' | 'at' | 'why'>;
}

export const CLOSED_ICONS: Record<Closing['how'], TablerIcon> = {
  closed: IconCircleX,
  locked: IconLock,
  duplicate: IconCopy,
};

/** That it is pinned, and how it is closed. */
export function marksOf({ pinned, closed }: Pick<TopicSummary, 'pinned' | 'closed'>): Mark[] {
  return [
    ...(pinned ? [{ word: 'pinned', icon: IconPin, done: pinned } as const] : []),
    ...(closed ? [{ word: closed.how, icon: CLOSED_ICONS[closed.how], done: closed }] : []),
  ];
}
