/**
 * The names under which answers are kept. A live event and a fetch meet here: both write the same key.
 * A page's own key starts with one of these, so that `invalidateQueries({ queryKey: keys.cohort(id) })` reaches it.
 */
export const keys = {
  me: ['me'] as const,
  channels: ['channels'] as const,
  /** The threads that I follow: my standing with each, and lists of them. */
  threads: ['threads'] as const,
  waitingThreads: ['threads', 'waiting'] as const,
  /** What I planned for later. */
  scheduled: ['scheduled'] as const,
  /** What I began to write in forums, by its key. */
  draft: (key: string) => ['drafts', key] as const,
  saved: ['saved'] as const,
  savedIds: ['saved', 'ids'] as const,
  inbox: ['inbox'] as const,
  /** The first page of the inbox with its count, for the bell. */
  inboxHead: ['inbox', 'head'] as const,
  /** The pages of the inbox page, by what is shown. */
  inboxList: ['inbox', 'list'] as const,
  agenda: ['agenda'] as const,
  /** What I watch, as changed from the inbox. */
  watches: ['watches'] as const,
  preferences: ['preferences'] as const,
  /** My digest as it would be now: what I set decides what is in it. */
  digestPreview: ['preferences', 'digest'] as const,
  /** Whether this device takes notices. */
  push: ['push'] as const,
  mailProblem: ['mail-problem'] as const,
  /** Everything of one cohort. */
  cohort: (cohortId: string) => ['cohort', cohortId] as const,
  /** A list or a thing in a cohort: `keys.in(cohortId, 'workshops', id)`. */
  in: (cohortId: string, ...rest: readonly unknown[]) => ['cohort', cohortId, ...rest] as const,
  topic: (cohortId: string, topicId: string) => ['cohort', cohortId, 'topics', 'one', topicId] as const,
};
