import { z } from 'zod';

/**
 * What Discourse gives as JSON, as far as it is read: topics as `/t/<id>.json` says them (with `post_stream`), and those of an export of categories or topics (with `posts`
 * and `user_id`). Versions differ, so all that can be missing may be. Source: docs.discourse.org, "Topics"; discourse/discourse, `script/import_export`.
 */
const text = z.string().nullish().catch(undefined);
const flag = z.boolean().nullish().catch(undefined);
const id = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const DiscoursePost = z.object({
  id,
  post_number: z.number().int().min(1).max(1_000_000),
  username: text,
  name: text,
  user_id: z.number().int().nullish().catch(undefined),
  created_at: z.string().max(40),
  updated_at: text,
  version: z.number().nullish().catch(undefined),
  raw: text,
  cooked: text,
  post_type: z.number().nullish().catch(undefined),
  hidden: flag,
  deleted_at: text,
  user_deleted: flag,
  accepted_answer: flag,
  actions_summary: z
    .array(z.object({ id: z.number(), count: z.number().int().min(0).max(1_000_000).nullish().catch(undefined) }))
    .nullish()
    .catch(undefined),
  link_counts: z
    .array(z.object({ url: z.string(), internal: z.boolean().nullish() }))
    .nullish()
    .catch(undefined),
});
export type DiscoursePost = z.infer<typeof DiscoursePost>;

export const DiscourseTopic = z.object({
  id,
  title: z.string().min(1),
  slug: text,
  created_at: z.string().max(40),
  tags: z
    .array(z.union([z.string(), z.object({ name: z.string() })]))
    .nullish()
    .catch(undefined),
  closed: flag,
  archived: flag,
  visible: flag,
  archetype: text,
  deleted_at: text,
  accepted_answer: z.object({ post_number: z.number() }).nullish().catch(undefined),
});
export type DiscourseTopic = z.infer<typeof DiscourseTopic>;

/** Of an export, or of the list of accounts, which says addresses. */
export const DiscourseUser = z.object({
  id: z.coerce.number().nullish().catch(undefined),
  username: z.string().min(1).max(100),
  name: text,
  email: text,
});
export type DiscourseUser = z.infer<typeof DiscourseUser>;
