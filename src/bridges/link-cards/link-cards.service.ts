import { Injectable } from '@nestjs/common';
import { MessagePreviews } from '../../chat/previews/message-previews.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { Actor } from '../../common/actor.js';
import type { LinkCard, LinkCardsAsk, LinkedThing } from '../../contracts/bridges/link-cards.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import { type CardSource, type CohortThing, placeOf } from './card-source.js';
import { PersonCards } from './person-cards.js';
import { SessionCards } from './session-cards.js';
import { TopicCards } from './topic-cards.js';
import { WorkshopCards } from './workshop-cards.js';

const ASKS: Limit = { name: 'link-cards', points: 120, seconds: 60 };

/** What links to things of this installation show to who may see these now; about all others nothing is said. */
@Injectable()
export class LinkCardsService {
  private readonly sources: readonly CardSource[];

  constructor(
    private readonly members: Members,
    private readonly messages: MessagePreviews,
    private readonly limits: RateLimits,
    topics: TopicCards,
    workshops: WorkshopCards,
    sessions: SessionCards,
    people: PersonCards,
  ) {
    this.sources = [topics, workshops, sessions, people];
  }

  /** In the order of the links; null for what is not there for the reader. Throws 429. */
  async of(actor: Actor, { links }: LinkCardsAsk): Promise<(LinkCard | null)[]> {
    await this.limits.take(ASKS, actor.userId);
    const asked = links.map(written);
    const [messages, things] = await Promise.all([
      this.messagesOf(actor, asked.filter(isMessage)),
      this.thingsOf(actor, asked.filter(isThing)),
    ]);
    return asked.map((link) =>
      isMessage(link) ? (messages.get(link) ?? null) : (things.get(`${link.kind} ${placeOf(link)}`) ?? null),
    );
  }

  private async messagesOf(actor: Actor, links: readonly MessageLink[]): Promise<Map<LinkedThing, LinkCard>> {
    const previews = links.length > 0 ? await this.messages.of(actor, links) : [];
    return new Map(
      links.flatMap((link, at) => {
        const message = previews[at];
        return message ? [[link, { kind: 'message', message }] as const] : [];
      }),
    );
  }

  /** By kind and place. Only links into cohorts of the reader are looked at. */
  private async thingsOf(actor: Actor, links: readonly CohortThing[]): Promise<Map<string, LinkCard>> {
    const mine = links.length > 0 ? await this.members.ofPerson(actor.userId) : [];
    const memberships = new Map(mine.map((one) => [one.cohortId, one]));
    const within = links.filter(({ cohortId }) => memberships.has(cohortId));
    const found = await Promise.all(
      this.sources.map(async (source) => {
        const those = within.filter(({ kind }) => kind === source.kind);
        const cards = those.length > 0 ? await source.of({ actor, memberships }, those) : new Map<string, LinkCard>();
        return [...cards].map(([place, card]) => [`${source.kind} ${place}`, card] as const);
      }),
    );
    return new Map(found.flat());
  }
}

type MessageLink = Extract<LinkedThing, { kind: 'message' }>;

const isMessage = (link: LinkedThing): link is MessageLink => link.kind === 'message';
const isThing = (link: LinkedThing): link is CohortThing => link.kind !== 'message';

/** With ids as the database writes them. */
const written = (link: LinkedThing): LinkedThing =>
  isMessage(link)
    ? { ...link, channelId: link.channelId.toLowerCase(), messageId: link.messageId.toLowerCase() }
    : { ...link, cohortId: link.cohortId.toLowerCase(), id: link.id.toLowerCase() };
