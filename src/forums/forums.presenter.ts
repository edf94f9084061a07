import { Injectable } from '@nestjs/common';
import { People } from '../auth/people.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import type { Post, Topic, TopicSummary } from '../contracts/forums.js';
import type { Person } from '../contracts/primitives.js';
import { presentAttachment } from '../files/attachment.js';
import { idOf } from '../infra/mongo/ids.js';
import { told } from './deleting/told.js';
import { postAbilities } from './forums.policy.js';
import { presentPoll } from './polls/poll.js';
import { PollVotesRepository } from './polls/poll-votes.repository.js';
import { MovedPlaces, type PlaceNow } from './moderation/moved-places.js';
import { mayTouch } from './moderation/closing.js';
import { heldPin } from './moderation/pinning.js';
import { heldSlow } from './slow/slow-mode.js';
import type { PostRow } from './post.schema.js';
import { PostVotesRepository } from './votes/post-votes.repository.js';
import { type Reading, UnreadPosts } from './reading/unread-posts.js';
import { PostQuotes, type QuotedPost } from './quotes/post-quotes.service.js';
import { quotedIn, withoutGone } from '../common/texts/forum/quote-marks.js';
import { hexes, kindOf, leadOf, stateOf } from './topic.js';
import { ThreadsPort } from './threads/threads.js';
import type { TopicFacts } from './topics.repository.js';

/** A topic in a list, where one stands with it, whether it is slow, and who chose its answer. */
export interface ReadTopic extends Pick<Topic, 'slow' | 'chosen'> {
  summary: TopicSummary;
  reading: Reading;
}

/** Makes replies of rows: one query for all faces, one for all of my votes, one for all that I have read, one for what I have not. */
@Injectable()
export class ForumsPresenter {
  constructor(
    private readonly people: People,
    private readonly votes: PostVotesRepository,
    private readonly pollVotes: PollVotesRepository,
    private readonly unread: UnreadPosts,
    private readonly posted: PostQuotes,
    private readonly threads: ThreadsPort,
    private readonly movedPlaces: MovedPlaces,
    private readonly clock: Clock,
  ) {}

  async topics(actor: CohortActor, rows: readonly TopicFacts[]): Promise<TopicSummary[]> {
    return (await this.read(actor, rows)).map(({ summary }) => summary);
  }

  /** With where the actor stands with each, whether it is slow, and who chose its answer. */
  async read(actor: CohortActor, rows: readonly TopicFacts[]): Promise<ReadTopic[]> {
    const [faces, readingOf] = await Promise.all([
      this.people.byId(hexes(rows.flatMap(peopleOf))),
      this.unread.of(idOf(actor.userId), rows),
    ]);
    const now = this.clock.now();
    return rows.map((row) => {
      const reading = readingOf(row._id);
      const [slow, chosen] = [slowOf(row, faces, now), chosenOf(row, faces)];
      return { summary: summaryOf(row, faces, reading, now), reading, slow, chosen };
    });
  }

  /** The posts of one topic as an actor sees them. Two commands, one where nothing is quoted and nothing was moved. */
  async postsOf(actor: CohortActor, topic: TopicFacts, found: readonly PostRow[]): Promise<Post[]> {
    // However they were read.
    const rows = found.map(told);
    const quotes = rows.flatMap((row) => row.quotes ?? []);
    const [posted, placesOf] = await Promise.all([
      this.posted.lookUp(topic.cohortId, rows),
      this.movedPlaces.lookUp(rows),
    ]);
    const [faces, living, voted, chosen, places, quoted] = await Promise.all([
      this.people.byId(
        hexes([
          ...rows.flatMap((row) =>
            [
              ...[row.authorId, ...row.mentions],
              ...[row.deletedBy ?? [], row.moved?.byId ?? [], row.edition?.byId ?? [], row.poll?.closed?.byId ?? []],
            ].flat(),
          ),
          ...[...quotes, ...posted.posts].map((one) => one.authorId),
          ...reactorsOf(rows),
        ]),
      ),
      // Also where nobody was told yet that one is gone.
      this.threads.provider.living(
        quotes.filter(({ body }) => body !== null).map(({ messageId }) => String(messageId)),
      ),
      this.votes.votedBy(
        idOf(actor.userId),
        rows.map((row) => row._id),
      ),
      this.pollVotes.chosenBy(
        idOf(actor.userId),
        rows.flatMap(({ _id, poll }) => (poll ? [_id] : [])),
      ),
      placesOf(),
      posted.shown(),
    ]);
    const now = this.clock.now();
    return rows.map((row) => postOf(actor, topic, row, { faces, living, voted, chosen, places, quoted, now }));
  }

  /** Names for ids, for excerpts. */
  async names(userIds: readonly string[]): Promise<Map<string, string>> {
    const faces = await this.people.byId(userIds);
    return new Map([...faces].map(([id, person]) => [id, person.name]));
  }
}

const peopleOf = ({ authorId, lastAuthorId, closed, pinned, slow, chosen }: TopicFacts) =>
  [authorId, lastAuthorId, closed?.byId ?? [], pinned?.byId ?? [], slow?.byId ?? [], chosen?.byId ?? []].flat();

