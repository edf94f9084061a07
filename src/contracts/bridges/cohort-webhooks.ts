import { z } from 'zod';
import { Id, Instant, Line, Person, WebLink } from '../primitives.js';
import { Delivery } from './webhooks.js';

/** What a cohort tells other tools: facts that every member sees, and never what somebody wrote. */
export const CohortNews = z.enum([
  'workshop.published',
  'workshop.cancelled',
  'topic.unanswered',
  'milestone.near',
  'milestone.day',
]);
export type CohortNews = z.infer<typeof CohortNews>;

/**
 * A webhook of a cohort: news of `kinds` go to `url`. `problem` is why the last try failed (see Delivery), or `keeper_left`: it works as long as `keeper`, who set
 * it up or took it over, is staff of the cohort.
 */
export const CohortWebhook = z.object({
  id: Id,
  name: z.string(),
  url: z.string(),
  kinds: z.array(CohortNews),
  active: z.boolean(),
  createdAt: Instant,
  lastAt: Instant.nullable(),
  problem: z.string().nullable(),
  keeper: Person.nullable(),
  keeperLeft: z.boolean(),
});
export type CohortWebhook = z.infer<typeof CohortWebhook>;

const Kinds = z.array(CohortNews).min(1).max(CohortNews.options.length);

/** POST C/webhooks */
export const CreateCohortWebhook = z.strictObject({
  name: Line(60),
  url: WebLink,
  kinds: Kinds.default([...CohortNews.options]),
});
export type CreateCohortWebhook = z.infer<typeof CreateCohortWebhook>;

/** `secret` signs what goes out (Standard Webhooks `whsec_...`); it is shown once. */
export const CreatedCohortWebhook = CohortWebhook.extend({ secret: z.string() });
export type CreatedCohortWebhook = z.infer<typeof CreatedCohortWebhook>;

/** PATCH C/webhooks/:id */
export const UpdateCohortWebhook = z.strictObject({
  name: Line(60).optional(),
  url: WebLink.optional(),
  kinds: Kinds.optional(),
  active: z.boolean().optional(),
});
export type UpdateCohortWebhook = z.infer<typeof UpdateCohortWebhook>;

/** A new address makes who gave it the keeper; `secret` is the new one, where they were not before. It is shown once. */
export const ChangedCohortWebhook = CohortWebhook.extend({ secret: z.string().optional() });
export type ChangedCohortWebhook = z.infer<typeof ChangedCohortWebhook>;

/** One try to hand over news; `kind` is null for a test. */
export const CohortDelivery = Delivery.omit({ messageId: true }).extend({ kind: CohortNews.nullable() });
export type CohortDelivery = z.infer<typeof CohortDelivery>;

/** What goes out, signed by Standard Webhooks 1.0. `startsAt` of a workshop, `on` (a day) of a milestone, `openedAt` of a topic. */
export const CohortWebhookPayload = z.object({
  type: z.enum([...CohortNews.options, 'test']),
  timestamp: Instant,
  data: z.object({
    cohort: z.object({ id: Id, name: z.string() }),
    subject: z
      .object({
        id: Id,
        title: z.string(),
        url: z.string(),
        startsAt: Instant.optional(),
        endsAt: Instant.optional(),
        on: z.string().optional(),
        openedAt: Instant.optional(),
      })
      .nullable(),
  }),
});
export type CohortWebhookPayload = z.infer<typeof CohortWebhookPayload>;
