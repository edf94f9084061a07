import { z } from 'zod';

/** Bytes as base64url without padding, as browsers give them. */
const Bytes = (length: number) => z.string().regex(new RegExp(`^[\\w-]{${length}}$`));

/** What a browser gives out when it is asked to take notices (Push API): where to, and the keys by which only it can read them. */
export const PutPushSubscription = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }).max(1000),
  keys: z.strictObject({ p256dh: Bytes(87), auth: Bytes(22) }),
});
export type PutPushSubscription = z.infer<typeof PutPushSubscription>;

/** GET /api/me/push-subscription: that of this login. `publicKey` is ours (VAPID), for subscribing; `endpoint` where notices go, null for nowhere. */
export const PushSubscription = z.object({ publicKey: z.string(), endpoint: z.string().nullable() });
export type PushSubscription = z.infer<typeof PushSubscription>;

/**
 * What a device is pushed, encrypted for it alone: the sentence and a path of the web app, never the words of a message, note or post, nor of a need,
 * an action or a goal. `unread` are the newest notices that are still unread: what else is shown was read elsewhere.
 */
export const PushMessage = z.object({
  id: z.string(),
  title: z.string(),
  link: z.string(),
  lang: z.string(),
  unread: z.array(z.string()),
});
export type PushMessage = z.infer<typeof PushMessage>;
