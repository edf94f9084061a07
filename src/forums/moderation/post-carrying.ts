import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { notFound } from '../../common/problem.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { postsMoved, topicChanged } from '../forums.events.js';
import type { PostRow } from '../post.schema.js';
import { hexes, kindOf } from '../topic.js';
import type { TopicFacts } from '../topics.repository.js';
import { counted, stepsOf, takesAnswer } from './move-plan.js';
import { type Moving, MovesRepository } from './moves.repository.js';
import { StandsRepository } from './stands.repository.js';

/** What is carried from a topic to another one, and what of it beside the posts. */
export interface Load {
  from: TopicFacts;
  to: Pick<TopicFacts, '_id' | 'authorId'>;
  rows: readonly PostRow[];
  byId: Types.ObjectId;
  at: Date;
  levels: 'all' | 'authors';
  /** Of the topic that is merged. */
  heading?: string;
  /** With whose words a new topic begins. */
  beginsId?: string;
}

/** Carries posts from one topic to another with all that hangs on them: places, counters, answer, last activity, who has read and follows. In the transaction of the act. */
@Injectable()
export class PostCarrying {
  constructor(
    private readonly moves: MovesRepository,
    private readonly stands: StandsRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Throws 404 where the other topic is gone. */
  async carry(load: Load, session: ClientSession): Promise<void> {
    const { from, to, rows, byId, at, heading } = load;
    const before = await this.moves.makeRoom(to._id, rows.length, counted(rows, to.authorId), session);
    if (!before) throw notFound();
    const steps = stepsOf(rows, before.lastNumber);
    const moving: Moving = { from, to: to._id, byId, at, ...(heading !== undefined && { heading }) };
    await this.moves.move(steps, moving, session);
    await this.moves.takeOut(from._id, counted(rows, from.authorId), session);
    const { answerId } = from;
    const answer = answerId ? steps.find(({ post }) => post._id.equals(answerId)) : undefined;
    if (answer) await this.moves.takeAnswer(from._id, session);
    if (answerId && takesAnswer({ kind: kindOf(before), answerId: before.answerId ?? null }, answer))
      await this.moves.giveAnswer(to._id, { answerId, chosen: from.chosen }, session);
    for (const { _id } of [from, to]) await this.moves.lastActivity(_id, session);
    await this.letStand(load, before.lastNumber, session);
    await this.tell(load, session);
  }

  private async letStand({ from, to, rows, at, levels, beginsId }: Load, last: number, session: ClientSession) {
    const living = rows.filter(({ deletedAt }) => !deletedAt);
    await this.stands.carry(
      from._id,
      to._id,
      {
        ...{ at, numbers: rows.map(({ number }) => number).sort((a, b) => a - b), last, levels },
        authorIds: [...new Set(hexes(living.map(({ authorId }) => authorId)))],
        ...(beginsId !== undefined && { beginsId }),
      },
      session,
    );
  }

  private async tell({ from, to, rows }: Load, session: ClientSession): Promise<void> {
    const cohortId = String(from.cohortId);
    const [fromTopicId, toTopicId] = [String(from._id), String(to._id)];
    const postIds = hexes(rows.map(({ _id }) => _id));
    await this.outbox.write(postsMoved, { cohortId, fromTopicId, toTopicId, postIds }, session);
    for (const topicId of [fromTopicId, toTopicId])
      await this.outbox.write(topicChanged, { cohortId, topicId }, session);
  }
}
