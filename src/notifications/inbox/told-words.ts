import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { excerptOf } from '../../common/markdown/excerpt.js';
import type { Locale, Person } from '../../contracts/primitives.js';
import { CHAT_EXCERPT, FORUM_EXCERPT, quotesOf, withName } from '../words/quote.js';
import type { NotificationRow } from './notification.schema.js';
import { ToldThings } from './told-things.js';

/**
 * The words of notices as they read now, whenever they were told: a post as it was edited, the title of its topic, nothing of a message that was deleted. A notice
 * holds what it said when it was told; whoever shows, mails or gathers it asks here. Edited messages are written over what quotes them (`chat-quotes.ts`).
 */
@Injectable()
export class ToldWords {
  constructor(
    private readonly things: ToldThings,
    private readonly topics: TopicsReader,
    private readonly channels: ChannelsReader,
    private readonly people: People,
  ) {}

  /** Some notices with the words that they have now, in their order. So many queries for all together, not for each. */
  async now(rows: readonly NotificationRow[]): Promise<NotificationRow[]> {
    const [titles, posts, living] = await Promise.all([
      this.titlesOf(rows),
      this.rewrittenOf(rows),
      this.channels.living(rows.filter(quotesMessage).map(({ params }) => String(params.messageId))),
    ]);
    return rows.map((row) => {
      const { title, excerpt, postId, messageId } = row.params;
      const now = {
        ...(title !== undefined && titles.has(aboutOf(row)) && { title: titles.get(aboutOf(row)) ?? '' }),
        ...(excerpt !== undefined && posts.has(String(postId)) && { excerpt: posts.get(String(postId)) ?? '' }),
        ...(quotesMessage(row) && !living.has(String(messageId)) && { excerpt: '' }),
      };
      return { ...row, params: { ...row.params, ...now } };
    });
  }

  /**
   * The same rows for readers of a language; those of conversations with the words of the latest message that each stands for, and whose it is where another one
   * began. No notice holds them, and no mail, digest or push says them: they are read where their person reads, as they are now. Nobody is shown the words of
   * whom they blocked.
   */
  async withConversations(rows: readonly NotificationRow[], locale: Locale): Promise<NotificationRow[]> {
    const places = rows.filter(isOfConversation).map(placeOf);
    if (places.length === 0) return [...rows];
    const messages = await this.channels.messagesAt(places);
    const senders = messages.map(({ senderId }) => senderId);
    const [people, quotes, blocks] = await Promise.all([
      this.people.byId(senders),
      Promise.all(messages.map(async (message) => excerptOf(await this.channels.wordsOf(message), CHAT_EXCERPT))),
      this.channels.blocksAmong([...rows.map(({ userId }) => String(userId)), ...senders]),
    ]);
    const said = new Map(
      messages.map(({ channelId, seq, senderId }, index) => {
        const name = people.get(senderId)?.name ?? '';
        return [`${channelId} ${seq}`, { senderId, name, quote: quotes[index] ?? '' }] as const;
      }),
    );
    return rows.map((row) => {
      const { channelId, seq } = placeOf(row);
      const words = isOfConversation(row) && said.get(`${channelId} ${seq}`);
      if (!words || words.quote === '' || blocks.has(`${String(row.userId)} ${words.senderId}`)) return row;
      const { name, quote } = words;
      const excerpt = name === row.params.by ? quote : withName(name, quote, locale);
      return { ...row, params: { ...row.params, excerpt } };
    });
  }

  /** Whose acts some notices tell, by id. */
  async facesOf(rows: readonly NotificationRow[]): Promise<ReadonlyMap<string, Person>> {
    return await this.people.byId(
      rows.flatMap(({ params: { byId } }) => (typeof byId === 'string' && byId ? [byId] : [])),
    );
  }

  private async titlesOf(rows: readonly NotificationRow[]): Promise<Map<string, string>> {
    const titled = rows.filter(({ params: { title } }) => title !== undefined);
    const found = await Promise.all(
      titled.map(async (row) => [aboutOf(row), (await this.titledBy(row))?.title] as const),
    );
    return new Map(found.flatMap(([about, title]) => (title === undefined ? [] : [[about, title] as const])));
  }

  /** The topic of the forum or, of a post of the commons or of who is asked for it, that of the commons or the cohort. */
  private async titledBy({ userId, params }: NotificationRow): Promise<{ title: string } | null> {
    const { topicId, askedTopicId, commonsPostId } = params;
    if (typeof commonsPostId === 'string') return await this.things.commonsPost(commonsPostId, String(userId));
    const id = topicId ?? askedTopicId;
    return typeof id === 'string' ? await this.things.topic(id) : null;
  }

  /** How those posts begin whose words may be others than they were. */
  private async rewrittenOf(rows: readonly NotificationRow[]): Promise<Map<string, string>> {
    const ids = rows.flatMap(({ params: { postId } }) => (typeof postId === 'string' ? [postId] : []));
    const states = await Promise.all([...new Set(ids)].map((id) => this.things.post(id)));
    const others = states.flatMap((post) => (post?.isRewritten ? [post.id] : []));
    if (others.length === 0) return new Map();
    const posts = await this.topics.postsOf(others);
    const texts = posts.map(({ body, mentions }) => ({ body: body ?? '', mentions }));
    const excerpts = await quotesOf(this.people, texts, FORUM_EXCERPT);
    return new Map(posts.map(({ id }, index) => [id, excerpts[index] ?? '']));
  }
}

/** What has the title that a notice says. */
const aboutOf = ({ params: { topicId, askedTopicId, commonsPostId } }: NotificationRow) =>
  String(commonsPostId ?? topicId ?? askedTopicId);

const isOfConversation = ({ kind }: NotificationRow) => kind === 'chat.direct';

const placeOf = ({ params: { channelId, seq } }: NotificationRow) => ({
  channelId: String(channelId),
  seq: Number(seq),
});

/** It says words of one message of chat. */
const quotesMessage = ({ kind, params: { messageId, excerpt } }: NotificationRow) =>
  kind.startsWith('chat.') && typeof messageId === 'string' && typeof excerpt === 'string' && excerpt !== '';
