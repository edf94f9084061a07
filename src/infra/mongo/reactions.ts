import { Schema, type Types } from 'mongoose';
import { Problem, invalidField } from '../../common/problem.js';
import { emojiFrom } from '../../common/texts/emoji.js';

/** So many kinds of emoji hang on one thing. */
const MAX_EMOJI = 20;

/** One kind of emoji on a message or a post, and who put it there. */
export const reactionSchema = new Schema(
  {
    emoji: { type: String, required: true },
    userIds: { type: [Schema.Types.ObjectId], required: true },
  },
  { _id: false },
);

/** What hangs on a message or a post, in the order in which it came. */
export type Reactions = { emoji: string; userIds: Types.ObjectId[] }[];

/** A person puts an emoji on something, or (`on` false) takes it back. Throws 422 for what is not one emoji. */
export function reactionOf(text: string, userId: Types.ObjectId, on: boolean): Reaction {
  const emoji = emojiFrom(text);
  if (emoji === null) throw invalidField('/emoji', 'not_an_emoji');
  return { emoji, userId, on };
}

interface Reaction {
  emoji: string;
  userId: Types.ObjectId;
  on: boolean;
}

/** The reactions after it, or null where it changes nothing. Throws 409 beyond 20 kinds on one thing. */
export function reactionsAfter(reactions: Reactions, { on, ...one }: Reaction): Reactions | null {
  const next = on ? withOne(reactions, one) : withoutOne(reactions, one);
  if (next && next.length > MAX_EMOJI) throw new Problem(409, 'too_many_reactions', 'At most 20 kinds.');
  return next;
}

type One = Omit<Reaction, 'on'>;

function withOne(reactions: Reactions, { emoji, userId }: One): Reactions | null {
  const known = reactions.find((one) => one.emoji === emoji);
  if (!known) return [...reactions, { emoji, userIds: [userId] }];
  if (known.userIds.some((id) => id.equals(userId))) return null;
  return reactions.map((one) => (one === known ? { emoji, userIds: [...one.userIds, userId] } : one));
}

function withoutOne(reactions: Reactions, { emoji, userId }: One): Reactions | null {
  if (!reactions.some((one) => one.emoji === emoji && one.userIds.some((id) => id.equals(userId)))) return null;
  return reactions
    .map((one) => (one.emoji === emoji ? { emoji, userIds: one.userIds.filter((id) => !id.equals(userId)) } : one))
    .filter((one) => one.userIds.length > 0);
}
