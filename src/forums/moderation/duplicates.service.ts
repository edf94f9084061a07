import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalidField } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { MarkDuplicate } from '../../contracts/forum-moderation.js';
import type { Topic } from '../../contracts/forums.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { PostVotesRepository } from '../votes/post-votes.repository.js';
import { PostsRepository } from '../posts.repository.js';
import { kindOf, leadOf } from '../topic.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import { refusalOf } from './closing.js';
import { StandsRepository } from './stands.repository.js';
import { TopicDeeds } from './topic-deeds.js';
import { TopicStatesRepository } from './topic-states.repository.js';

/** Questions that were asked before: they close and lead to the one that was first. */
@Injectable()
export class DuplicatesService {
  constructor(
    private readonly deeds: TopicDeeds,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly states: TopicStatesRepository,
    private readonly votes: PostVotesRepository,
    private readonly stands: StandsRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws 404, 403, 409 as `refusalOf`, `is_duplicate`, 422 `/ofTopicId` `unknown`, `same_topic`. */
  async mark(actor: CohortActor, topicId: string, { ofTopicId }: MarkDuplicate): Promise<Topic> {
    const firstId = toId(ofTopicId);
    const at = this.clock.now();
    const topic = await this.deeds.run(actor, topicId, async (one, session, me) => {
      const refusal = refusalOf('duplicate', me, leadOf(one));
      if (refusal) throw refusal;
      const first = firstId && (await this.topics.find(one.cohortId, firstId, session));
      if (!first) throw invalidField('/ofTopicId', 'unknown');
      if (first._id.equals(one._id)) throw invalidField('/ofTopicId', 'same_topic');
      if (kindOf(first) !== 'question') throw conflict('not_a_question', 'A question is a duplicate of a question.');
      if (!(await this.states.takeLead(first._id, at, session)))
        throw conflict('is_duplicate', 'That one is a duplicate itself.', { topicId: String(first.duplicateOf) });
      const closed = { how: 'duplicate' as const, byId: idOf(actor.userId), at, why: null };
      await this.states.close(one._id, closed, session);
      await this.states.lead(one._id, first._id, session);
      await this.goAlong(one, first, at, session);
      return { what: 'duplicate', otherId: first._id };
    });
    if (firstId) this.deeds.changed(actor, firstId);
    return topic;
  }

  /** It is a duplicate no more: the votes and levels that went along come back. */
  async forget({ _id, duplicateOf }: TopicFacts, session: ClientSession): Promise<void> {
    if (!duplicateOf) return;
    for (const { topicId, number, votes } of await this.votes.takeBack(_id, session))
      if (number === 1) await this.topics.addVotes(topicId, -votes, session);
    await this.stands.takeBack(_id, duplicateOf, session);
  }

  private async goAlong(one: TopicFacts, first: TopicFacts, at: Date, session: ClientSession): Promise<void> {
    const question = await this.posts.find(first.cohortId, first.questionId, session);
    // Nobody votes in a locked one, nor takes a vote back.
    if (question && !question.deletedAt && first.closed?.how !== 'locked') {
      const more = await this.votes.carry(one.questionId, question, { along: one._id, at }, session);
      if (more > 0) await this.topics.addVotes(first._id, more, session);
    }
    const followers = { at, numbers: [], last: first.lastNumber, levels: 'all', authorIds: [], returns: true } as const;
    await this.stands.carry(one._id, first._id, followers, session);
  }
}
