import type { Topic } from '../../../../../src/contracts/forums';

/** What is done with a topic after a dialog. */
export const ASKS = ['close', 'lock', 'pin', 'slow', 'move', 'merge', 'duplicate', 'trail'] as const;
export type Ask = (typeof ASKS)[number];

/** What each of the dialogs is given. */
export interface TopicDialogProps {
  topic: Topic;
  onClose: () => void;
}
