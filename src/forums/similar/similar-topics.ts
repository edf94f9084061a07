import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import type { TopicSummary } from '../../contracts/forums.js';
import { idOf } from '../../infra/mongo/ids.js';
import { ForumFinder } from '../finding/forum-finder.js';
import type { FoundTopic } from '../finding/found.repository.js';
import { ForumsPresenter } from '../forums.presenter.js';
import type { TopicFacts } from '../topics.repository.js';
import { TopicsService } from '../topics.service.js';
import { resembles, subjectOf } from './answered-rule.js';
import { type Meaning, likeness, meaningsOf } from './likeness.js';
import { TagWordsRepository } from './tag-words.repository.js';

const MAX_CANDIDATES = 60;
const MAX_SIMILAR = 5;
const MAX_CLOSE = 3;

/** Topics that are close to what is typed, or to each other. */
@Injectable()
export class SimilarTopics {
  constructor(
    private readonly finder: ForumFinder,
    private readonly topics: TopicsService,
    private readonly tagWords: TagWordsRepository,
    private readonly present: ForumsPresenter,
  ) {}

  /** Like a title that is being typed, the most alike first. */
  async like(actor: CohortActor, title: string): Promise<TopicSummary[]> {
    const asked = meaningsOf(title, await this.tagWords.of(idOf(actor.cohortId)));
    return await this.present.topics(actor, await this.closest(actor.cohortId, asked, MAX_SIMILAR));
  }

  /** Close to a topic, by its title and tags. Throws 404. */
  async closeTo(actor: CohortActor, topicId: string): Promise<TopicSummary[]> {
    const { _id, title, tags, cohortId } = await this.topics.find(actor, topicId);
    const asked = meaningsOf([title, ...tags].join(' '), await this.tagWords.of(cohortId));
    const found = await this.closest(actor.cohortId, asked, MAX_CLOSE + 1);
    return await this.present.topics(actor, found.filter((one) => !one._id.equals(_id)).slice(0, MAX_CLOSE));
  }

  /** Solved ones that resemble what is asked elsewhere, the most alike first. */
  async solvedLike(cohortId: string, question: string): Promise<TopicFacts[]> {
    const asked = meaningsOf(subjectOf(question), await this.tagWords.of(idOf(cohortId)));
    const fits = (topic: FoundTopic) => topic.solved && resembles(topic, asked);
    return await this.closest(cohortId, asked, MAX_SIMILAR, fits);
  }

  /** Of the latest that share something, in their titles and in all that they ask: so that the work is bounded. */
  private async closest(
    cohortId: string,
    asked: readonly Meaning[],
    most: number,
    fits: (topic: FoundTopic) => boolean = () => true,
  ): Promise<TopicFacts[]> {
    if (asked.length === 0) return [];
    const candidates = await this.finder.sharing(cohortId, [...new Set(asked.flat())], MAX_CANDIDATES);
    return candidates
      .filter(fits)
      .map((topic) => ({ topic, score: likeness(topic, asked) }))
      .sort((a, b) => b.score - a.score || b.topic.createdAt.getTime() - a.topic.createdAt.getTime())
      .slice(0, most)
      .map(({ topic }) => topic);
  }
}
