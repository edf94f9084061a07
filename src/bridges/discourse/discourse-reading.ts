import { invalidField } from '../../common/problem.js';
import { TooMuchWork } from '../../infra/threads/threads.js';
import type { ExportProcess } from '../imports/export-process.js';
import type { FileReader } from './discourse-archive.js';
import type { FileRead, PostRead } from './discourse-rows.js';
import type { TextsAsked } from './discourse-text.js';

const ROWS = { file: new URL('./discourse-rows', import.meta.url), name: 'readDiscourse' };
const TEXTS = { file: new URL('./discourse-text', import.meta.url), name: 'discourseTexts' };
/** A file of the greatest size takes two seconds; its process goes behind whoever waits for a page. */
const ROWS_MS = 30_000;
const TEXTS_MS = 5_000;
const ONE_MS = 1_000;
/** An export in which more posts than these take too long is made to. */
const MOST_COSTLY = 20;

/** Reads files in their process. Throws 422 `too_large` for one that takes too long to read, or too much memory; `NoThread` when its turn did not come: the import is tried again. */
export const filesInProcess =
  (process: ExportProcess): FileReader =>
  async (asked) => {
    try {
      return await process.run<FileRead>(ROWS, asked, ROWS_MS);
    } catch (error) {
      if (error instanceof TooMuchWork) throw invalidField('/file', 'too_large');
      throw error;
    }
  };

/** Texts of posts as markdown, made in the same process. Of a post that takes too long there are the words alone. */
export class PostTexts {
  private costly = 0;

  constructor(
    private readonly process: ExportProcess,
    private readonly base: string,
  ) {}

  /** Throws 422 `too_large` for an export with many such posts. */
  async of(posts: readonly PostRead[]): Promise<string[]> {
    const texts = posts.map(({ raw, cooked }) => ({ raw, cooked }));
    try {
      return await this.made({ texts, base: this.base }, TEXTS_MS);
    } catch (error) {
      if (!(error instanceof TooMuchWork)) throw error;
    }
    const each: string[] = [];
    for (const text of texts) each.push(...(await this.oneByOne(text)));
    return each;
  }

  private async oneByOne(text: TextsAsked['texts'][number]): Promise<string[]> {
    try {
      return await this.made({ texts: [text], base: this.base }, ONE_MS);
    } catch (error) {
      if (!(error instanceof TooMuchWork)) throw error;
      this.costly += 1;
      if (this.costly > MOST_COSTLY) throw invalidField('/file', 'too_large');
      return await this.made({ texts: [text], base: this.base, isPlain: true }, ONE_MS);
    }
  }

  private async made(asked: TextsAsked, withinMs: number): Promise<string[]> {
    return await this.process.run<string[]>(TEXTS, asked, withinMs);
  }
}
