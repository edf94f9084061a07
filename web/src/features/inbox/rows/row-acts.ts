import type { Notification } from '../../../api/types';

/** What is done in the row itself, by the API; each is the key of its word. */
export type RowAct = 'take' | 'pass' | 'accept' | 'join';

/** What leads to the page where one acts; each is the key of its word. */
export type RowLink = 'reply' | 'book' | 'join' | 'open' | 'feedback' | 'notes' | 'look' | 'helpers';

export interface RowActs {
  acts: readonly RowAct[];
  link: RowLink | null;
}

const LINKS: Partial<Record<Notification['kind'], RowLink>> = {
  'workshop.added': 'join',
  'workshop.feedback': 'feedback',
  'slot.free': 'book',
  'request.question': 'reply',
  'request.told': 'open',
  'request.reminder': 'open',
  'request.declined': 'helpers',
  'session.notes': 'notes',
  'topic.asked': 'reply',
  'topic.reminder': 'reply',
  'commons.asked': 'reply',
  'commons.flagged': 'look',
  'application.message': 'reply',
  'project.asked': 'reply',
  'report.opened': 'look',
  'post.flagged': 'look',
  'mail.stopped': 'look',
};

/** What the reader of a notice can do about it, right in its row; nothing where reading is all. What left the inbox offers nothing. */
export function actsOf({ kind, place, params, cohortId }: Notification): RowActs {
  if (place !== 'inbox') return { acts: [], link: null };
  const has = (name: string) => cohortId !== null && typeof params[name] === 'string';
  if (kind === 'workshop.offered' && has('workshopId')) return { acts: ['take', 'pass'], link: null };
  if (kind === 'wish.planned' && has('workshopId')) return { acts: ['join'], link: null };
  if (kind === 'request.asked' && has('requestId')) return { acts: ['accept'], link: 'reply' };
  if (kind === 'contact.reminder') return { acts: [], link: params.part === 'coach' ? null : 'book' };
  return { acts: [], link: LINKS[kind] ?? null };
}

const ANSWERED = new Set<Notification['kind']>([
  'chat.direct',
  'chat.mentioned',
  'chat.watched',
  'forum.mentioned',
  'topic.replied',
  'topic.opened',
  'commons.replied',
]);

/** Whether somebody wrote words that one may answer where they stand. */
export const isAnswered = ({ kind, place }: Pick<Notification, 'kind' | 'place'>): boolean =>
  place === 'inbox' && ANSWERED.has(kind);
