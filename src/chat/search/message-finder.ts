import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock, DAY, HOUR } from '../../common/times/clock.js';
import { inTurns } from '../../common/in-turns.js';
import { lengthOfBody } from '../../common/texts/within.js';
import type { Message } from '../../contracts/chat/chat.js';
import { toIds } from '../../infra/mongo/ids.js';
import type { Behind } from '../../infra/mongo/time-place.js';
import { type Place, type TokenSource, hasAll, walkTokens } from '../../infra/mongo/token-walk.js';
import { presentMessage } from '../messages/message.js';
import { FoundMessages, type FoundRow, type MessagePlace, type SearchPair } from './found-messages.repository.js';

/** What is looked for: messages that have a token of each group. */
export interface MessageAsk {
  channelIds: readonly string[];
  groups: readonly (readonly string[])[];
  /** Those with any of these tokens are left out. */
  without?: readonly string[];
  /** Only these messages (some hundreds of ids), or none of these. */
  among?: readonly string[];
  except?: readonly string[];
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

/** Ranges of the index that one question walks at most. */
const MAX_PAIRS = 80;

/** Finds messages by their tokens, newest first, by {@link walkTokens}. It looks only into the channels it is given. */
@Injectable()
export class MessageFinder {
  constructor(
    private readonly messages: FoundMessages,
    private readonly clock: Clock,
  ) {}

  async find({ channelIds, fits, among, except, groups, ...ask }: MessageAsk): Promise<Walk> {
    const ids = toIds(channelIds);
    if (ids.length === 0) return { found: [], to: null };
    const leftOut = new Set(except);
    const fitting = async (rows: readonly FoundRow[]) =>
      await thatFit(
        rows.filter(({ _id, tokens }) => !leftOut.has(String(_id)) && (!among || hasAll(tokens, groups))),
        fits,
      );
    const isNarrow = fits !== undefined || except !== undefined || among !== undefined;
    const source = among ? await this.sourceAmong(ids, among) : this.sourceIn(ids);
    const how = { ...ask, groups: among ? [] : groups, ...(isNarrow && { fitting }) };
    const walk = await walkTokens(source, how, this.clock.now());
    return { found: walk.found.map(presentMessage), to: walk.to };
  }

  /** Some messages that are known: their places are read at once, their texts as the walk comes to them. */
  private async sourceAmong(
    channelIds: readonly Types.ObjectId[],
    among: readonly string[],
  ): Promise<TokenSource<FoundRow>> {
    const places = (await this.messages.placesOf(toIds(among), channelIds)).sort(newestFirst);
    return {
      ...this.sourceIn(channelIds),
      read: async (_tokens, { after, from }, limit) => {
        const inRange = places.filter((place) => place.createdAt >= from && isBehind(place, after));
        const rows = await this.messages.byIds(inRange.slice(0, limit).map(({ _id }) => _id));
        return rows.sort(newestFirst);
      },
      // They are few: the first look goes back to the oldest.
      firstWindow: 100 * 365 * DAY,
    };
  }

  private sourceIn(channelIds: readonly Types.ObjectId[]): TokenSource<FoundRow> {
    return {
      read: async (tokens, range, limit) => await this.read(pairsOf(channelIds, tokens), range, limit),
      count: async (tokens, from, to, limit) =>
        await this.messages.countWithTokens(pairsOf(channelIds, tokens).slice(0, MAX_PAIRS), from, to, limit),
      isThere: ({ deletedAt }) => !deletedAt,
      tokensOf: ({ tokens }) => tokens,
      lengthOf: lengthOfBody,
      firstWindow: 3 * HOUR,
    };
  }

  private async read(pairs: readonly SearchPair[], range: { after: Behind; from: Date }, limit: number) {
    const parts = Array.from({ length: Math.ceil(pairs.length / MAX_PAIRS) }, (_, index) =>
      this.messages.withTokens(pairs.slice(index * MAX_PAIRS, (index + 1) * MAX_PAIRS), range, limit),
    );
    const rows = await Promise.all(parts);
    return rows.length === 1 ? (rows[0] ?? []) : rows.flat().sort(newestFirst).slice(0, limit);
  }
}

const pairsOf = (channelIds: readonly Types.ObjectId[], tokens: readonly string[]): SearchPair[] =>
  channelIds.flatMap((channelId) => tokens.map((token) => ({ channelId, token })));

/** Texts are read in turns with what others ask: hundreds of them may be long. */
async function thatFit(rows: readonly FoundRow[], fits: MessageAsk['fits']): Promise<FoundRow[]> {
  if (!fits) return [...rows];
  const verdicts = await inTurns(rows, textOf, (row) => fits(presentMessage(row)));
  return rows.filter((_, index) => verdicts[index]);
}

const textOf = ({ body }: FoundRow) => body;

/** Is a message older than a place, or of the same instant with a smaller id? */
function isBehind({ _id, createdAt }: MessagePlace, { at, id }: Behind): boolean {
  return createdAt < at || (id !== null && createdAt.getTime() === at.getTime() && String(_id) < String(id));
}

function newestFirst(a: MessagePlace, b: MessagePlace): number {
  const byTime = b.createdAt.getTime() - a.createdAt.getTime();
  return byTime !== 0 ? byTime : String(a._id) < String(b._id) ? 1 : -1;
}
