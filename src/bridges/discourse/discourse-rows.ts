import { parse as parseCsv } from 'csv-parse/sync';
import { MAX_IMPORTED_PEOPLE } from '../../contracts/limits.js';
import { opensTooMuch } from '../imports/opened.js';
import { DiscoursePost, DiscourseTopic, DiscourseUser } from './discourse-shapes.js';

/** A post as it comes in; `by` is the name of its author's account, in lower case. Times are in milliseconds. */
export interface PostRead {
  id: number;
  number: number;
  by: string;
  at: number;
  editedAt: number | null;
  raw: string | null;
  cooked: string | null;
  isAnswer: boolean;
}

/** A topic without its posts. */
export interface TopicRead {
  id: number;
  title: string;
  slug: string;
  at: number;
  tags: string[];
  isClosed: boolean;
}

/** Somebody who wrote, or is in a list of accounts. */
export interface PersonRead {
  username: string;
  name: string;
  email: string | null;
}

/** What stays outside: conversations between people; what was deleted, hidden, unlisted, or is no post; likes; what could not be read. */
export interface LeftOut {
  directs: number;
  hidden: number;
  likes: number;
  unreadable: number;
}

/** What one file holds, its posts as JSON in pieces that are short to read again; or why nothing. */
export type FileRead =
  | { topics: { topic: TopicRead; pieces: string[] }[]; people: PersonRead[]; hosts: string[]; left: LeftOut }
  | { problem: 'not_a_discourse_export' | 'too_large' };

/** Discourse lets nobody write more than a fifth of it; HTML of it is longer. */
const MOST_CHARACTERS = 200_000;
/** Of what is kept of each person and topic while the whole export is looked at. */
const LONGEST = 1000;
const PIECE = 64_000;
const REGULAR = new Set([undefined, null, 1, 2]);
const LIKE = 2;

/** Runs in a process of its own. */
export function readDiscourse({ bytes, isTable }: { bytes: Uint8Array; isTable: boolean }): FileRead {
  if (!isTable && opensTooMuch(bytes)) return { problem: 'too_large' };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString()
    .replace(/^\ufeff/, '');
  const reading = new Reading();
  try {
    if (isTable) reading.table(text);
    else reading.whole(JSON.parse(text));
  } catch (error) {
    return { problem: error instanceof TooManyPeople ? 'too_large' : 'not_a_discourse_export' };
  }
  return reading.read();
}

class TooManyPeople extends Error {}

/** What is known of one file so far. */
class Reading {
  private readonly topics: { topic: TopicRead; pieces: string[] }[] = [];
  private readonly people = new Map<string, PersonRead>();
  private readonly namesById = new Map<number, string>();
  private readonly hosts = new Set<string>();
  private readonly left: LeftOut = { directs: 0, hidden: 0, likes: 0, unreadable: 0 };

  read(): FileRead {
    const { topics, left } = this;
    return { topics, people: [...this.people.values()], hosts: [...this.hosts], left };
  }

  /** Row by row: all of them at once would take more memory than a thread has. */
  table(text: string): void {
    parseCsv(text, {
      ...{ columns: true, relax_quotes: true, relax_column_count: true },
      on_record: (row: unknown) => void this.user(row),
    });
  }

  whole(value: unknown): void {
    for (const one of Array.isArray(value) ? value : [value]) {
      const { users, topics } = (one ?? {}) as { users?: unknown; topics?: unknown };
      for (const user of Array.isArray(users) ? users : []) this.user(user);
      if (Array.isArray(topics)) for (const topic of topics) this.topic(topic);
      else this.topic(one);
    }
  }

  user(value: unknown): boolean {
    const { data } = DiscourseUser.safeParse(value);
    if (!data) return false;
    const username = data.username.toLowerCase();
    if (data.id) this.namesById.set(data.id, username);
    const known = this.people.get(username);
    const name = data.name?.trim().slice(0, LONGEST) || known?.name || data.username;
    this.people.set(username, { username, name, email: data.email?.trim().slice(0, LONGEST) || known?.email || null });
    if (this.people.size > MAX_IMPORTED_PEOPLE) throw new TooManyPeople();
    return true;
  }

