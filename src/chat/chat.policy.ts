import type { Channel, ForumShare } from '../contracts/chat.js';
import type { Role } from '../contracts/roles.js';
import type { ChannelRow } from './channel.schema.js';

/** Who asks, within the cohort of the channel; `role` is null in a direct channel and for who left the cohort. */
export interface ChannelReader {
  userId: string;
  role: Role | null;
}

/** Made and joined by people, not kept by what they are. */
export const isByHand = (kind: ChannelRow['kind']) => kind === 'private' || kind === 'open';

/** What somebody who is in a channel may do with it. Who is not in it may nothing and is told nothing. */
export function channelAbilities(
  reader: ChannelReader,
  channel: Pick<ChannelRow, 'kind' | 'createdBy' | 'archivedAt'>,
): Channel['abilities'] {
  const open = channel.archivedAt === null;
  const isStaff = reader.role === 'staff' && channel.kind !== 'direct';
  const byHand = isByHand(channel.kind);
  const isMaker = byHand && String(channel.createdBy) === reader.userId;
  return {
    send: open,
    edit: open && (isStaff || isMaker),
    archive: byHand && (isStaff || isMaker),
    addMembers: open && byHand,
    leave: byHand,
    moderate: open && isStaff,
    retain: open && isStaff,
    // Also of one that is closed: that is when it is put away.
    export: isStaff || isMaker,
    toForum: forumShare(channel.kind),
  };
}

/**
 * What of its threads may be carried to the forum: everything from channels that belong or are open to the whole cohort, a craft or a workshop; where
 * people speak among themselves only one's own words; of a conversation between people nothing.
 */
export function forumShare(kind: ChannelRow['kind']): ForumShare {
  if (kind === 'direct') return 'nothing';
  return kind === 'team' || kind === 'private' ? 'own' : 'all';
}

/** May this reader take somebody else out of a channel? Only of one made by hand, as its maker or as staff. */
export const mayRemove = (reader: ChannelReader, channel: Pick<ChannelRow, 'kind' | 'createdBy' | 'archivedAt'>) =>
  isByHand(channel.kind) && channelAbilities(reader, channel).edit;
