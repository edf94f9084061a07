import { z } from 'zod';

/**
 * The files of an export, as far as they are read. Exports differ by age, plan and tool, so all that can be missing may be.
 * Source: Slack's help centre, "How to read Slack data exports"; api docs, "message" event and "conversation object".
 */
const text = z.string().nullish().catch(undefined);
/** Shown cut, and kept for each person of the whole export. */
const name = z
  .string()
  .transform((whole) => whole.slice(0, 200))
  .nullish()
  .catch(undefined);
const id = z.string().min(1).max(64);
const named = z.string().max(64);
/** The id of a message in its channel, and when it was written or changed: seconds and microseconds. */
const TS = z.string().regex(/^\d{9,11}\.\d{1,6}$/);

export const SlackUser = z.object({
  id,
  team_id: id.nullish().catch(undefined),
  name,
  real_name: name,
  is_bot: z.boolean().nullish().catch(undefined),
  profile: z.object({ display_name: name, real_name: name, email: name }).nullish().catch(undefined),
});
export type SlackUser = z.infer<typeof SlackUser>;

export const SlackChannel = z.object({
  id,
  name: z.string().min(1).max(200),
  is_archived: z.boolean().nullish().catch(undefined),
  members: z.array(named).nullish().catch(undefined),
  topic: z.object({ value: text }).nullish().catch(undefined),
  purpose: z.object({ value: text }).nullish().catch(undefined),
  pins: z
    .array(z.object({ id: text }))
    .nullish()
    .catch(undefined),
});
export type SlackChannel = z.infer<typeof SlackChannel>;

export const SlackFile = z.object({
  id,
  name: text,
  title: text,
  permalink: text,
});
export type SlackFile = z.infer<typeof SlackFile>;

const Attachment = z.object({
  pretext: text,
  title: text,
  title_link: text,
  text,
  fallback: text,
  from_url: text,
  original_url: text,
});

/** One message of a day's file. `ts` is its id in its channel: seconds and microseconds, `1700000000.000100`. */
export const SlackMessage = z.object({
  type: z.literal('message'),
  subtype: text,
  ts: TS,
  thread_ts: text,
  user: id.nullish().catch(undefined),
  bot_id: text,
  username: text,
  bot_profile: z.object({ name: text }).nullish().catch(undefined),
  user_profile: z.object({ real_name: name, display_name: name, name }).nullish().catch(undefined),
  text,
  edited: z.object({ ts: TS.nullish() }).nullish().catch(undefined),
  reactions: z
    .array(z.object({ name: z.string(), users: z.array(named) }))
    .nullish()
    .catch(undefined),
  files: z.array(SlackFile).nullish().catch(undefined),
  attachments: z.array(Attachment).nullish().catch(undefined),
});
export type SlackMessage = z.infer<typeof SlackMessage>;
