import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import { answerWanted } from '../../forums/forums.events.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Notifier } from '../notifier.js';

/** Asks who asked a question which reply is its answer, once somebody is thankful for one. Whoever muted their own question is not asked. */
@Injectable()
export class AnswerNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly topics: TopicsReader,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(answerWanted, 'answer notices', ({ topicId, postId }) => this.tell(topicId, postId));
  }

  private async tell(thankedIn: string, postId: string): Promise<void> {
    const post = await this.topics.post(postId);
    const topic = post && (await this.topics.byId(post.topicId));
    if (!post || post.body === null || post.number === 1) return;
    // It may have gone to another topic meanwhile, whose author did not ask.
    if (!topic || topic.id !== thankedIn || topic.kind !== 'question' || topic.answerId !== null) return;
    const { id: topicId, cohortId, authorId, title } = topic;
    const level = (await this.topics.levelsOf([topic])).get(topicId)?.get(authorId)?.level;
    if (level === 'muted' || !(await this.members.find(cohortId, authorId))) return;
    const by = (await this.people.byId([post.authorId])).get(post.authorId)?.name ?? '';
    await this.notifier.notify({
      userIds: [authorId],
      cohortId,
      ...{ kind: 'topic.thanked', byId: post.authorId },
      params: { topicId, postId, title, by, byId: post.authorId },
      link: `/c/${cohortId}/forum/${topicId}#post-${post.number}`,
      why: 'author',
      key: `thanked-${topicId}`,
    });
  }
}
