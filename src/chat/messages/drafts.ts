import type { Types } from 'mongoose';
import { type Problem, conflict, invalidField } from '../../common/problem.js';
import type { MessageNote } from '../../contracts/chat/chat.js';
import { attachmentOf } from '../../files/attachment.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import type { Claim } from '../../files/files.repository.js';
import type { FileRow } from '../../files/file.schema.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import type { Reached } from '../direct/channel-groups.js';
import type { MessageRow } from './message.schema.js';

/** A message to be written. */
export interface Draft {
  senderId: Types.ObjectId;
  clientId: string;
  body: string;
  threadId: Types.ObjectId | null;
  /** Uploads of the sender; null stands for an id that is none. */
  attachments: readonly { fileId: Types.ObjectId | null; alt: string }[];
  /** What writes from outside, with `senderId` as its id: it is in no channel and names nobody. */
  bot?: { name: string };
  /** Who answers for what writes from outside: it says nothing where they are not. */
  keptBy?: Types.ObjectId;
  /** What the app says in the name of the sender. */
  note?: MessageNote;
  /** It is said of the channel as it is: where it is so no more as it is written, it is refused as `stale`. */
  isStill?: (channel: ChannelRow) => boolean;
  /** Who the groups named in it are. */
  reached?: Reached;
}

/** What tells one message of a sender from another, in a channel. */
export const keyOf = (one: Pick<Draft, 'senderId' | 'clientId'>): string => `${String(one.senderId)} ${one.clientId}`;

/** All files that these would take. */
export const filesOf = (drafts: readonly Draft[]): Types.ObjectId[] =>
  drafts.flatMap((draft) => draft.attachments.flatMap(({ fileId }) => fileId ?? []));

/**
 * Why drafts cannot be written, by their key: a thread that is not there, a file that is not there, not the sender's, uploaded for another place, sent already, or
 * wanted twice (the first draft has it), or a channel that is not so any more. `roots` are the messages that threads may hang on, `waiting` the files that were not sent, `channel`
 * where they go: null where neither its files nor what it is matter.
 */
export function refusalsOf(
  drafts: readonly Draft[],
  roots: ReadonlyMap<string, unknown>,
  waiting: ReadonlyMap<string, Pick<FileRow, 'ownerId' | 'cohortId'>>,
  channel: ChannelRow | null,
): Map<string, Problem> {
  const refusals = new Map<string, Problem>();
  const taken = new Set<string>();
  for (const draft of drafts) {
    const wants = draft.attachments.map(({ fileId }) => String(fileId));
    const isTheirs = (file: Pick<FileRow, 'ownerId' | 'cohortId'> | undefined) =>
      file?.ownerId.equals(draft.senderId) && String(file.cohortId ?? null) === String(channel?.cohortId ?? null);
    const wrong = wants.findIndex((id, at) => !isTheirs(waiting.get(id)) || taken.has(id) || wants.indexOf(id) < at);
    if (draft.isStill && !(channel && draft.isStill(channel)))
      refusals.set(keyOf(draft), conflict('stale', 'This channel changed meanwhile.'));
    else if (draft.threadId && !roots.has(String(draft.threadId)))
      refusals.set(keyOf(draft), invalidField('/threadId', 'unknown'));
    else if (wrong >= 0) refusals.set(keyOf(draft), invalidField(`/attachments/${wrong}/fileId`, 'unknown'));
    else for (const id of wants) taken.add(id);
  }
  return refusals;
}

/** What a message keeps of its files; nothing at all where it has none. */
export function attachmentsOf(
  draft: Draft,
  waiting: ReadonlyMap<string, FileRow>,
): Pick<MessageRow, 'attachments'> | Record<string, never> {
  if (draft.attachments.length === 0) return {};
  const attachments = draft.attachments.flatMap(({ fileId, alt }): AttachmentRow[] => {
    const file = fileId && waiting.get(String(fileId));
    return file ? [attachmentOf(file, alt)] : [];
  });
  return { attachments };
}

/** The files of new messages, each to be held by its message. */
export function claimsOf(created: readonly MessageRow[]): Claim[] {
  return created.flatMap(({ _id, channelId, cohortId, senderId, attachments = [] }) =>
    attachments.map(({ fileId }) => ({
      fileId,
      ownerId: senderId,
      cohortId: cohortId ?? null,
      holder: { kind: 'message', id: _id, placeId: channelId },
    })),
  );
}

/** The files that a message had and has no more. */
export function lostFiles(before: MessageRow, after: MessageRow): Types.ObjectId[] {
  const kept = new Set((after.attachments ?? []).map((one) => String(one.fileId)));
  return (before.attachments ?? []).map((one) => one.fileId).filter((id) => !kept.has(String(id)));
}
