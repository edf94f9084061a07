import { createHash } from 'node:crypto';
import { Types } from 'mongoose';
import { placeholderOfMail } from '../../auth/users.repository.js';
import { invalidField } from '../../common/problem.js';
import { slugOf } from '../../common/texts/slug.js';
import { MAX_IMPORTED_PEOPLE, MAX_IMPORTED_POSTS } from '../../contracts/limits.js';
import { Email } from '../../contracts/primitives.js';
import type { ImportedPerson } from '../imports/imported-people.js';
import { lineFrom } from '../imports/imported-texts.js';
import type { DiscourseArchive } from './discourse-archive.js';
import type { LeftOut, PersonRead, TopicRead } from './discourse-rows.js';

/** A topic of an export: its id here, and the ids there of its posts by their numbers. */
export interface SurveyedTopic {
  topic: TopicRead;
  id: Types.ObjectId;
  posts: Map<number, number>;
  /** The numbers that they get where all come in at once, by those there. */
  places: Map<number, number>;
  hasAnswer: boolean;
}

/** What an export holds, read once from end to end. */
export interface Survey {
  /** Those that begin in it, by their number there. */
  topics: Map<number, SurveyedTopic>;
  posts: number;
  /** All who wrote, and whoever else has an address in it. */
  writers: ImportedPerson[];
  others: ImportedPerson[];
  hosts: Set<string>;
  left: LeftOut;
}

const LONGEST_NAME = 80;
const SOMEBODY = 'Somebody';
const MOST_HOSTS = 10;

/** Reads the whole export. Throws 422 `/file` `not_a_discourse_export` where no topic begins in it, `too_large`. */
export async function survey(archive: DiscourseArchive, cohortId: string): Promise<Survey> {
  const topics = new Map<number, SurveyedTopic>();
  const people = new Map<string, PersonRead>();
  const writers = new Set<string>();
  const hosts = new Set<string>();
  const left: LeftOut = { directs: 0, hidden: 0, likes: 0, unreadable: 0 };
  let posts = 0;
  for await (const file of archive.files()) {
    for (const host of file.hosts) if (hosts.size < MOST_HOSTS) hosts.add(host);
    for (const key of ['directs', 'hidden', 'likes', 'unreadable'] as const) left[key] += file.left[key];
    for (const one of file.people) people.set(one.username, mergedWith(people.get(one.username), one));
    if (people.size > MAX_IMPORTED_PEOPLE) throw invalidField('/file', 'too_large');
    for (const held of file.topics) {
      const known = topics.get(held.topic.id);
      const one = known ?? {
        topic: held.topic,
        id: topicIdOf(cohortId, held.topic),
        posts: new Map<number, number>(),
        places: new Map<number, number>(),
        hasAnswer: false,
      };
      topics.set(held.topic.id, one);
      if (topics.size > MAX_IMPORTED_POSTS) throw invalidField('/file', 'too_large');
      for (const { id, number, by, isAnswer } of held.posts) {
        if (!one.posts.has(number)) posts += 1;
        if (posts > MAX_IMPORTED_POSTS) throw invalidField('/file', 'too_large');
        one.posts.set(number, id);
        one.hasAnswer ||= isAnswer;
        writers.add(by);
      }
    }
  }
  for (const [number, one] of topics) {
    for (const [at, place] of [...one.posts.keys()].sort((a, b) => a - b).entries()) one.places.set(place, at + 1);
    if (one.posts.has(1)) continue;
    topics.delete(number);
    posts -= one.posts.size;
    left.unreadable += one.posts.size;
  }
  if (topics.size === 0) throw invalidField('/file', 'not_a_discourse_export');
  const [host = ''] = hosts;
  const asPerson = (username: string) =>
    personOf(people.get(username) ?? { username, name: username, email: null }, host);
  return {
    ...{ topics, posts, hosts, left, writers: [...writers].map(asPerson) },
    others: [...people.values()].flatMap(({ username, email }) =>
      email && !writers.has(username) ? asPerson(username) : [],
    ),
  };
}

/** The id here of a post: the same one whichever export it is in. */
export const postIdOf = ({ id }: Pick<SurveyedTopic, 'id'>, postId: number): Types.ObjectId =>
  idFrom(`${String(id)}:${postId}`);

/** Two sites count alike: their topics of one number were begun at two instants. */
const topicIdOf = (cohortId: string, { id, at }: TopicRead): Types.ObjectId =>
  idFrom(`discourse:${cohortId}:${id}:${Math.floor(at / 1000)}`);

/** Whether a link with this slug means this topic. */
export const isCalled = ({ slug, title }: TopicRead, said: string): boolean => said === slug || said === slugOf(title);

const idFrom = (words: string) => new Types.ObjectId(createHash('sha256').update(words).digest().subarray(0, 12));

const mergedWith = (known: PersonRead | undefined, one: PersonRead): PersonRead => ({
  ...one,
  name: one.name !== one.username || !known ? one.name : known.name,
  email: one.email ?? known?.email ?? null,
});

function personOf({ username, name, email: given }: PersonRead, host: string): ImportedPerson {
  const email = Email.safeParse(given ?? '').data ?? null;
  return {
    ...{ id: username, name: lineFrom(name, LONGEST_NAME) || lineFrom(username, LONGEST_NAME) || SOMEBODY, email },
    placeholderFor: email ? placeholderOfMail(email) : `discourse:${host}:${username}`,
  };
}
