import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import type { GivenAnswers } from '../../contracts/forum/thanks.js';
import { idOf } from '../../infra/mongo/ids.js';
import { faceOf } from '../forums.presenter.js';
import { hexes } from '../topic.js';
import { TopicsRepository } from '../topics.repository.js';
import { AcceptedPostsRepository } from './accepted-posts.repository.js';

const MAX_SHOWN = 20;
/** Some are the answer no more: another one was chosen. */
const MAX_READ = 40;

/** Whom somebody helped in the forum, as acts: this question of that person. */
@Injectable()
export class GivenAnswersService {
  constructor(
    private readonly members: Members,
    private readonly posts: AcceptedPostsRepository,
    private readonly topics: TopicsRepository,
    private readonly people: People,
  ) {}

  /** Throws 404 for who is no member. Four queries. */
  async by(actor: CohortActor, userId: string): Promise<GivenAnswers> {
    const member = await this.members.find(actor.cohortId, userId);
    if (!member) throw notFound();
    const accepted = await this.posts.latestBy(idOf(actor.cohortId), idOf(userId), MAX_READ);
    const topics = await this.topics.byIds(accepted.map(({ topicId }) => topicId));
    const byId = new Map(topics.map((topic) => [String(topic._id), topic]));
    const given = accepted
      .flatMap((post) => {
        const topic = byId.get(String(post.topicId));
        // Who answers their own question helped nobody else.
        const isGiven = topic?.answerId?.equals(post._id) && String(topic.authorId) !== userId;
        return topic && isGiven ? [{ post, topic }] : [];
      })
      .slice(0, MAX_SHOWN);
    const faces = await this.people.byId(hexes(given.map(({ topic }) => topic.authorId)));
    return {
      items: given.map(({ post, topic }) => ({
        ...{ topicId: String(topic._id), title: topic.title, number: post.number },
        ...{ asker: faceOf(topic.authorId, faces), at: post.acceptedAt.toISOString() },
      })),
    };
  }
}
