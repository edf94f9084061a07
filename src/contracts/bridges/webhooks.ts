import { z } from 'zod';
import { ChannelKind, Message } from '../chat/chat.js';
import { Id, Instant, Line, Person, WebLink } from '../primitives.js';

/** A webhook of a channel. `in`: others write into it by an address; `out`: what is written in it goes to `url`. */
export const Webhook = z.object({
  id: Id,
  channelId: Id,
  direction: z.enum(['in', 'out']),
  name: z.string(),
  url: z.string().nullable(),
  /** Switched off by hand, or by itself when the other side could not be reached for a day (`problem` says why). */
  active: z.boolean(),
  createdAt: Instant,
  /** The last message that went in or out. */
  lastAt: Instant.nullable(),
  /** Why the last try failed: see {@link Delivery}; `keeper_left`: it was stopped because who kept it is gone; `day_full`: more came in than may in a day. */
  problem: z.string().nullable(),
  /** Who answers for it: who set it up, or who took it over. It works as long as they belong there. */
  keeper: Person.nullable(),
  /** They do not any more: somebody who may change the channel can take it over. */
  keeperLeft: z.boolean(),
});
export type Webhook = z.infer<typeof Webhook>;

/**
 * A webhook of a channel, for the staff of its cohort, who may end each. `channel` is null for one that they may not read: then they learn its name from who keeps
 * it. `host`: where it sends to.
 */
export const ChannelWebhook = Webhook.omit({ channelId: true, url: true }).extend({
  host: z.string().nullable(),
  channel: z.object({ id: Id, kind: ChannelKind, name: z.string(), nameKey: z.string().nullable() }).nullable(),
});
export type ChannelWebhook = z.infer<typeof ChannelWebhook>;

/** POST /api/channels/:id/webhooks */
export const CreateWebhook = z.discriminatedUnion('direction', [
  z.strictObject({ direction: z.literal('in'), name: Line(60) }),
  z.strictObject({ direction: z.literal('out'), name: Line(60), url: WebLink }),
]);
export type CreateWebhook = z.infer<typeof CreateWebhook>;

/** GET /api/channels/:id/receivers: where the messages of a channel go besides, for everybody who writes in it. */
export const Receiver = z.object({ name: z.string(), host: z.string() });
export type Receiver = z.infer<typeof Receiver>;

/** Shown once: the address to write to (`in`), or the secret that signs what goes out (`out`, Standard Webhooks `whsec_...`). */
export const CreatedWebhook = Webhook.extend({ secret: z.string() });
export type CreatedWebhook = z.infer<typeof CreatedWebhook>;

export const UpdateWebhook = z.strictObject({
  name: Line(60).optional(),
  url: WebLink.optional(),
  active: z.boolean().optional(),
});
export type UpdateWebhook = z.infer<typeof UpdateWebhook>;

/** A new address makes who gave it the keeper; `secret` is the new one, where they were not before. It is shown once. */
export const ChangedWebhook = Webhook.extend({ secret: z.string().optional() });
export type ChangedWebhook = z.infer<typeof ChangedWebhook>;

/**
 * One try to hand over a message. `status` is what the other side answered; without an answer `problem` says why:
 * `timeout`, `not_allowed` (an address inside the house), `unreachable`; `status` for an answer that is not 2xx.
 */
export const Delivery = z.object({
  id: Id,
  at: Instant,
  /** Null for a test. */
  messageId: Id.nullable(),
  attempt: z.number(),
  ok: z.boolean(),
  status: z.number().nullable(),
  problem: z.enum(['timeout', 'not_allowed', 'unreachable', 'status']).nullable(),
  ms: z.number(),
});
export type Delivery = z.infer<typeof Delivery>;

/** What goes out, signed by Standard Webhooks 1.0 (headers `webhook-id`, `webhook-timestamp`, `webhook-signature`). */
export const WebhookPayload = z.object({
  type: z.enum(['message.created', 'test']),
  timestamp: Instant,
  data: z.object({
    channel: z.object({ id: Id, name: z.string() }),
    sender: z.object({ id: Id, name: z.string() }).nullable(),
    message: Message.omit({ previews: true }).nullable(),
  }),
});
export type WebhookPayload = z.infer<typeof WebhookPayload>;

const SlackText = z.looseObject({ text: z.string().max(8000).optional() });
const SlackBlock = z.looseObject({
  type: z.string().max(40),
  text: z.union([z.string().max(8000), SlackText]).optional(),
  fields: z.array(SlackText).max(20).optional(),
  elements: z.array(SlackText).max(20).optional(),
});
const SlackAttachment = z.looseObject({
  fallback: z.string().max(8000).optional(),
  pretext: z.string().max(8000).optional(),
  title: z.string().max(500).optional(),
  title_link: z.string().max(2000).optional(),
  text: z.string().max(8000).optional(),
  /** `good`, `warning`, `danger`, or `#` and six digits. */
  color: z.string().max(20).optional(),
  author_name: z.string().max(500).optional(),
  fields: z
    .array(z.looseObject({ title: z.string().max(500).optional(), value: z.string().max(8000).optional() }))
    .max(20)
    .optional(),
  footer: z.string().max(500).optional(),
});

/**
 * POST /api/hooks/:token: what Slack's incoming webhooks take; what is not known is ignored. As JSON, or as a form (`application/x-www-form-urlencoded`) whose one field `payload`
 * is that JSON. 422 `wrong_format` at `/payload` for what is none.
 */
export const IncomingHook = z.looseObject({
  payload: z.string().max(250_000).optional(),
  text: z.string().max(16_000).optional(),
  username: Line(60).optional(),
  icon_emoji: z.string().max(60).optional(),
  blocks: z.array(SlackBlock).max(50).optional(),
  attachments: z.array(SlackAttachment).max(20).optional(),
});
export type IncomingHook = z.infer<typeof IncomingHook>;
