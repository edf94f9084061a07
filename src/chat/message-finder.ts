import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock, DAY, MINUTE } from '../common/clock.js';
import { ANY } from '../common/search-words.js';
import type { Message } from '../contracts/chat.js';
import { toIds } from '../infra/mongo/ids.js';
import { type Behind, placeWithin } from '../infra/mongo/time-place.js';
import { presentMessage } from './message.js';
import { type FoundRow, MessagesRepository, type SearchPair } from './messages.repository.js';

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

/** The walk goes back in windows that widen: six hours, then two days more ... Not every engine stops a range at the limit. */
const FIRST_WINDOW = DAY / 4;
const WIDENING = 8;
const AHEAD = 5 * MINUTE;
const BEGINNING = new Date(0);
/** Messages read in one walk at most, and with one question. */
const MOST_READ = 2000;
const CHUNK = 200;
/** Ranges of the index that one question walks at most. */
const MOST_PAIRS = 80;
/** How common the groups are is judged by one day, up to so many messages; where that says nothing, the longest word is the rarest. */
const SAMPLE = DAY;
const ENOUGH = 100;
const MOST_JUDGED = 6;

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
    if (channelIds.length === 0) return { found: [], to: null };
    const selecting = await this.rarest(channelIds, ask);
    const others = ask.groups.filter((group) => group !== selecting);
    const rareEnough = others.length === 0 && !ask.fits;
    const chunk = rareEnough ? ask.limit + 1 : CHUNK;
    const pairs = pairsOf(channelIds, selecting);
    const floor = ask.from ?? BEGINNING;
    const found: FoundRow[] = [];
    let [after, span, read] = [this.startOf(ask), FIRST_WINDOW, 0];
    while (after.at > floor || after.id) {
      const from = new Date(Math.max(floor.getTime(), after.at.getTime() - span));
      const rows = await this.read(pairs, { after, from }, chunk);
      for (const row of rows) if (isFound(row, others, ask)) found.push(row);
      if (found.length > ask.limit) return cut(found, ask.limit);
      read += rows.length;
      const last = rows.at(-1);
      if (last && rows.length === chunk) after = { at: last.createdAt, id: last._id };
      else {
        if (from <= floor) break;
        after = { at: from, id: null };
        span *= WIDENING;
      }
      if (read >= MOST_READ) return { found: found.map(presentMessage), to: placeOf(after) };
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
    const parts = Array.from({ length: Math.ceil(pairs.length / MOST_PAIRS) }, (_, index) =>
      this.messages.withTokens(pairs.slice(index * MOST_PAIRS, (index + 1) * MOST_PAIRS), range, limit),
    );
    const rows = await Promise.all(parts);
    return rows.length === 1 ? (rows[0] ?? []) : rows.flat().sort(newestFirst).slice(0, limit);
  }

  /** The group by which to look: where there are several, that with the fewest messages of late. */
  private async rarest(channelIds: readonly Types.ObjectId[], ask: MessageAsk): Promise<readonly string[]> {
    const groups = [...ask.groups].sort((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0)).slice(0, MOST_JUDGED);
    const [first] = groups;
    if (groups.length < 2) return first ?? [ANY];
    const to = this.startOf(ask).at;
    const from = new Date(to.getTime() - SAMPLE);
    const counts = await Promise.all(
      groups.map((group) =>
        this.messages.countWithTokens(pairsOf(channelIds, group).slice(0, MOST_PAIRS), from, to, ENOUGH),
      ),
    );
    return groups[counts.indexOf(Math.min(...counts))] ?? [ANY];
  }
}

const pairsOf = (channelIds: readonly Types.ObjectId[], tokens: readonly string[]): SearchPair[] =>
  channelIds.flatMap((channelId) => tokens.map((token) => ({ channelId, token })));

function isFound(row: FoundRow, others: readonly (readonly string[])[], { fits }: MessageAsk): boolean {
  if (row.deletedAt) return false;
  const tokens = new Set(row.tokens);
  return others.every((group) => group.some((token) => tokens.has(token))) && (!fits || fits(presentMessage(row)));
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
