import type { Types } from 'mongoose';
import { namesEverybody } from '../../common/texts/everybody.js';
import { groupsIn } from '../../common/texts/groups.js';
import { idOf } from '../../infra/mongo/ids.js';
import type { Reached } from '../direct/channel-groups.js';
import type { Draft } from './drafts.js';
import { namedIn } from './message.js';
import type { MessageRow } from './message.schema.js';

/** A message names so many people at most, whatever its groups are. */
const MAX_REACHED = 500;

/** Who a text names by name and by group, of those who are in the channel; the channel's own id stands for `@channel`. */
export function namesOf(
  channelId: Types.ObjectId,
  { senderId, body, reached }: Pick<Draft, 'senderId' | 'body' | 'reached'>,
  insiders: ReadonlySet<string>,
): Types.ObjectId[] {
  const grouped = [...(reached?.values() ?? [])]
    .flatMap((people) => [...people])
    .filter((id) => id !== String(senderId));
  const people = [...new Set([...namedIn(body), ...grouped])].filter((id) => insiders.has(id)).slice(0, MAX_REACHED);
  return [...people.map(idOf), ...(namesEverybody(body) ? [channelId] : [])];
}

/** Who a changed text names. A group that was named before is who it was then: nobody is told because of another's change. */
export function namesAfter(
  before: MessageRow,
  { body, reached }: { body: string; reached: Reached },
  insiders: ReadonlySet<string>,
): Types.ObjectId[] {
  const [named, known] = [new Set(before.names.map(String)), new Set(groupsIn(before.body))];
  const now = [...reached].map(
    ([group, people]) =>
      [group, known.has(group) ? new Set([...people].filter((id) => named.has(id))) : people] as const,
  );
  return namesOf(before.channelId, { senderId: before.senderId, body, reached: new Map(now) }, insiders);
}
