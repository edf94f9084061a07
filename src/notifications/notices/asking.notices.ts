import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { helperAsked } from '../../forums/forums.events.js';
import { TopicAsksReader } from '../../forums/asking/topic-asks.reader.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Notifier } from '../notifier.js';

/** Tells somebody that they may know the answer of a question: once a question. Not where it was answered, deleted or left meanwhile. */
@Injectable()
export class AskingNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly asks: TopicAsksReader,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(helperAsked, 'asking notices', ({ askId }) => this.tell(askId));
  }

  private async tell(askId: string): Promise<void> {
    const ask = await this.asks.standing(askId);
    if (!ask) return;
    const { cohortId, topicId, title, userId, byId } = ask;
    const by = (await this.people.byId([byId])).get(byId)?.name ?? '';
    await this.notifier.notify({
      userIds: [userId],
      cohortId,
      ...{ kind: 'topic.asked', byId },
      params: { topicId, title, by, byId },
      link: `/c/${cohortId}/forum/${topicId}`,
      why: 'helper',
      key: `asked-${topicId}`,
    });
  }
}
