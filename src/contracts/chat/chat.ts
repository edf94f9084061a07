import { z } from 'zod';
import { Attach, Attachment, Describe } from '../files.js';
import { MAX_ATTACHMENTS } from '../limits.js';
import { LinkPreview } from './link-previews.js';
import { ClientId, Id, Instant, Line, Locale, PageQuery, Person, Reaction, SOMETHING, Text } from '../primitives.js';
import { TimeZone } from '../time-zone.js';

/**
 * What a channel is for; `open` and `private` ones are made by hand (anybody of the cohort finds and joins an open one), `direct` is
 * between people, all others are made and kept by membership.
 */
export const ChannelKind = z.enum(['cohort', 'help', 'team', 'craft', 'workshop', 'open', 'private', 'direct']);
export type ChannelKind = z.infer<typeof ChannelKind>;

/** How much of a channel's threads may be carried to the forum, which the whole cohort reads. */
export const ForumShare = z.enum(['all', 'own', 'nothing']);
export type ForumShare = z.infer<typeof ForumShare>;

/**
 * Groups of people that a message can name. A text holds one as `<@designers>`; `team` only in the channel of a team. Typed words
 * (`@designers`, `@développeurs`) become that when it is sent.
 */
export const ChannelGroup = z.enum([
  'team',
  'fellows',
  'coaches',
  'hosts',
  'staff',
  'developers',
  'designers',
  'data-scientists',
  'product-managers',
]);
export type ChannelGroup = z.infer<typeof ChannelGroup>;

/** GET /api/channels/:id/groups: the groups that name somebody here, with who that is (of the people in the channel, without me). */
export const ChannelGroups = z.object({ items: z.array(z.object({ group: ChannelGroup, userIds: z.array(Id) })) });
export type ChannelGroups = z.infer<typeof ChannelGroups>;

/** Markdown, at most 8,000 characters; empty only beside files. */
export const MessageBody = Text(8000);

/**
 * `call`: its sender calls the others, at this link. `retention`: from now on messages older than so many days are deleted here; null:
 * no more. `webhook`: one of this name stopped because who kept it is gone (`keeper_left`) or got their account
 * back from somebody else (`given_back`), was ended by the programme team (`ended`), works again since somebody took it over (`taken_over`),
 * or may say nothing more for a day, since it said as much as one may (`day_full`).
 */
export const MessageNote = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), link: z.string() }),
  z.object({ kind: z.literal('retention'), days: z.number().nullable() }),
  z.object({
    kind: z.literal('webhook'),
    name: z.string(),
    because: z.enum(['keeper_left', 'given_back', 'ended', 'taken_over', 'day_full']),
  }),
]);
export type MessageNote = z.infer<typeof MessageNote>;

/**
 * A message. `seq` is its place in the channel for ever (its rev when sent); `rev` is its latest change. A deleted one is a
 * tombstone: `deletedAt` set, `body` empty, its files gone. `mentions` are the ids of the people named in it. `topicId` is the topic in
 * the forum in which its thread goes on.
 */
export const Message = z.object({
  id: Id,
  channelId: Id,
  seq: z.number().int(),
  rev: z.number().int(),
  clientId: z.string(),
  senderId: Id,
  body: z.string(),
  attachments: z.array(Attachment),
  mentions: z.array(Id),
  mentionsAll: z.boolean(),
  threadId: Id.nullable(),
  replies: z.number(),
  lastReplyAt: Instant.nullable(),
  reactions: z.array(Reaction),
  topicId: Id.nullable(),
  /** Written from outside, by the webhook `senderId`. */
  bot: z.object({ name: z.string() }).nullable(),
  /** What the app says in the name of its sender; shown in the words of the reader instead of `body`. Nobody changes it. */
  note: MessageNote.nullable(),
  /** Brought from another chat by staff: who wrote it, and when, is what was said there. */
  imported: z.boolean(),
  /** It is among the pinned messages of its channel since then. */
  pinnedAt: Instant.nullable(),
  /** The thread under it needs nobody any more since then. */
  resolvedAt: Instant.nullable(),
  /** Of the pages outside that it links to; they come a moment after it, and are no edit. */
  previews: z.array(LinkPreview),
  createdAt: Instant,
  editedAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
});
export type Message = z.infer<typeof Message>;

