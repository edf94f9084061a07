import { z } from 'zod';
import { opensTooMuch } from '../imports/opened.js';
import { SlackChannel, SlackMessage, SlackUser } from './slack-shapes.js';

const SHAPES = { users: SlackUser, channels: SlackChannel, messages: SlackMessage, ids: z.object({ id: z.string() }) };

/** The shapes of rows of an export. */
export type RowKind = keyof typeof SHAPES;

/** A file of an export, and of which shape its rows are. */
export interface RowsAsked {
  bytes: Uint8Array;
  kind: RowKind;
}

/** The rows of a known shape, as JSON in pieces that are short to read again; how many are of none. Or why there are none. */
export type RowsRead = { pieces: string[]; unreadable: number } | { problem: 'not_a_slack_export' | 'too_large' };

/** Of a channel in a day, or of people. */
const MOST_ROWS = 200_000;
const PIECE = 64_000;
/** Slack cuts a message after 40,000 characters, each of which may be written by five (`&amp;`), and takes a hundred attachments and some files with it. */
const MOST_CHARACTERS = 200_000;
const MOST_PARTS = 100;
/** With one emoji. */
const MOST_REACTING = 1000;

/** Runs in a process of its own. Messages come the oldest first, and none of them holds more than Slack lets anybody write. */
export function readRows({ bytes, kind }: RowsAsked): RowsRead {
  if (opensTooMuch(bytes)) return { problem: 'too_large' };
  const rows = rowsIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
  if (!rows) return { problem: 'not_a_slack_export' };
  if (rows.length > MOST_ROWS) return { problem: 'too_large' };
  const read = rows.flatMap((row) => SHAPES[kind].safeParse(row).data ?? []);
  const unreadable = rows.length - read.length;
  const known =
    kind === 'messages' ? (read as SlackMessage[]).map(bounded).sort((a, b) => Number(a.ts) - Number(b.ts)) : read;
  return { pieces: [...inPieces(known)], unreadable };
}

/** None where it is no list; null where it cannot be read. */
function rowsIn(text: string): unknown[] | null {
  try {
    const rows: unknown = JSON.parse(text);
    return Array.isArray(rows) ? (rows as unknown[]) : [];
  } catch {
    return null;
  }
}

/** All that hangs on a message has one bound: it is read together. */
function bounded(message: SlackMessage): SlackMessage {
  let left = MOST_CHARACTERS;
  const short = (text: string | null | undefined) => {
    const cut = text?.slice(0, left);
    left -= cut?.length ?? 0;
    return cut;
  };
  return {
    ...message,
    text: message.text?.slice(0, MOST_CHARACTERS),
    files: message.files?.slice(0, MOST_PARTS),
    reactions: message.reactions
      ?.slice(0, MOST_PARTS)
      .map(({ name, users }) => ({ name, users: users.slice(0, MOST_REACTING) })),
    attachments: message.attachments?.slice(0, MOST_PARTS).map((one) => ({
      ...one,
      ...{ pretext: short(one.pretext), title: short(one.title), title_link: short(one.title_link) },
      ...{ text: short(one.text), fallback: short(one.fallback) },
    })),
  };
}

function* inPieces(rows: readonly unknown[]): Iterable<string> {
  let piece: string[] = [];
  let length = 0;
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
