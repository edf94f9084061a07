import type { Readable } from 'node:stream';

/** What is stored: bytes in memory, or a file of ours on disk that is left where it is. */
export type Content = Buffer | { path: string };

/** A part of a file, both ends included (RFC 9110 section 14.1.2). */
export interface ByteRange {
  start: number;
  end: number;
}

/** Keeps files of ours. Names and shelves are chosen by us, never by a person. */
export abstract class FileStore {
  /** Writes whole or not at all; what was there under this name is replaced. */
  abstract put(shelf: string, name: string, content: Content): Promise<void>;

  /** The whole content, for small files; null when there is none. */
  abstract get(shelf: string, name: string): Promise<Buffer | null>;

  /** A stream of a file or of a part of it (which must lie within it); null when there is none. Read it or destroy it. */
  abstract open(shelf: string, name: string, range?: ByteRange): Promise<Readable | null>;

  /** What is not there is removed already. */
  abstract remove(shelf: string, name: string): Promise<void>;
}
