import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import type { Entry, ZipFile } from 'yauzl';
import { z } from 'zod';
import { grouped } from '../../common/grouped.js';
import { Problem, invalidField } from '../../common/problem.js';
import { MAX_FILE_BYTES, MAX_IMPORT_ENTRIES, MAX_UNPACKED_BYTES } from '../../contracts/limits.js';
import { SlackChannel, SlackMessage, SlackUser } from './slack-shapes.js';

/** What one export may be once it is unpacked. `entryBytes`: of a day of one channel, or the list of all people; files have a limit of their own. */
export interface ArchiveLimits {
  entries: number;
  entryBytes: number;
  allBytes: number;
}
const LIMITS: ArchiveLimits = {
  entries: MAX_IMPORT_ENTRIES,
  entryBytes: 16 * 1024 * 1024,
  allBytes: MAX_UNPACKED_BYTES,
};

/** A channel of the export with the names of its days' files, in the order of time. */
export interface ArchivedChannel extends SlackChannel {
  isPrivate: boolean;
  days: string[];
}

/** What a day's file holds. `unreadable` are entries that are no message of a known shape. */
export interface Day {
  messages: SlackMessage[];
  unreadable: number;
}

/**
 * An export of Slack as it lies on disk (a zip). Nothing is unpacked at once: each file is read when it is asked for, up to a size, and all that is read is
 * counted as it comes out, whatever the zip says of itself. Close it.
 */
