import type { Types } from 'mongoose';
import { withoutCode } from '../../common/markdown/code-pieces.js';
import { beginningOf } from '../../common/texts/cut.js';
import { withGroupWords } from '../../common/texts/groups.js';
import type { Message } from '../../contracts/chat/chat.js';
import type { LinkPreview } from '../../contracts/chat/link-previews.js';
import type { Attachment } from '../../contracts/files.js';
import type { Locale } from '../../contracts/primitives.js';
import { presentFile } from '../../files/present-file.js';
import type { AttachmentRow, MessageRow, PreviewRow } from './message.schema.js';

const NAMED = /<@([0-9a-f]{24})>/gi;
const MAX_NAMED = 50;
const EXCERPT = 140;

/** The ids named in a text by `<@id>`, not in code, without doubles, at most 50. Who of them is in the channel is not known here. */
export function namedIn(body: string): string[] {
  return [...new Set([...withoutCode(body).matchAll(NAMED)].map(([, id = '']) => id.toLowerCase()))].slice(
    0,
    MAX_NAMED,
  );
}

/**
 * The text with names in the place of ids, for those who read it elsewhere (a mail, a list). Unknown ids name nobody. Groups are called
 * by their word in `locale`; without one they stay tokens, for who knows the reader.
 */
export function withNames(body: string, nameOf: (id: string) => string | undefined, locale?: Locale): string {
  const named = body.replace(NAMED, (_, id: string) => `@${nameOf(id.toLowerCase()) ?? '…'}`);
  return locale ? withGroupWords(named, locale) : named;
}

/** The beginning of a text for lists; a name that would be cut in the middle is left out. */
export function excerptOf(body: string): string {
  return beginningOf(body, EXCERPT)
    .replace(/<@?[0-9a-z-]*$/i, '')
    .trimEnd();
}

type Reactions = MessageRow['reactions'];

/** The reactions with one more, or null when it is there already. */
export function withReaction(reactions: Reactions, emoji: string, userId: Types.ObjectId): Reactions | null {
  const known = reactions.find((one) => one.emoji === emoji);
  if (!known) return [...reactions, { emoji, userIds: [userId] }];
  if (known.userIds.some((id) => id.equals(userId))) return null;
  return reactions.map((one) => (one === known ? { emoji, userIds: [...one.userIds, userId] } : one));
}

/** The reactions with one less, or null when it is not there. */
export function withoutReaction(reactions: Reactions, emoji: string, userId: Types.ObjectId): Reactions | null {
  if (!reactions.some((one) => one.emoji === emoji && one.userIds.some((id) => id.equals(userId)))) return null;
  return reactions
    .map((one) => (one.emoji === emoji ? { emoji, userIds: one.userIds.filter((id) => !id.equals(userId)) } : one))
    .filter((one) => one.userIds.length > 0);
}

/** The files with new words for some of them, or null when one is named that does not hang there. */
export function described(
  files: readonly AttachmentRow[],
  words: readonly { fileId: string; alt: string }[],
): AttachmentRow[] | null {
  const alts = new Map(words.map((one) => [one.fileId.toLowerCase(), one.alt]));
  const known = new Set(files.map((file) => String(file.fileId)));
  if ([...alts.keys()].some((id) => !known.has(id))) return null;
  return files.map((file) => ({ ...file, alt: alts.get(String(file.fileId)) ?? file.alt }));
}

/** What a deleted message changes to: nothing of it is left but its place. */
export const tombstone = ({ attachments, previews }: MessageRow, deletedAt: Date): Partial<MessageRow> => ({
  body: '',
  names: [],
  reactions: [],
  ...(attachments && { attachments: [] }),
  ...(previews && { previews: [] }),
  pinnedAt: null,
  deletedAt,
});

const presentAttachment = (row: AttachmentRow): Attachment => ({
  ...presentFile(String(row.fileId), row),
  alt: row.alt,
});

const presentPreview = ({ pageId, url, title, description, site }: PreviewRow): LinkPreview => ({
  id: String(pageId),
  url,
  title,
  description,
  site,
});

/** A message as it goes out. */
export function presentMessage(row: MessageRow): Message {
  return {
    id: String(row._id),
    channelId: String(row.channelId),
    seq: row.seq,
    rev: row.rev,
    clientId: row.clientId,
    senderId: String(row.senderId),
    body: row.body,
    attachments: (row.attachments ?? []).map(presentAttachment),
    mentions: row.names.filter((id) => !id.equals(row.channelId)).map(String),
    mentionsAll: row.names.some((id) => id.equals(row.channelId)),
    threadId: row.threadId ? String(row.threadId) : null,
    replies: row.replies,
    lastReplyAt: row.lastReplyAt?.toISOString() ?? null,
    reactions: row.reactions.map((one) => ({ emoji: one.emoji, userIds: one.userIds.map(String) })),
    topicId: row.topicId ? String(row.topicId) : null,
    note: row.note && !row.deletedAt ? row.note : null,
    bot: row.bot ? { name: row.bot.name } : null,
    imported: row.imported ?? false,
    pinnedAt: row.pinnedAt?.toISOString() ?? null,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    previews: (row.previews ?? []).filter((one) => !one.removed).map(presentPreview),
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}
