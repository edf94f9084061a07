import { open } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { Entry } from 'yauzl';
import { Problem, invalidField } from '../../common/problem.js';
import { LIMITS, ZipArchive } from '../imports/zip-archive.js';
import type { FileRead, LeftOut, PersonRead, PostRead, TopicRead } from './discourse-rows.js';

/** Reads a file of an export elsewhere than on the loop, as `readDiscourse` does. */
export type FileReader = (asked: { bytes: Uint8Array; isTable: boolean }) => Promise<FileRead>;

/** What one file of an export holds. */
export interface FileHeld {
  topics: { topic: TopicRead; posts: PostRead[] }[];
  people: PersonRead[];
  hosts: string[];
  left: LeftOut;
}

const NOTHING: FileHeld = {
  topics: [],
  people: [],
  hosts: [],
  left: { directs: 0, hidden: 0, likes: 0, unreadable: 1 },
};

/** What Discourse gave, as it lies on disk: one file of JSON, or a zip of them and of its list of accounts. Close it. */
export class DiscourseArchive {
  private constructor(
    private readonly zip: ZipArchive | null,
    private readonly path: string,
    private readonly read: FileReader,
    private readonly limits: typeof LIMITS,
  ) {}

  /** Throws 422 for `/file`: `not_a_zip`, `not_a_discourse_export`, `is_a_backup`, `too_large`. */
  static async open(path: string, read: FileReader, limits = LIMITS): Promise<DiscourseArchive> {
    const begins = await beginningOf(path);
    // gzip: a backup holds a dump of the database.
    if (begins[0] === 0x1f && begins[1] === 0x8b) throw invalidField('/file', 'is_a_backup');
    const isZip = begins.toString('latin1', 0, 2) === 'PK';
    if (!isZip && !/^(?:\ufeff)?\s*[[{]/.test(begins.toString())) throw invalidField('/file', 'not_a_discourse_export');
    return new DiscourseArchive(isZip ? await ZipArchive.open(path, limits) : null, path, read, limits);
  }

  close(): void {
    this.zip?.close();
  }

  /** What each file holds, in the order of their names. One that cannot be read counts as such. Throws 422 `too_large`. */
  async *files(): AsyncGenerator<FileHeld> {
    if (!this.zip) {
      yield await this.held(await this.whole(), false);
      return;
    }
    for (const [name, entry] of entriesOf(this.zip)) {
      const bytes = await this.zip.bytesOf(entry, 'not_a_discourse_export').catch((error: unknown) => {
        if (error instanceof Problem && error.more.errors?.[0]?.code === 'not_a_discourse_export') return null;
        throw error;
      });
      yield bytes ? await this.held(bytes, name.toLowerCase().endsWith('.csv')) : NOTHING;
    }
  }

  private async held(bytes: Uint8Array, isTable: boolean): Promise<FileHeld> {
    const read = await this.read({ bytes, isTable });
    if ('problem' in read && read.problem === 'too_large') throw invalidField('/file', 'too_large');
    if ('problem' in read) return NOTHING;
    const topics: FileHeld['topics'] = [];
    for (const { topic, pieces } of read.topics) {
      const posts: PostRead[] = [];
      for (const piece of pieces) {
        posts.push(...(JSON.parse(piece) as PostRead[]));
        await turn();
      }
      topics.push({ topic, posts });
    }
    return { ...read, topics };
  }

  private async whole(): Promise<Buffer> {
    const file = await open(this.path);
    try {
      if ((await file.stat()).size > this.limits.entryBytes) throw invalidField('/file', 'too_large');
      return await file.readFile();
    } finally {
      await file.close();
    }
  }
}

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Lists of accounts first; then the rest, with numbers in their order. */
function entriesOf(zip: ZipArchive): [string, Entry][] {
  const isTable = (name: string) => name.toLowerCase().endsWith('.csv');
  return [...zip.entries]
    .filter(([name]) => /\.(?:json|csv)$/i.test(name) && !/(?:^|\/)(?:__MACOSX|\.)/.test(name))
    .sort(([a], [b]) => Number(isTable(b)) - Number(isTable(a)) || ORDER.compare(a, b));
}

const ORDER = new Intl.Collator('en', { numeric: true });
