import type { Types } from 'mongoose';

/** What a letter to who applies is about: their link, that a draft must be handed in so many hours before the closing, that it closed without it, that it closes later, a receipt, that they took it back, what the programme team wrote, what was decided, that their place is to be confirmed, that they took it, or that it is lost, or that they are asked for a piece. */
export type ApplicationLetterKind =
  | 'link'
  | 'closing'
  | 'closed'
  | 'extended'
  | 'receipt'
  | 'withdrawn'
  | 'message'
  | 'decision'
  | 'to-confirm'
  | 'place-taken'
  | 'place-lost'
  | 'asked';

/**
 * What a letter says is read from the file and its call as it is written. `closesAt` (ms): the closing that it is about; of another one by then it is not sent. `hours`: before the closing.
 * `times`: which time it was handed in.
 */
export interface AboutApplication {
  kind: ApplicationLetterKind;
  closesAt?: number;
  hours?: number;
  times?: number;
  /** Of a `decision`, of what follows from it, and of what is `asked`: which one; of another by then it is not sent. */
  turn?: number;
  /** Of a `message`: what was written is read by its id. */
  messageId?: Types.ObjectId;
}

/** Drafts, and only they, are reminded so many hours before the closing. */
export const HOURS_BEFORE: readonly number[] = [7 * 24, 48, 3];
