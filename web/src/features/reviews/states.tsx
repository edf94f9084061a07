import {
  IconBan,
  IconCheck,
  IconCircleDashed,
  IconEyeOff,
  IconPencil,
  IconPlayerSkipForward,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import type { ReviewState, ReviewSummary } from '../../../../src/contracts/selection/reviews';

/** Where a file stands for its juror: what is put off is later, whatever was begun of it. */
export type Standing = ReviewState | 'later';

export const standingOf = ({ state, isLater }: Pick<ReviewSummary, 'state' | 'isLater'>): Standing =>
  isLater && (state === 'asked' || state === 'begun') ? 'later' : state;

export const ICONS: Record<Standing, TablerIcon> = {
  asked: IconCircleDashed,
  begun: IconPencil,
  submitted: IconCheck,
  abstained: IconEyeOff,
  conflict: IconBan,
  later: IconPlayerSkipForward,
};
