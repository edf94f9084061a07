import { Injectable } from '@nestjs/common';
import { People } from '../auth/people.js';
import type { CohortActor } from '../common/actor.js';
import type { Post, TopicSummary } from '../contracts/forums.js';
import type { Person } from '../contracts/primitives.js';
import { idOf } from '../infra/mongo/ids.js';
import { postAbilities } from './forums.policy.js';
import type { PostRow } from './post.schema.js';
import { PostsRepository } from './posts.repository.js';
import { hexes, stateOf } from './topic.js';
import { ThreadsPort } from './threads/threads.js';
import type { TopicFacts } from './topics.repository.js';

/** Makes replies of rows: one query for all faces, one for all of my votes. */
@Injectable()
export class ForumsPresenter {
  constructor(
    private readonly people: People,
    private readonly posts: PostsRepository,
    private readonly threads: ThreadsPort,
  ) {}

  async topics(rows: readonly TopicFacts[]): Promise<TopicSummary[]> {
    const faces = await this.people.byId(hexes(rows.flatMap((row) => [row.authorId, row.lastAuthorId])));
    return rows.map((row) => summaryOf(row, faces));
  }

  /** The posts of one topic as an actor sees them. */
  async postsOf(actor: CohortActor, topic: TopicFacts, rows: readonly PostRow[]): Promise<Post[]> {
    const quotes = rows.flatMap((row) => row.quotes ?? []);
    const [faces, living, voted] = await Promise.all([
      this.people.byId(
        hexes([...rows.flatMap((row) => [row.authorId, ...row.mentions]), ...quotes.map((one) => one.authorId)]),
      ),
      // Also where nobody was told yet that one is gone.
      this.threads.provider.living(
        quotes.filter(({ body }) => body !== null).map(({ messageId }) => String(messageId)),
      ),
      this.posts.votedBy(
        idOf(actor.userId),
        rows.map((row) => row._id),
      ),
    ]);
    return rows.map((row) => postOf(actor, topic, row, { faces, living, voted }));
  }

  /** Names for ids, for excerpts. */
  async names(userIds: readonly string[]): Promise<Map<string, string>> {
    const faces = await this.people.byId(userIds);
    return new Map([...faces].map(([id, person]) => [id, person.name]));
  }
}

function summaryOf(row: TopicFacts, faces: ReadonlyMap<string, Person>): TopicSummary {
  return {
    id: String(row._id),
    title: row.title,
    tags: row.tags,
    author: faceOf(row.authorId, faces),
    state: stateOf(row),
    posts: row.posts,
    votes: row.votes,
    createdAt: row.createdAt.toISOString(),
    lastPostAt: row.lastPostAt.toISOString(),
    lastAuthor: faceOf(row.lastAuthorId, faces),
    excerpt: row.excerpt,
  };
}

/** What is looked up for many posts at once. */
interface Known {
  faces: ReadonlyMap<string, Person>;
  living: ReadonlySet<string>;
  voted: ReadonlySet<string>;
}

function postOf(actor: CohortActor, topic: TopicFacts, row: PostRow, { faces, living, voted }: Known): Post {
  return {
    id: String(row._id),
    topicId: String(row.topicId),
    number: row.number,
    author: faceOf(row.authorId, faces),
    body: row.body ?? null,
    quotes: (row.quotes ?? []).map(({ messageId, authorId, bot, body }) => ({
      author: bot ? null : faceOf(authorId, faces),
      bot: bot ?? null,
      body: living.has(String(messageId)) ? (body ?? null) : null,
    })),
    staying: row.staying ?? 0,
    mentions: row.mentions.flatMap((id) => faces.get(String(id)) ?? []),
    votes: row.votes,
    voted: voted.has(String(row._id)),
    isAnswer: topic.answerId?.equals(row._id) ?? false,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    abilities: postAbilities(actor, {
      authorId: String(row.authorId),
      number: row.number,
      deleted: row.deletedAt != null,
      topicAuthorId: String(topic.authorId),
    }),
  };
}

/** A person who was erased has no name any more. */
export function faceOf(id: { toString: () => string }, faces: ReadonlyMap<string, Person>): Person {
  return faces.get(String(id)) ?? { id: String(id), name: '', avatarUrl: null };
}
