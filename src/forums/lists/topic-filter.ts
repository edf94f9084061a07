import type { QueryFilter, Types } from 'mongoose';
import { foldedWords } from '../../common/texts/fold.js';
import type { TopicsQuery } from '../../contracts/forums.js';
import type { Muted } from '../levels/level-rule.js';
import type { TopicRow } from '../topic.schema.js';

/** What a list is narrowed to; `mine` is the author's id, `workshopId` that of the workshop they follow up, `own` narrows to one of somebody's own lists, `pinned` to what is pinned at an instant, or to all else. */
export type TopicsFilter = Pick<TopicsQuery, 'q' | 'tag' | 'state'> & {
  mine?: Types.ObjectId;
  workshopId?: Types.ObjectId;
  own?: OwnList;
  pinned?: { at: Date; is: boolean };
};

/** Some topics; those that others began here since an instant, without some, and without what is muted; or what is in any of several. */
export type OwnList =
  | { among: readonly Types.ObjectId[] }
  | { since: Date; notBy: Types.ObjectId; without: readonly Types.ObjectId[]; muted: Muted }
  | { any: readonly OwnList[] };

/** A topic as far as it decides in which lists it is. */
type Listed = Pick<TopicRow, '_id' | 'lastPostAt' | 'createdAt' | 'authorId' | 'imported' | 'tags'>;
export type TopicsOrder = 'latest' | 'oldest' | 'votes';

/** What each order sorts by; the id settles what is equal. */
export const ORDERS = {
  latest: { field: 'lastPostAt', direction: -1 },
  oldest: { field: 'createdAt', direction: 1 },
  votes: { field: 'votes', direction: -1 },
} as const;

/** Nobody but its author wrote, or an answer is accepted. */
export const inState = (state: NonNullable<TopicsQuery['state']>): QueryFilter<TopicRow> =>
  state === 'solved' ? { solved: true } : { solved: false, others: 0, closed: null, kind: { $ne: 'discussion' } };

/** One indexed token or key selects, the rest filters. Every word of `q` must begin a word of the topic. */
export function narrowed(
  cohortId: Types.ObjectId,
  { q, tag, state, mine, workshopId, own, pinned }: TopicsFilter,
): QueryFilter<TopicRow> {
  const words = foldedWords(q === undefined ? [] : [q], 8);
  const allOf = [...(own ? [ownOnly(own)] : []), ...words.map((word) => ({ words: { $regex: `^${word}` } }))];
  return {
    cohortId,
    deletedAt: null,
    ...(state && inState(state)),
    ...(tag !== undefined && { tags: tag.normalize('NFC').toLowerCase() }),
    ...(mine && { authorId: mine }),
    ...(workshopId && { workshopId }),
    ...(pinned && { 'pinned.until': pinned.is ? { $gt: pinned.at } : { $not: { $gt: pinned.at } } }),
    ...(allOf.length > 0 && { $and: allOf }),
  };
}

/** Nobody writes in a topic before it is begun: the order of the latest is cut where the list ends. */
function ownOnly(own: OwnList): QueryFilter<TopicRow> {
  if ('any' in own) return { $or: own.any.map(ownOnly) };
  if ('among' in own) return { _id: { $in: own.among } };
  const { since, notBy, without, muted } = own;
  return {
    lastPostAt: { $gte: since },
    createdAt: { $gte: since },
    authorId: { $ne: notBy },
    imported: null,
    _id: { $nin: without },
    tags: { $nin: muted.tags, ...(muted.others && { $in: muted.others }) },
  };
}

/** The same of a topic of the cohort that was read already. */
export function isIn(own: OwnList): (topic: Listed) => boolean {
  if ('any' in own) {
    const each = own.any.map(isIn);
    return (topic) => each.some((isInOne) => isInOne(topic));
  }
  if ('among' in own) {
    const among = new Set(own.among.map(String));
    return ({ _id }) => among.has(String(_id));
  }
  const { since, notBy, muted } = own;
  const without = new Set(own.without.map(String));
  return ({ _id, lastPostAt, createdAt, authorId, imported, tags }) =>
    lastPostAt >= since &&
    createdAt >= since &&
    !authorId.equals(notBy) &&
    imported == null &&
    !without.has(String(_id)) &&
    !tags.some((tag) => muted.tags.includes(tag)) &&
    (muted.others === null || tags.some((tag) => muted.others?.includes(tag)));
}

/** What lies beyond a place, both ends of equal values told apart by the id. */
export function beyond(order: TopicsOrder, after: { value: number; id: Types.ObjectId }): QueryFilter<TopicRow> {
  const { field, direction } = ORDERS[order];
  const value = order === 'votes' ? after.value : new Date(after.value);
  const than = direction === 1 ? '$gt' : '$lt';
  return { $or: [{ [field]: { [than]: value } }, { [field]: value, _id: { [than]: after.id } }] };
}
