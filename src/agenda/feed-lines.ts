import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { type IcsEntry, type WrittenEntry, writtenEntry } from '../calendar/ics.js';
import { CONFIG, type Config } from '../config/config.js';

/** About 2 kB each. */
const MOST = 4000;
const FRESH_AT_ONCE = 8;

/**
 * Entries as they were written, the longest not asked for going first, so that a feed of which one entry changed is not written anew as
 * a whole. A name must name all that an entry is made of: what is found by it is handed out as it is.
 */
@Injectable()
export class FeedLines {
  readonly host: string;
  private readonly written = new Map<string, WrittenEntry>();
  private fresh = 0;

  constructor(@Inject(CONFIG) config: Config) {
    this.host = new URL(config.PUBLIC_URL).hostname;
  }

  /** Null for what was not written yet, or too long ago. */
  find(name: string): WrittenEntry | null {
    const known = this.written.get(name);
    if (known) this.keep(name, known);
    return known ?? null;
  }

  /** Writes an entry and keeps it. Waits now and then, so that a long feed that is read for the first time keeps nobody else waiting. */
  async write(name: string, entry: IcsEntry): Promise<WrittenEntry> {
    const written = writtenEntry(entry, this.host);
    this.keep(name, written);
    this.fresh += 1;
    if (this.fresh % FRESH_AT_ONCE === 0) await new Promise((go) => setImmediate(go));
    return written;
  }

  /** An entry that is named by all that is in it. */
  async of(entry: IcsEntry): Promise<WrittenEntry> {
    const name = createHash('sha1').update(JSON.stringify(entry)).digest('base64');
    return this.find(name) ?? (await this.write(name, entry));
  }

  private keep(name: string, written: WrittenEntry): void {
    this.written.delete(name);
    this.written.set(name, written);
    const [oldest] = this.written.keys();
    if (this.written.size > MOST && oldest !== undefined) this.written.delete(oldest);
  }
}