  private topic(value: unknown): void {
    const { post_stream: stream, posts: own } = (value ?? {}) as { post_stream?: { posts?: unknown }; posts?: unknown };
    const posts = stream?.posts ?? own;
    const { data } = DiscourseTopic.safeParse(value);
    const at = Date.parse(data?.created_at ?? '');
    if (!data || !Array.isArray(posts) || !Number.isFinite(at)) {
      if (!this.user(value)) this.left.unreadable += 1;
      return;
    }
    if (data.archetype && data.archetype !== 'regular') {
      this.left.directs += data.archetype === 'private_message' ? 1 : 0;
      this.left.hidden += data.archetype === 'private_message' ? 0 : 1;
      return;
    }
    if (data.visible === false || data.deleted_at) {
      this.left.hidden += 1;
      return;
    }
    const all = posts.flatMap((post) => this.post(post, data.accepted_answer?.post_number ?? null));
    // One that stands there twice is one.
    const read = [...new Map(all.map((post) => [post.id, post])).values()];
    const topic = {
      ...{ id: data.id, title: data.title.slice(0, LONGEST), slug: (data.slug ?? '').slice(0, LONGEST), at },
      tags: (data.tags ?? []).map((tag) => (typeof tag === 'string' ? tag : tag.name).slice(0, LONGEST)).slice(0, 20),
      isClosed: Boolean(data.closed || data.archived),
    };
    this.topics.push({ topic, pieces: [...inPieces(read.sort((a, b) => a.number - b.number))] });
  }

  private post(value: unknown, answer: number | null): PostRead[] {
    const { data } = DiscoursePost.safeParse(value);
    const at = Date.parse(data?.created_at ?? '');
    if (!data || !Number.isFinite(at) || (!data.raw && !data.cooked)) {
      this.left.unreadable += 1;
      return [];
    }
    // Whispers of a team among them: they were never for all.
    if (!REGULAR.has(data.post_type) || data.hidden || data.deleted_at || data.user_deleted) {
      this.left.hidden += 1;
      return [];
    }
    this.left.likes += data.actions_summary?.find((one) => one.id === LIKE)?.count ?? 0;
    for (const { url, internal } of data.link_counts ?? []) if (internal) this.host(url);
    const edited = (data.version ?? 1) > 1 ? Date.parse(data.updated_at ?? '') : Number.NaN;
    return [
      {
        ...{ id: data.id, number: data.post_number, by: this.author(data), at },
        editedAt: Number.isFinite(edited) ? edited : null,
        raw: data.raw?.slice(0, MOST_CHARACTERS) ?? null,
        cooked: data.raw ? null : (data.cooked?.slice(0, MOST_CHARACTERS) ?? null),
        isAnswer: data.post_number > 1 && (data.accepted_answer === true || data.post_number === answer),
      },
    ];
  }

  private author({ username, user_id: userId, name }: DiscoursePost): string {
    if (username) {
      this.user({ username: username.slice(0, 100), name });
      return username.slice(0, 100).toLowerCase();
    }
    return (userId && this.namesById.get(userId)) || `#${userId ?? 0}`;
  }

  private host(url: string): void {
    if (this.hosts.size < 10 && url.length <= LONGEST && URL.canParse(url)) this.hosts.add(new URL(url).host);
  }
}

function* inPieces(rows: readonly unknown[]): Iterable<string> {
  let [piece, length]: [string[], number] = [[], 0];
  for (const row of rows) {
    const written = JSON.stringify(row);
    piece.push(written);
    length += written.length;
    if (length < PIECE) continue;
    yield `[${piece.join(',')}]`;
    [piece, length] = [[], 0];
  }
  if (piece.length > 0) yield `[${piece.join(',')}]`;
}
