/** The keys of drafts in a forum (forum-drafts.ts); without schemas, so that a page does not load the library of these for a name. */
export const draftKeys = {
  reply: (topicId: string): string => `topic-${topicId}`,
  edit: (postId: string): string => `edit-${postId}`,
  topic: (cohortId: string, workshopId?: string): string =>
    `ask-${cohortId}${workshopId === undefined ? '' : `-${workshopId}`}`,
};