/** A channel in my list. `unread` counts others' undeleted top-level messages after `readSeq`, exact to 1,000, then 1,001 means "1,000+". `nameKey` names a made channel (translated). */
export const ChannelSummary = z.object({
  id: Id,
  cohortId: Id.nullable(),
  kind: ChannelKind,
  name: z.string(),
  nameKey: z.string().nullable(),
  topic: z.string(),
  isPrivate: z.boolean(),
  archived: z.boolean(),
  /** I want to hear of it only when I am named. */
  muted: z.boolean(),
  /** I hear of every message in it. */
  watched: z.boolean(),
  /** It stands among my favourites. */
  starred: z.boolean(),
  unread: z.number(),
  mentions: z.number(),
  rev: z.number(),
  readSeq: z.number(),
  last: z.object({ senderId: Id, excerpt: z.string(), createdAt: Instant }).nullable(),
  /** The other people of a direct channel. */
  people: z.array(Person),
});
export type ChannelSummary = z.infer<typeof ChannelSummary>;

export const Channel = ChannelSummary.extend({
  /** Where its people call each other; `isOwn`: set for this channel, not by the pattern of the cohort (of a conversation: of a running one that all of its people share). */
  call: z.object({ link: z.string(), isOwn: z.boolean() }).nullable(),
  /** Messages older than so many days are deleted, at the earliest `from` that instant on; null: all are kept. */
  retention: z.object({ days: z.number(), from: Instant }).nullable(),
  members: z.array(Person),
  /** Why a direct conversation can only be read, by all of its people: they share no cohort any more. */
  closed: z.literal('no_common_cohort').nullable(),
  /** Who wrote in it before it came to Cordée, and is not in it. */
  guests: z.array(Person),
  abilities: z.object({
    send: z.boolean(),
    edit: z.boolean(),
    /** Close it, or open it again. */
    archive: z.boolean(),
    addMembers: z.boolean(),
    leave: z.boolean(),
    moderate: z.boolean(),
    /** Set how long its messages are kept. */
    retain: z.boolean(),
    export: z.boolean(),
    toForum: ForumShare,
  }),
});
export type Channel = z.infer<typeof Channel>;

/** POST C/channels: a channel made by hand; `open`: anybody of the cohort may find and join it. */
export const CreateChannel = z.strictObject({
  name: Line(60),
  topic: Line(200, 0).optional(),
  memberIds: z.array(Id).max(200).default([]),
  open: z.boolean().default(false),
});
export type CreateChannel = z.infer<typeof CreateChannel>;

/** `archived`: it is closed, and can still be read. `callLink` null: the link by the pattern of the cohort. */
export const UpdateChannel = z.strictObject({
  name: Line(60).optional(),
  topic: Line(200, 0).optional(),
  archived: z.boolean().optional(),
  callLink: z
    .url({ protocol: /^https$/ })
    .max(2000)
    .nullable()
    .optional(),
});
export type UpdateChannel = z.infer<typeof UpdateChannel>;

/** PUT /api/channels/:id/retention: how many days messages are kept; null: for ever. */
export const SetRetention = z.strictObject({
  days: z.union([z.literal(30), z.literal(90), z.literal(180), z.literal(365)]).nullable(),
});
export type SetRetention = z.infer<typeof SetRetention>;

/** POST /api/channels/:id/calls: `announced` is false when somebody said so in the channel within five minutes. */
export const StartedCall = z.object({ link: z.string(), announced: z.boolean() });
export type StartedCall = z.infer<typeof StartedCall>;

/** GET C/channels/browse: by name; `q`: what name or topic holds. `archived`: the closed ones instead. */
export const BrowseChannels = PageQuery.extend({
  q: Line(60, 0).optional(),
  archived: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
});
export type BrowseChannels = z.infer<typeof BrowseChannels>;

/** A channel of the cohort that I may see. `people`: how many are in it. `lastAt`: when somebody wrote there last. */
export const ChannelEntry = z.object({
  id: Id,
  kind: ChannelKind,
  name: z.string(),
  nameKey: z.string().nullable(),
  topic: z.string(),
  people: z.number(),
  lastAt: Instant.nullable(),
  archived: z.boolean(),
  joined: z.boolean(),
  mayJoin: z.boolean(),
});
export type ChannelEntry = z.infer<typeof ChannelEntry>;

