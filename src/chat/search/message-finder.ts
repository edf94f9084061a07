import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock, DAY, HOUR, MINUTE } from '../../common/times/clock.js';
import { inTurns } from '../../common/in-turns.js';
import { ANY } from '../../common/texts/search-words.js';
import type { Message } from '../../contracts/chat/chat.js';
import { toIds } from '../../infra/mongo/ids.js';
import { type Behind, placeWithin } from '../../infra/mongo/time-place.js';
import { presentMessage } from '../messages/message.js';
import { type FoundRow, MessagesRepository, type SearchPair } from '../messages/messages.repository.js';

/** A place in the order newest first: milliseconds, then id (''; before all of that instant). */
export interface Place {
  at: number;
  id: string;
}

/** What is looked for: messages that have a token of each group. */
export interface MessageAsk {
  channelIds: readonly string[];
  groups: readonly (readonly string[])[];
  /** Not before this instant, and before that one. */
  from: Date | null;
  before: Date | null;
  /** The place after which to go on. */
  after: Place | null;
  limit: number;
  /** What tokens do not tell: a phrase. */
  fits?: (message: Message) => boolean;
}

/** What was found, newest first, and how far back was looked; null: to the beginning. */
export interface Walk {
  found: Message[];
  to: Place | null;
}

/**
 * The walk goes back in windows: three hours, then as long as the last one says that what is missing needs, up to eight times as long. Not
 * every engine stops a range at the limit: what a window holds beyond it is read in vain.
 */
const FIRST_WINDOW = 3 * HOUR;
const WIDENING = 8;
const AHEAD = 5 * MINUTE;
const BEGINNING = new Date(0);
/** Messages read in one walk at most, and with one question. */
const MAX_READ = 2000;
/** And so many characters of them: two thousand as they are mostly written, fifty of the longest, which cost as much to look at. */
const MAX_CHARACTERS = 400_000;
const CHUNK = 200;
const FEWEST = 20;
/** So much more is read than what was read so far says that it takes: the next question should be the last one. */
const SPARE = 1.5;
/** Ranges of the index that one question walks at most. */
const MAX_PAIRS = 80;
/**
 * How common the groups are is judged by one hour, or, where few wrote, by a day or eight; up to so many messages. Where that says nothing, the
 * longest word is the rarest.
 */
const SAMPLES = [HOUR, DAY, 8 * DAY];
const TELLING = 10;
const ENOUGH = 100;
const MAX_JUDGED = 6;

interface Rarest {
  group: readonly string[];
  every: number | null;
}

/**
 * Finds messages by their tokens, newest first. The rarest group selects and the others filter what it finds; the walk goes back
 * window by window and reads a bounded number of messages, whatever the size of the installation: who wants more goes on from `to`.
 * It looks only into the channels it is given.
 */
