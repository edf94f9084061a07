import { createWriteStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Packs an export as Slack (and the tools that add files) do; values that are no bytes are written as JSON. Returns its path. */
export async function packed(files: Record<string, unknown>): Promise<string> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files))
    zip.addBuffer(Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content)), name);
  zip.end();
  const path = join(await mkdtemp(join(tmpdir(), 'cordee-export-')), 'export.zip');
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

/** A message of a day's file; `at` is in seconds. */
export const slackMessage = (at: number, user: string, text: string, more: Record<string, unknown> = {}) => ({
  type: 'message',
  user,
  text,
  ts: tsOf(at),
  ...more,
});

export const tsOf = (at: number) => `${at}.000100`;
