import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { type ChannelRef, ChannelsReader } from '../../chat/channels/channels-reader.js';
import { MessagesService } from '../../chat/messages/messages.service.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { Nights } from '../../cohorts/nights/nights.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { Problem, invalidField, notFound } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { CarriedMessage, Discuss, Discussion, Discussions } from '../../contracts/bridges/discussions.js';
import { TopicPages } from '../../forums/pages/topic-pages.service.js';
import { ThreadsPort } from '../../forums/threads/threads.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { DiscussionCards } from './discussion-cards.js';
import { type DiscussionRow, isSent } from './discussion.schema.js';
import { topicDiscussed } from './discussions.events.js';
import { DiscussionsRepository } from './discussions.repository.js';

const A_PAGE = 200;
/** The first finds it begun by somebody else, who is refused; the next begins it; one more for who was faster then. */
const TRIES = 3;

type Place = Pick<DiscussionRow, 'cohortId' | 'topicId' | 'channelId'>;

/** From the forum to chat and back: a topic is discussed in a channel, a message becomes a reply. Each leads to the other. */
@Injectable()
export class Discussing implements OnModuleInit {
  private readonly origin: string;

  constructor(
    private readonly discussions: DiscussionsRepository,
    private readonly topics: TopicsReader,
    private readonly channels: ChannelsReader,
    private readonly messages: MessagesService,
    private readonly threads: ThreadsPort,
    private readonly names: TopicPages,
    private readonly people: People,
    private readonly nights: Nights,
    private readonly clock: Clock,
    private readonly cards: DiscussionCards,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    @Inject(CONFIG) config: Config,
  ) {
    this.origin = new URL(config.PUBLIC_URL).origin;
  }

  onModuleInit(): void {
    this.nights.compareAll(() => this.compare());
  }

  /** Where a topic is discussed, for who is in those channels. Throws 404. */
  async of(actor: CohortActor, topicId: string): Promise<Discussions> {
    const topic = await this.topic(actor, topicId);
    const rows = (await this.discussions.of(idOf(topic))).filter(isSent);
    if (rows.length === 0) return { items: [] };
    const ids = rows.map(({ channelId }) => String(channelId));
    const [readable, living, channels, faces] = await Promise.all([
      this.channels.readableWithin(actor.userId, [actor.cohortId]),
      this.channels.living(rows.map(({ messageId }) => String(messageId))),
      this.channels.byIds(ids),
      this.people.byId(rows.map(({ byId }) => String(byId))),
    ]);
    const mine = new Set(readable.map(({ id }) => id));
    const items = rows
      .filter(({ channelId, messageId }) => mine.has(String(channelId)) && living.has(String(messageId)))
      .sort((one, other) => other.at.getTime() - one.at.getTime())
      .flatMap((row): Discussion[] => {
        const channel = channels.get(String(row.channelId));
        const by = String(row.byId);
        const face = faces.get(by) ?? { id: by, name: '', avatarUrl: null };
        return channel ? [{ ...presented(row, channel), by: face }] : [];
      });
    return { items };
  }

  /** Sends the card of a topic to a channel, or finds where it stands. Throws 404, 409 `cohort_closed`, 422 `/channelId` `unknown`, and as {@link MessagesService.send}. */
  async discuss(actor: CohortActor, topicId: string, { channelId, body = '' }: Discuss): Promise<Discussions> {
    const topic = await this.topic(actor, topicId);
    mustRun(actor);
    const channel = await this.channels.find(channelId);
    const isIn = channel?.cohortId === actor.cohortId && (await this.channels.isMember(channel.id, actor.userId));
    if (!channel || !isIn) throw invalidField('/channelId', 'unknown');
    const link = `${this.origin}/c/${actor.cohortId}/forum/${topic}`;
    const words = [body.trim(), link].filter((text) => text !== '').join('\n\n');
    const place = { cohortId: idOf(actor.cohortId), topicId: idOf(topic), channelId: idOf(channel.id) };
    for (let tries = 0; tries < TRIES; tries += 1) if (await this.isThere(actor, place, words)) break;
    return await this.of(actor, topicId);
  }

