import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What was built of a file of the web app, or of what several share. */
export interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
  isDynamicEntry?: boolean;
}

/** Where the built web app lies. */
export const builtWeb = join(import.meta.dirname, '../../../web/dist');

/** Its chunks, by the file they were made of. */
export const readChunks = (): Record<string, Chunk> =>
  JSON.parse(readFileSync(join(builtWeb, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
