import { z } from 'zod';
import { MessagePreview } from '../chat/message-previews.js';
import { Member } from '../cohorts/cohorts.js';
import { TopicSummary } from '../forums.js';
import { MAX_LINKS } from '../limits.js';
import { MentoringSession } from '../mentoring/mentoring.js';
import { Id, Person } from '../primitives.js';
import { Workshop } from '../workshops/workshops.js';

/** What a link of this installation leads to. */
export const LinkedThing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('message'), channelId: Id, messageId: Id }),
  z.strictObject({ kind: z.enum(['topic', 'workshop', 'session', 'person']), cohortId: Id, id: Id }),
]);
export type LinkedThing = z.infer<typeof LinkedThing>;

/** POST /api/link-cards: all that the links of a page lead to. */
export const LinkCardsAsk = z.strictObject({ links: z.array(LinkedThing).min(1).max(MAX_LINKS) });
export type LinkCardsAsk = z.infer<typeof LinkCardsAsk>;

/** Of a topic that was merged, the one in which all of it is. */
export const TopicCard = TopicSummary.pick({
  id: true,
  title: true,
  kind: true,
  author: true,
  state: true,
  createdAt: true,
  lastPostAt: true,
  lastAuthor: true,
}).extend({ cohortId: Id, replies: z.number().int() });
export type TopicCard = z.infer<typeof TopicCard>;

/** Who meets when; not what about. */
export const SessionCard = MentoringSession.pick({
  id: true,
  cohortId: true,
  startsAt: true,
  endsAt: true,
  status: true,
}).extend({ coaches: z.array(Person), fellows: z.array(Person) });
export type SessionCard = z.infer<typeof SessionCard>;

export const PersonCard = Member.pick({ name: true, avatarUrl: true, role: true, craft: true }).extend({
  id: Id,
  cohortId: Id,
});
export type PersonCard = z.infer<typeof PersonCard>;

/** What a link shows to who asks, as it is now. */
export const LinkCard = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), message: MessagePreview }),
  z.object({ kind: z.literal('topic'), topic: TopicCard }),
  z.object({ kind: z.literal('workshop'), workshop: Workshop }),
  z.object({ kind: z.literal('session'), session: SessionCard }),
  z.object({ kind: z.literal('person'), person: PersonCard }),
]);
export type LinkCard = z.infer<typeof LinkCard>;

/** In the order of the links. Null: there is no such thing for me, whether it exists or not. */
export const LinkCards = z.object({ items: z.array(LinkCard.nullable()) });
export type LinkCards = z.infer<typeof LinkCards>;