const doneOf = (one: { byId: unknown; at: Date; why?: string | null }, faces: ReadonlyMap<string, Person>) => ({
  ...{ by: faceOf(String(one.byId), faces), at: one.at.toISOString(), why: one.why ?? null },
});

/** Null where it has none, or that was not kept. */
const chosenOf = ({ answerId, chosen }: TopicFacts, faces: ReadonlyMap<string, Person>): Topic['chosen'] =>
  answerId && chosen ? { by: faceOf(chosen.byId, faces), at: chosen.at.toISOString() } : null;

function slowOf({ slow }: TopicFacts, faces: ReadonlyMap<string, Person>, now: Date): Topic['slow'] {
  const held = heldSlow(slow, now);
  return held && { minutes: held.minutes, until: held.day ?? null, ...doneOf(held, faces) };
}

function summaryOf(
  row: TopicFacts,
  faces: ReadonlyMap<string, Person>,
  { readNumber, unread }: Reading,
  now: Date,
): TopicSummary {
  const { closed } = row;
  const pin = heldPin(row.pinned, now);
  return {
    id: String(row._id),
    kind: kindOf(row),
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
    closed: closed ? { how: closed.how, ...doneOf(closed, faces) } : null,
    pinned: pin && { until: pin.day, ...doneOf(pin, faces) },
    readNumber,
    unread,
  };
}

/** What is looked up for many posts at once. */
interface Known {
  faces: ReadonlyMap<string, Person>;
  living: ReadonlySet<string>;
  voted: ReadonlySet<string>;
  /** What they chose in polls. */
  chosen: ReadonlyMap<string, number[]>;
  places: ReadonlyMap<string, PlaceNow>;
  quoted: ReadonlyMap<string, QuotedPost>;
  now: Date;
}

function postOf(actor: CohortActor, topic: TopicFacts, row: PostRow, known: Known): Post {
  const { faces, living, voted, quoted, now } = known;
  return {
    id: String(row._id),
    topicId: String(row.topicId),
    number: row.number,
    author: faceOf(row.authorId, faces),
    heading: row.heading ?? null,
    body: row.body == null ? null : withoutGone(row.body, (id) => quoted.has(id)),
    poll: pollOf(actor, topic, row, known),
    attachments: (row.attachments ?? []).map(presentAttachment),
    quotes: (row.quotes ?? []).map(({ messageId, authorId, bot, body }) => ({
      author: bot ? null : faceOf(authorId, faces),
      bot: bot ?? null,
      body: living.has(String(messageId)) ? (body ?? null) : null,
    })),
    staying: row.staying ?? 0,
    quoted: quotedIn(row.body).flatMap((id) => {
      const one = quoted.get(id);
      return one ? { id, topicId: String(one.topicId), number: one.number, author: faceOf(one.authorId, faces) } : [];
    }),
    mentions: row.mentions.flatMap((id) => faces.get(String(id)) ?? []),
    votes: row.votes,
    voted: voted.has(String(row._id)),
    reactions: (row.reactions ?? []).map((one) => ({ emoji: one.emoji, userIds: hexes(one.userIds) })),
    reactors: [...new Set(hexes(reactorsOf([row])))].map((id) => faceOf(id, faces)),
    isAnswer: topic.answerId?.equals(row._id) ?? false,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    version: row.edition?.number ?? 1,
    editedBy: row.edition ? faceOf(row.edition.byId, faces) : null,
    wiki: row.wiki ?? false,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    deletedBy: row.deletedAt && row.deletedBy ? faceOf(row.deletedBy, faces) : null,
    hidden: (row.deletedAt && row.hidden) || null,
    moved: movedOf(row, known),
    abilities: postAbilities(
      actor,
      {
        authorId: String(row.authorId),
        number: row.number,
        deleted: row.deletedAt != null,
        wiki: row.wiki ?? false,
        topicAuthorId: String(topic.authorId),
        topicKind: kindOf(topic),
        topicClosed: topic.closed ?? null,
        deletedBy: row.deletedBy ? String(row.deletedBy) : null,
        hidden: row.hidden !== undefined,
        keptSince: row.keptSince ?? null,
      },
      now,
    ),
  };
}

function pollOf(actor: CohortActor, topic: TopicFacts, { _id, poll, authorId }: PostRow, known: Known): Post['poll'] {
  if (!poll) return null;
  return presentPoll(
    actor,
    { poll, authorId },
    {
      mine: known.chosen.get(String(_id)) ?? [],
      faceOf: (id) => faceOf(id, known.faces),
      mayTouch: mayTouch(actor, leadOf(topic).closed),
      now: known.now,
    },
  );
}

function movedOf({ _id, moved, deletedAt }: PostRow, { faces, places }: Known): Post['moved'] {
  if (!moved || !deletedAt) return null;
  const place = places.get(String(_id));
  const topic = place ? { id: String(place.topicId), title: place.title, number: place.number } : null;
  return { by: faceOf(moved.byId, faces), at: deletedAt.toISOString(), topic };
}

const reactorsOf = (rows: readonly PostRow[]) =>
  rows.flatMap(({ reactions = [] }) => reactions.flatMap(({ userIds }) => userIds));

/** A person who was erased has no name any more. */
export function faceOf(id: { toString: () => string }, faces: ReadonlyMap<string, Person>): Person {
  return faces.get(String(id)) ?? { id: String(id), name: '', avatarUrl: null };
}