@Injectable()
export class MessageFinder {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly clock: Clock,
  ) {}

  async find(ask: MessageAsk): Promise<Walk> {
    const channelIds = toIds(ask.channelIds);
    // A group without a token (messages of somebody who is left out, say) is in none.
    if (channelIds.length === 0 || ask.groups.some((group) => group.length === 0)) return { found: [], to: null };
    const { group: selecting, every } = await this.rarest(channelIds, ask);
    const others = ask.groups.filter((group) => group !== selecting);
    const allFit = others.length === 0 && !ask.fits;
    const pairs = pairsOf(channelIds, selecting);
    const floor = ask.from ?? BEGINNING;
    const found: FoundRow[] = [];
    // Few of those that have the words of a phrase have them in a row: a whole chunk at once is quicker than two questions.
    const first = ask.fits && every ? Math.min(WIDENING * FIRST_WINDOW, CHUNK * every) : FIRST_WINDOW;
    let [after, span, read, characters] = [this.startOf(ask), first, 0, 0];
    while (after.at > floor || after.id) {
      const from = new Date(Math.max(floor.getTime(), after.at.getTime() - span));
      const missing = ask.limit + 1 - found.length;
      const chunk = allFit ? missing : chunkFor(missing, found.length, read);
      const all = await this.read(pairs, { after, from }, chunk);
      const rows = within(all, MAX_CHARACTERS - characters);
      found.push(...(await fitting(rows, others, ask)));
      if (found.length > ask.limit) return cut(found, ask.limit);
      read += rows.length;
      characters += lengthOf(rows);
      const last = rows.at(-1);
      const isCut = last !== undefined && (rows.length < all.length || rows.length === chunk);
      if (!isCut && from <= floor) break;
      const to: Behind = isCut ? { at: last.createdAt, id: last._id } : { at: from, id: null };
      // In the next window, what is still missing should be, if as many were written.
      const next = chunkFor(ask.limit + 1 - found.length, found.length, read);
      span = Math.max(MINUTE, (after.at.getTime() - to.at.getTime()) * Math.min(WIDENING, next / rows.length));
      after = to;
      if (read >= MAX_READ || characters >= MAX_CHARACTERS || rows.length < all.length)
        return { found: found.map(presentMessage), to: placeOf(after) };
    }
    return { found: found.map(presentMessage), to: null };
  }

  /** Ahead of now a little: clocks of several machines differ. */
  private startOf({ after, before }: MessageAsk): Behind {
    const ahead = new Date(this.clock.now().getTime() + AHEAD);
    const end = before && before < ahead ? before : ahead;
    return placeWithin(after, end);
  }

  private async read(pairs: readonly SearchPair[], range: { after: Behind; from: Date }, limit: number) {
    const parts = Array.from({ length: Math.ceil(pairs.length / MAX_PAIRS) }, (_, index) =>
      this.messages.withTokens(pairs.slice(index * MAX_PAIRS, (index + 1) * MAX_PAIRS), range, limit),
    );
    const rows = await Promise.all(parts);
    return rows.length === 1 ? (rows[0] ?? []) : rows.flat().sort(newestFirst).slice(0, limit);
  }

  /** The group by which to look: where there are several, that with the fewest messages of late, and how often one comes (ms; null: not known). */
  private async rarest(channelIds: readonly Types.ObjectId[], ask: MessageAsk): Promise<Rarest> {
    const groups = [...ask.groups].sort((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0)).slice(0, MAX_JUDGED);
    const [first] = groups;
    if (groups.length < 2) return { group: first ?? [ANY], every: null };
    const to = this.startOf(ask).at;
    let counts: number[] = [];
    let judgedBy = 0;
    for (const sample of SAMPLES) {
      judgedBy = sample;
      const from = new Date(to.getTime() - sample);
      counts = await Promise.all(
        groups.map((group) =>
          this.messages.countWithTokens(pairsOf(channelIds, group).slice(0, MAX_PAIRS), from, to, ENOUGH),
        ),
      );
      if (Math.max(...counts) >= TELLING) break;
    }
    const fewest = Math.min(...counts);
    return { group: groups[counts.indexOf(fewest)] ?? [ANY], every: fewest > 0 ? judgedBy / fewest : null };
  }
}

/** How many to read so that those that are missing are probably among them, by how many of those read so far were found. */
function chunkFor(missing: number, found: number, read: number): number {
  if (found === 0) return CHUNK;
  return Math.min(CHUNK, Math.max(FEWEST, Math.ceil((missing * SPARE * read) / found)));
}

const pairsOf = (channelIds: readonly Types.ObjectId[], tokens: readonly string[]): SearchPair[] =>
  channelIds.flatMap((channelId) => tokens.map((token) => ({ channelId, token })));

/** Those of the rows that have a token of each group and fit. Texts are read in turns with what others ask: hundreds of them may be long. */
async function fitting(rows: readonly FoundRow[], others: readonly (readonly string[])[], { fits }: MessageAsk) {
  const having = rows.filter(({ deletedAt, tokens }) => {
    const all = new Set(tokens);
    return !deletedAt && others.every((group) => group.some((token) => all.has(token)));
  });
  if (!fits) return having;
  const verdicts = await inTurns(having, textOf, (row) => fits(presentMessage(row)));
  return having.filter((_, index) => verdicts[index]);
}

const textOf = ({ body }: FoundRow) => body;
const lengthOf = (rows: readonly FoundRow[]) => rows.reduce((sum, { body }) => sum + body.length, 0);

/** The first of them that have no more characters together; one at least, so that every walk gets on. */
function within(rows: readonly FoundRow[], characters: number): readonly FoundRow[] {
  let read = 0;
  const end = rows.findIndex(({ body }) => (read += body.length) > characters);
  return end < 0 ? rows : rows.slice(0, Math.max(1, end));
}

function cut(rows: readonly FoundRow[], limit: number): Walk {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { found: kept.map(presentMessage), to: last ? placeOf({ at: last.createdAt, id: last._id }) : null };
}

const placeOf = ({ at, id }: Behind): Place => ({ at: at.getTime(), id: id ? String(id) : '' });

function newestFirst(a: FoundRow, b: FoundRow): number {
  const byTime = b.createdAt.getTime() - a.createdAt.getTime();
  return byTime !== 0 ? byTime : String(a._id) < String(b._id) ? 1 : -1;
}
