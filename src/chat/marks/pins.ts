import { conflict } from '../../common/problem.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import type { MessageRow } from '../messages/message.schema.js';

/** Of one channel. */
export const MAX_PINS = 50;

type Pinnable = Pick<MessageRow, '_id' | 'pinnedAt' | 'deletedAt'>;

/**
 * The pins of a channel, the latest first, after a message became another one; nothing when they stay as they are.
 * Throws 409 `too_many_pins` beyond 50.
 */
export function pinsAfter(
  channel: Pick<ChannelRow, 'pins'>,
  before: Pinnable,
  after: Pinnable,
): Pick<ChannelRow, 'pins'> {
  const isPinned = Boolean(after.pinnedAt) && !after.deletedAt;
  if (isPinned === Boolean(before.pinnedAt)) return {};
  const others = (channel.pins ?? []).filter((id) => !id.equals(after._id));
  if (!isPinned) return { pins: others };
  if (others.length >= MAX_PINS)
    throw conflict('too_many_pins', 'At most 50 messages of a channel are pinned: take one down first.');
  return { pins: [after._id, ...others] };
}