/** POST /api/direct: the one channel of these people and me; they share a cohort with me. */
export const OpenDirect = z.strictObject({ userIds: z.array(Id).min(1).max(8) });
export type OpenDirect = z.infer<typeof OpenDirect>;

/** What one sends; refined with `saysSomething` wherever it is a body. */
export const Sending = z.strictObject({
  clientId: ClientId,
  body: MessageBody.default(''),
  threadId: Id.optional(),
  attachments: z.array(Attach).max(MAX_ATTACHMENTS).optional(),
});
export const saysSomething = ({ body, attachments = [] }: { body: string; attachments?: unknown[] | undefined }) =>
  body !== '' || attachments.length > 0;
export const NOTHING_SAID = { path: ['body'], params: { code: 'required' }, error: 'is needed without attachments' };
/** The same for the API's description. */
export const SAYS_SOMETHING = {
  anyOf: [
    { required: ['body'], properties: { body: SOMETHING.text } },
    { required: ['attachments'], properties: { attachments: { minItems: 1 } } },
  ],
};

/** POST /api/channels/:id/messages. `attachments` are uploads of mine that were not sent before. */
export const SendMessage = Sending.refine(saysSomething, NOTHING_SAID).meta(SAYS_SOMETHING);
export type SendMessage = z.infer<typeof SendMessage>;

/** GET /files/channels/:id/export.html (and export.json): the channel as a file, its words and times for a reader. */
export const ChannelExportQuery = z.strictObject({ lang: Locale.default('en'), zone: TimeZone.default('UTC') });
export type ChannelExportQuery = z.infer<typeof ChannelExportQuery>;

/** PUT /api/channels/:id/watched: tell me of every message, in one notice until I have read them. Ends `muted`, as that ends this. */
export const WatchChannel = z.strictObject({ watched: z.boolean() });
export type WatchChannel = z.infer<typeof WatchChannel>;

/** PUT /api/channels/:id/starred: it stands among my favourites, on all my devices. */
export const StarChannel = z.strictObject({ starred: z.boolean() });
export type StarChannel = z.infer<typeof StarChannel>;

/** PUT /api/channels/:id/muted */
export const MuteChannel = z.strictObject({ muted: z.boolean() });
export type MuteChannel = z.infer<typeof MuteChannel>;

/** PUT .../messages/:id/pinned; at most 50 of a channel. */
export const PinMessage = z.strictObject({ pinned: z.boolean() });
export type PinMessage = z.infer<typeof PinMessage>;

/** PUT .../messages/:id/resolved: of the first message of a thread. */
export const ResolveThread = z.strictObject({ resolved: z.boolean() });
export type ResolveThread = z.infer<typeof ResolveThread>;

/** PUT .../messages/:id/thread: follow it or not, and how far I have read it (never moves back). */
export const UpdateThread = z.strictObject({
  following: z.boolean().optional(),
  readSeq: z.number().int().min(0).optional(),
});
export type UpdateThread = z.infer<typeof UpdateThread>;

/** My standing with a thread. `readSeq`, `unread` (exact to 1,000, then 1,001) are those of who follows it; else null and 0. */
export const ThreadState = z.object({
  following: z.boolean(),
  readSeq: z.number().nullable(),
  unread: z.number(),
});
export type ThreadState = z.infer<typeof ThreadState>;

/** A thread that I follow: its first message and its latest reply. */
export const FollowedThread = ThreadState.extend({ root: Message, last: Message.nullable() });
export type FollowedThread = z.infer<typeof FollowedThread>;

