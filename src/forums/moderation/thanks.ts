/** A reply that somebody voted for or put an emoji on; ids as texts. */
export interface Thanked {
  number: number;
  authorId: string;
  topicAuthorId: string;
  byId: string;
}

/** Is it thanks for a reply of somebody else than who asked? Nobody thanks themselves. */
export const isThanks = ({ number, authorId, topicAuthorId, byId }: Thanked): boolean =>
  number > 1 && authorId !== topicAuthorId && byId !== authorId;
