import type { Channel, ForumShare } from '../contracts/chat/chat.js';
import type { Role } from '../contracts/roles.js';
import type { ChannelRow } from './channels/channel.schema.js';

/**
 * Who asks, within the cohort of the channel; `role` is null in a direct channel and for who left the cohort. `owns`: a channel made by hand is
 * theirs, because they made it, or because its maker is not in it and nobody there has been in it for longer.
 */
export interface ChannelReader {
  userId: string;
  role: Role | null;
  owns: boolean;
}

/** Made and joined by people, not kept by what they are. */
export const isByHand = (kind: ChannelRow['kind']) => kind === 'private' || kind === 'open';

/** What somebody who is in a channel may do with it; `isOnlyRead`: it is a direct conversation of people who share no cohort. Who is not in it may nothing and is told nothing. */
export function channelAbilities(
  reader: ChannelReader,
  channel: Pick<ChannelRow, 'kind' | 'archivedAt'>,
  isOnlyRead = false,
): Channel['abilities'] {
  const open = channel.archivedAt === null;
  const isStaff = reader.role === 'staff' && channel.kind !== 'direct';
  const byHand = isByHand(channel.kind);
  const isOwner = byHand && reader.owns;
  return {
    send: open && !isOnlyRead,
    edit: open && (isStaff || isOwner),
    archive: byHand && (isStaff || isOwner),
    addMembers: open && byHand,
    leave: byHand,
    moderate: open && isStaff,
    retain: open && isStaff,
    // Also of one that is closed: that is when it is put away.
    export: isStaff || isOwner,
    toForum: forumShare(channel.kind),
  };
}

/**
 * What of its threads may be carried to the forum, which the whole cohort reads: everything from a channel that every member is in or may join; where only some
 * can read, only one's own words; of a conversation between people nothing.
 */
export function forumShare(kind: ChannelRow['kind']): ForumShare {
  if (kind === 'direct') return 'nothing';
  return kind === 'cohort' || kind === 'help' || kind === 'open' ? 'all' : 'own';
}

/** May this reader take somebody else out of a channel? Only of one made by hand, as its owner or as staff. */
export const mayRemove = (reader: ChannelReader, channel: Pick<ChannelRow, 'kind' | 'archivedAt'>) =>
  isByHand(channel.kind) && channelAbilities(reader, channel).edit;
