import type { Types } from 'mongoose';
import { withoutCode } from '../../common/markdown/code-pieces.js';
import { beginningOf } from '../../common/texts/cut.js';
import { withGroupWords } from '../../common/texts/groups.js';
import type { Message } from '../../contracts/chat/chat.js';
import type { LinkPreview } from '../../contracts/chat/link-previews.js';
import type { Locale } from '../../contracts/primitives.js';
import { presentAttachment } from '../../files/attachment.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import { previewId } from '../previews/outside-links.js';
import type { MessageRow, PreviewRow } from './message.schema.js';

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

const presentPreview = (messageId: Types.ObjectId, { url, title, description, site }: PreviewRow): LinkPreview => ({
  id: previewId(messageId, url),
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
    previews: (row.previews ?? []).filter((one) => !one.removed).map((one) => presentPreview(row._id, one)),
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}
