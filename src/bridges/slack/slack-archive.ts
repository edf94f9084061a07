import { setImmediate as turn } from 'node:timers/promises';
import type { Entry } from 'yauzl';
import { grouped } from '../../common/grouped.js';
import { invalidField } from '../../common/problem.js';
import { MAX_FILE_BYTES } from '../../contracts/limits.js';
import { LIMITS, ZipArchive } from '../imports/zip-archive.js';
import type { RowsAsked, RowsRead } from './slack-rows.js';
import type { SlackChannel, SlackMessage, SlackUser } from './slack-shapes.js';

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

/** Reads the rows of a file of an export, as `readRows` does: elsewhere than on the loop. */
export type RowReader = (asked: RowsAsked) => Promise<RowsRead>;

/** An export of Slack as it lies on disk (a zip). Close it. */
export class SlackArchive {
  private constructor(
    private readonly zip: ZipArchive,
    /** The folder that holds all, where the export was packed once more by hand. */
    private readonly root: string,
    private readonly read: RowReader,
  ) {}

  /** Throws 422 for `/file`: `not_a_zip`, `not_a_slack_export`, `too_large`. */
  static async open(path: string, read: RowReader, limits = LIMITS): Promise<SlackArchive> {
    const zip = await ZipArchive.open(path, limits);
    const root = rootOf([...zip.entries.keys()]);
    if (root !== null) return new SlackArchive(zip, root, read);
    zip.close();
    throw invalidField('/file', 'not_a_slack_export');
  }

  close(): void {
    this.zip.close();
  }

  async users(): Promise<SlackUser[]> {
    return (await this.rows<SlackUser>('users.json', 'users')).rows;
  }

  /** Channels for all, then private ones. Conversations between people are never read: they are theirs alone. */
  async channels(): Promise<ArchivedChannel[]> {
    const { rows: open } = await this.rows<SlackChannel>('channels.json', 'channels');
    const { rows: closed } = await this.rows<SlackChannel>('groups.json', 'channels');
    const days = daysByFolder([...this.zip.entries.keys()].map((name) => name.slice(this.root.length)));
    const withDays = (isPrivate: boolean) => (one: SlackChannel) => ({
      ...one,
      isPrivate,
      days: (days.get(one.name) ?? days.get(one.id) ?? []).sort(),
    });
    return [...open.map(withDays(false)), ...closed.map(withDays(true))];
  }

  /** How many conversations between people the export holds and leaves closed. */
  async directCount(): Promise<number> {
    const [pairs, groups] = [await this.rows('dms.json', 'ids'), await this.rows('mpims.json', 'ids')];
    return pairs.rows.length + groups.rows.length;
  }

  /** The messages of one day of one channel, the oldest first. */
  async day(name: string): Promise<Day> {
    const { rows, unreadable } = await this.rows<SlackMessage>(name, 'messages');
    return { messages: rows, unreadable };
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
    return entry ? await this.zip.withFile(entry, MAX_FILE_BYTES, use) : null;
  }

  private uploadOf(fileId: string): Entry | undefined {
    return this.uploads.get(fileId);
  }

  private readonly uploads = this.byUpload();

  private byUpload(): Map<string, Entry> {
    const found = new Map<string, Entry>();
    for (const [name, entry] of this.zip.entries) {
      const [folder, id, file] = name.slice(this.root.length).split('/');
      if (folder === '__uploads' && id && file && entry.uncompressedSize <= MAX_FILE_BYTES) found.set(id, entry);
    }
    return found;
  }

  /** Entries of another shape are left out; without the file, none. */
  private async rows<Row>(name: string, kind: RowsAsked['kind']): Promise<{ rows: Row[]; unreadable: number }> {
    const entry = this.zip.entries.get(`${this.root}${name}`);
    if (!entry) return { rows: [], unreadable: 0 };
    const bytes = await this.zip.bytesOf(entry, 'not_a_slack_export');
    const read = await this.read({ bytes, kind });
    if ('problem' in read) throw invalidField('/file', read.problem, { name });
    const rows: Row[] = [];
    for (const piece of read.pieces) {
      rows.push(...(JSON.parse(piece) as Row[]));
      await turn();
    }
    return { rows, unreadable: read.unreadable };
  }
}

/** The instant in a `ts`, in milliseconds. */
export const timeOf = (ts: string): number => Math.floor(Number(ts) * 1000);

/** The files of days among these, by the channel whose they are. */
export function daysByFolder(names: readonly string[]): Map<string, string[]> {
  const days = names.filter((name) => /^[^/]+\/\d{4}-\d\d-\d\d\.json$/.test(name));
  return grouped(days, (name) => name.slice(0, name.indexOf('/')));
}

/** Where `channels.json` or `groups.json` lies beside `users.json`: at the top, or in one folder. Null when this is no export. */
function rootOf(names: readonly string[]): string | null {
  const known = new Set(names);
  const roots = names.flatMap((name) => /^((?:[^/]+\/)?)users\.json$/.exec(name)?.[1] ?? []);
  return roots.find((root) => known.has(`${root}channels.json`) || known.has(`${root}groups.json`)) ?? null;
}