  /** Whether its card stands there, by whomever; what somebody began is sent as they meant it. False to be tried again. */
  private async isThere(actor: CohortActor, place: Place, words: string): Promise<boolean> {
    const before = await this.discussions.at(place.topicId, place.channelId);
    if (before && (await this.stands(before))) return true;
    const row = before && !isSent(before) ? before : await this.begin(actor, place, { before, words });
    if (!row) return false;
    try {
      return await this.cards.send(row._id);
    } catch (error) {
      // Somebody else's was refused to them: the next try is my own.
      if (error instanceof Problem && String(row.byId) !== actor.userId) return false;
      throw error;
    }
  }

  /** Writes that it is to be sent, and what: of two at once only one does. Null for the other one. */
  private async begin(
    actor: CohortActor,
    place: Place,
    { before, words }: { before: DiscussionRow | null; words: string },
  ): Promise<DiscussionRow | null> {
    await this.messages.count(actor, words);
    const mine = { ...place, _id: before?._id ?? newId(), byId: idOf(actor.userId), at: this.clock.now() };
    const row = { ...mine, messageId: null, wish: `discuss-${String(newId())}`, words };
    try {
      return await this.transactions.run(async (session) => {
        if (!(await this.discussions.begin(row, before, session))) return null;
        await this.outbox.write(topicDiscussed, { discussionId: String(row._id) }, session);
        return row;
      });
    } catch (error) {
      if (isDuplicateKey(error, 'place')) return null;
      throw error;
    }
  }

  /** A message as a reply begins with it. Throws 404 for what one may not carry to the forum. */
  async carried(actor: CohortActor, channelId: string, messageId: string): Promise<CarriedMessage> {
    const message = await this.channels.message(channelId, messageId);
    if (!message || message.deletedAt) throw notFound();
    const root = { channelId, messageId: message.threadId ?? message.id };
    const thread = await this.threads.provider.read(actor, root);
    const carried = thread?.messages.find((one) => one.messageId === message.id);
    if (!carried) throw notFound();
    const isMine = carried.bot === null && carried.authorId === actor.userId;
    const at = message.threadId ? `thread=${message.threadId}&message=${message.id}` : `message=${message.id}`;
    const link = `${this.origin}/c/${actor.cohortId}/chat/${channelId}?${at}`;
    // The card of the link shows words of others to who may read them, as long as they stand.
    if (!isMine) return { body: link };
    const [said = ''] = await this.names.named(actor.cohortId, [carried.body]);
    return { body: `${said}\n\n${link}` };
  }

  /** What began with a message that is gone is no more. What is to be sent still is in the outbox. */
  async compare(): Promise<void> {
    let page: DiscussionRow[] = [];
    do {
      page = await this.discussions.after(page.at(-1)?._id ?? null, A_PAGE);
      const sent = page.filter(isSent);
      const living = await this.channels.living(sent.map(({ messageId }) => String(messageId)));
      await this.discussions.forget(sent.filter(({ messageId }) => !living.has(String(messageId))));
    } while (page.length === A_PAGE);
  }

  private async stands(row: DiscussionRow): Promise<boolean> {
    return isSent(row) && (await this.channels.living([String(row.messageId)])).size > 0;
  }

  private async topic(actor: CohortActor, topicId: string): Promise<string> {
    const topic = await this.topics.byId(topicId);
    if (topic?.cohortId !== actor.cohortId) throw notFound();
    return topic.id;
  }
}

const presented = (
  { messageId, at }: DiscussionRow,
  { id, kind, name, nameKey }: ChannelRef,
): Omit<Discussion, 'by'> => ({
  ...{ channel: { id, kind, name, nameKey }, messageId: String(messageId), at: at.toISOString() },
});