/** GET /api/threads: those I follow, latest reply first; `waiting`: only those with replies that I have not read. */
export const ThreadsQuery = PageQuery.extend({
  waiting: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type ThreadsQuery = z.infer<typeof ThreadsQuery>;

/** GET /api/threads/waiting: how many threads have replies for me, by channel. */
export const WaitingThreads = z.object({ items: z.array(z.object({ channelId: Id, count: z.number() })) });
export type WaitingThreads = z.infer<typeof WaitingThreads>;

/** Pushed to who follows a thread, on all their devices: it has a new reply, or they read, followed or left it elsewhere. */
export const ThreadChanged = z.object({ channelId: Id, threadId: Id });
export type ThreadChanged = z.infer<typeof ThreadChanged>;

/** GET /api/saved: what I keep for later, the latest first; only of channels that I may read now. */
export const SavedMessage = z.object({ savedAt: Instant, message: Message });
export type SavedMessage = z.infer<typeof SavedMessage>;

/** GET /api/saved/ids: which messages carry my mark. */
export const SavedIds = z.object({ ids: z.array(Id) });
export type SavedIds = z.infer<typeof SavedIds>;

/** PUT .../messages/:id/saved; seen by nobody else. */
export const SaveMessage = z.strictObject({ saved: z.boolean() });
export type SaveMessage = z.infer<typeof SaveMessage>;

/** Socket `channel:send` */
export const SocketSend = Sending.extend({ channelId: Id }).refine(saysSomething, NOTHING_SAID);
export type SocketSend = z.infer<typeof SocketSend>;

/** `attachments` says anew what images of the message show; what is not named keeps its words. */
export const EditMessage = z.strictObject({
  body: MessageBody,
  attachments: z.array(Describe).max(MAX_ATTACHMENTS).optional(),
});
export type EditMessage = z.infer<typeof EditMessage>;

/**
 * GET messages: one of before, after, around (a seq) or `at` (around the first message from that instant on; where there is none, the
 * last page); without any, the last page. `threadId`: the replies of one thread.
 */
export const MessagesQuery = z.strictObject({
  before: z.coerce.number().int().min(1).optional(),
  after: z.coerce.number().int().min(0).optional(),
  around: z.coerce.number().int().min(1).optional(),
  at: Instant.optional(),
  threadId: Id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type MessagesQuery = z.infer<typeof MessagesQuery>;

/** A page of messages in seq order, with what is needed to show it; `rev` is the channel's head at that moment. */
export const Messages = z.object({
  items: z.array(Message),
  rev: z.number(),
  readSeq: z.number(),
  hasBefore: z.boolean(),
  hasAfter: z.boolean(),
  nextCursor: z.string().nullable(),
});
export type Messages = z.infer<typeof Messages>;

/** PUT /api/channels/:id/read (may move back) and socket `channel:read` (never moves back). */
export const MarkRead = z.strictObject({ seq: z.number().int().min(0) });
export type MarkRead = z.infer<typeof MarkRead>;
export const SocketRead = MarkRead.extend({ channelId: Id });
export type SocketRead = z.infer<typeof SocketRead>;
export const ReadState = z.object({ readSeq: z.number(), unread: z.number(), mentions: z.number() });
export type ReadState = z.infer<typeof ReadState>;

export const SocketTyping = z.strictObject({ channelId: Id });
export const SocketAuth = z.strictObject({ token: z.string().max(4000) });

/** Socket `missed`: the word of a reply (`said`). The ack says whether something was said since that this socket may not have heard. */
export const SocketMissed = z.strictObject({ said: z.string().max(100) });

/** Socket `sync`: what I hold of each channel (its rev). At most 300 channels a call. */
export const SocketSync = z.strictObject({ channels: z.record(Id, z.number().int().min(0)) });
export type SocketSync = z.infer<typeof SocketSync>;

/** Reply of `sync`: changes after my rev, in rev order. `reset`: I was more than 500 behind and get the last page instead. `gone`: not mine to read. */
export const SyncReply = z.object({
  channels: z.record(
    Id,
    z.object({
      messages: z.array(Message),
      rev: z.number(),
      readSeq: z.number(),
      unread: z.number(),
      mentions: z.number(),
      more: z.boolean(),
      reset: z.boolean().optional(),
    }),
  ),
  gone: z.array(Id),
});
export type SyncReply = z.infer<typeof SyncReply>;

/** What the server pushes about chat (realtime.md). */
export const ChannelRead = z.object({ channelId: Id, userId: Id, seq: z.number() });
export type ChannelRead = z.infer<typeof ChannelRead>;
export const ChannelRef = z.object({ channelId: Id, cohortId: Id.nullable() });
export type ChannelRef = z.infer<typeof ChannelRef>;
/** `until` is when the client forgets it without a newer one. */
export const Typing = z.object({ channelId: Id, userIds: z.array(Id), until: Instant });
export type Typing = z.infer<typeof Typing>;
export const Presence = z.object({ online: z.array(Id), offline: z.array(Id) });
export type Presence = z.infer<typeof Presence>;

/** An ack of any client event. */
export type Ack<T> =
  | { ok: true; data: T }
  | { ok: false; error: { code: string; message: string; retryAfterMs?: number } };
