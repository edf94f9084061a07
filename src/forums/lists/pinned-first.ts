import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { invalidField } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { toId } from '../../infra/mongo/ids.js';
import { heldPin, sinceSamePins } from '../moderation/pinning.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import type { TopicsFilter } from './topic-filter.js';

/** Where a page begins: among what was pinned as the first page was read, or among the rest. */
interface Place {
  at: Date;
  isPinned: boolean;
  after: { value: number; id: Types.ObjectId } | null;
}

/** A list with the latest topics first, but those that are pinned before them. A pin that ends while somebody turns the pages holds for them: no topic is shown twice. */
@Injectable()
export class PinnedFirst {
  constructor(
    private readonly topics: TopicsRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws 422 `wrong_format`. */
  async page(
    cohortId: Types.ObjectId,
    filter: TopicsFilter,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ items: TopicFacts[]; nextCursor: string | null }> {
    const { at, isPinned, after } = cursor === undefined ? this.start() : placeFrom(cursor);
    const part = async (is: boolean, from: Place['after'], most: number) =>
      await this.topics.page(cohortId, { ...filter, pinned: { at, is } }, 'latest', from, most);
    // The first page asks for both at once, since few topics are pinned; one that goes on among the pinned asks for the rest where they end.
    const [first, begun] = await Promise.all([
      part(isPinned, after, limit),
      cursor === undefined ? part(false, null, limit) : undefined,
    ]);
    const rest = isPinned && first.length <= limit ? (begun ?? (await part(false, null, limit - first.length))) : [];
    return pageOf([...first, ...rest], limit, (row) => [
      ...this.topics.placeOf(row, 'latest'),
      at.getTime(),
      heldPin(row.pinned, at) ? 'pinned' : 'rest',
    ]);
  }

  private start(): Place {
    return { at: sinceSamePins(this.clock.now()), isPinned: true, after: null };
  }
}

function placeFrom(cursor: string): Place {
  const [value, hex, ms, part] = decodeCursor(cursor, 4);
  const id = typeof hex === 'string' ? toId(hex) : null;
  const at = new Date(ms ?? '');
  if (typeof value !== 'number' || !id || Number.isNaN(new Date(value).getTime()) || Number.isNaN(at.getTime()))
    throw invalidField('/cursor', 'wrong_format');
  return { at, isPinned: part === 'pinned', after: { value, id } };
}