export class SlackArchive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    /** The folder that holds all, where the export was packed once more by hand. */
    private readonly root: string,
    private readonly limits: ArchiveLimits,
  ) {}

  /** What came out so far. */
  private unpacked = 0;

  /** Throws 422 for `/file`: `not_a_zip`, `not_a_slack_export`, `too_large`. */
  static async open(path: string, limits = LIMITS): Promise<SlackArchive> {
    const { openPromise } = await import('yauzl');
    const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch(() => {
      throw invalidField('/file', 'not_a_zip');
    });
    try {
      const entries = await listed(zip, limits.entries);
      const root = rootOf([...entries.keys()]);
      if (root === null) throw invalidField('/file', 'not_a_slack_export');
      return new SlackArchive(zip, entries, root, limits);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  close(): void {
    this.zip.close();
  }

  async users(): Promise<SlackUser[]> {
    return await this.list('users.json', SlackUser);
  }

  /** Channels for all, then private ones. Conversations between people are never read: they are theirs alone. */
  async channels(): Promise<ArchivedChannel[]> {
    const open = await this.list('channels.json', SlackChannel);
    const closed = await this.list('groups.json', SlackChannel);
    const days = daysByFolder([...this.entries.keys()].map((name) => name.slice(this.root.length)));
    const withDays = (isPrivate: boolean) => (one: SlackChannel) => ({
      ...one,
      isPrivate,
      days: (days.get(one.name) ?? days.get(one.id) ?? []).sort(),
    });
    return [...open.map(withDays(false)), ...closed.map(withDays(true))];
  }

  /** How many conversations between people the export holds and leaves closed. */
  async directCount(): Promise<number> {
    const any = z.object({ id: z.string() });
    return (await this.list('dms.json', any)).length + (await this.list('mpims.json', any)).length;
  }

  /** The messages of one day of one channel, the oldest first. */
  async day(name: string): Promise<Day> {
    const rows = z.array(z.unknown()).safeParse(await this.json(name)).data ?? [];
    const read = rows.map((row) => SlackMessage.safeParse(row));
    const messages = read.flatMap((one) => one.data ?? []).sort((a, b) => timeOf(a.ts) - timeOf(b.ts));
    return { messages, unreadable: read.length - messages.length };
  }

  /** True when the bytes of a file lie in the export (`__uploads/<id>/<name>`, as some tools pack them) and are not too many. */
  holds(fileId: string): boolean {
    return this.uploadOf(fileId) !== undefined;
  }

  /** What the bytes of a file take, as the export says; 0 where they do not lie in it. */
  sizeOf(fileId: string): number {
    return this.uploadOf(fileId)?.uncompressedSize ?? 0;
  }

  /** Hands a file of the export over as one on disk, which is gone after. */
  async withFile<T>(fileId: string, use: (path: string, size: number) => Promise<T>): Promise<T | null> {
    const entry = this.uploadOf(fileId);
    if (!entry) return null;
    const folder = await mkdtemp(join(tmpdir(), 'cordee-import-'));
    try {
      const path = join(folder, 'file');
      await pipeline(
        await this.zip.openReadStreamPromise(entry),
        this.counted(MAX_FILE_BYTES),
        createWriteStream(path),
      );
      return await use(path, entry.uncompressedSize);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private uploadOf(fileId: string): Entry | undefined {
    return this.uploads.get(fileId);
  }

  private readonly uploads = this.byUpload();

  private byUpload(): Map<string, Entry> {
    const found = new Map<string, Entry>();
    for (const [name, entry] of this.entries) {
      const [folder, id, file] = name.slice(this.root.length).split('/');
      if (folder === '__uploads' && id && file && entry.uncompressedSize <= MAX_FILE_BYTES) found.set(id, entry);
    }
    return found;
  }

  /** Entries of another shape are left out; without the file, none. */
  private async list<T extends z.ZodType>(name: string, shape: T): Promise<z.infer<T>[]> {
    const rows = z.array(z.unknown()).safeParse(await this.json(name)).data ?? [];
    return rows.flatMap((row) => {
      const read = shape.safeParse(row);
      return read.success ? [read.data] : [];
    });
  }

  private async json(name: string): Promise<unknown> {
    const entry = this.entries.get(`${this.root}${name}`);
    if (!entry) return null;
    try {
      const bytes = await this.zip.openReadStreamPromise(entry);
      return JSON.parse(await pipeline(bytes, this.counted(this.limits.entryBytes), text));
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw invalidField('/file', 'not_a_slack_export', { name });
    }
  }

  /** Lets bytes through as long as neither this entry nor all that was read is too much; then it throws 422 `too_large`. */
  private counted(most: number) {
    return async function* (this: SlackArchive, bytes: AsyncIterable<Buffer>) {
      let own = 0;
      for await (const chunk of bytes) {
        own += chunk.length;
        this.unpacked += chunk.length;
        if (own > most || this.unpacked > this.limits.allBytes) throw invalidField('/file', 'too_large');
        yield chunk;
      }
    }.bind(this);
  }
}

/** The instant in a `ts`, in milliseconds. */
export const timeOf = (ts: string): number => Math.floor(Number(ts) * 1000);

/** The files of days among these, by the channel whose they are. */
export function daysByFolder(names: readonly string[]): Map<string, string[]> {
  const days = names.filter((name) => /^[^/]+\/\d{4}-\d\d-\d\d\.json$/.test(name));
  return grouped(days, (name) => name.slice(0, name.indexOf('/')));
}

/** Counted as they come: how many the zip says there are is one more thing that it says. */
async function listed(zip: ZipFile, most: number): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  if (zip.entryCount > most) throw invalidField('/file', 'too_large');
  try {
    let count = 0;
    for await (const entry of zip.eachEntry()) {
      if ((count += 1) > most) throw invalidField('/file', 'too_large');
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw invalidField('/file', 'not_a_zip');
  }
  return entries;
}

/** Where `channels.json` or `groups.json` lies beside `users.json`: at the top, or in one folder. Null when this is no export. */
function rootOf(names: readonly string[]): string | null {
  const known = new Set(names);
  const roots = names.flatMap((name) => /^((?:[^/]+\/)?)users\.json$/.exec(name)?.[1] ?? []);
  return roots.find((root) => known.has(`${root}channels.json`) || known.has(`${root}groups.json`)) ?? null;
}
