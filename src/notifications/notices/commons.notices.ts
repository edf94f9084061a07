import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import { commonsAsked, commonsFlagged, commonsReplied } from '../../commons/commons.events.js';
import { CommonsReader } from '../../commons/commons.reader.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Notifier } from '../notifier.js';

/**
 * Tells people that they are asked whether their words go to the commons, those who wrote in a topic there that somebody else did, and staff of its cohort that a post was flagged. A notice says
 * nothing of what a post says: it may go.
 */
@Injectable()
export class CommonsNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly commons: CommonsReader,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(commonsAsked, 'commons notices', ({ askId }) => this.tellAsked(askId));
    this.outbox.on(commonsReplied, 'commons notices', ({ postId }) => this.tellReplied(postId));
    this.outbox.on(commonsFlagged, 'commons notices', (flagged) => this.tellFlagged(flagged));
  }

  private async tellAsked(askId: string): Promise<void> {
    const ask = await this.commons.waiting(askId);
    if (!ask) return;
    const { cohortId, topicId, title, userId, byId, isTheirTopic } = ask;
    await this.notifier.notify({
      ...{ userIds: [userId], cohortId, kind: 'commons.asked', byId },
      params: {
        askedTopicId: topicId,
        title,
        by: await this.nameOf(byId),
        byId,
        what: isTheirTopic ? 'topic' : 'words',
      },
      link: `/c/${cohortId}/forum/${topicId}/commons`,
      ...{ why: 'asked', key: `commons-asked-${askId}` },
    });
  }

  private async tellReplied(postId: string): Promise<void> {
    const post = await this.commons.post(postId);
    if (!post) return;
    const { topicId, title, authorId, others } = post;
    await this.notifier.notify({
      ...{ userIds: others, cohortId: null, kind: 'commons.replied', byId: authorId },
      params: { commonsPostId: postId, title, by: await this.nameOf(authorId), byId: authorId },
      link: `/commons/${topicId}`,
      ...{ why: 'writer', key: `commons-post-${postId}` },
    });
  }

  private async tellFlagged({
    postId,
    hidden,
    byId,
  }: {
    postId: string;
    hidden: boolean;
    byId?: string;
  }): Promise<void> {
    const post = await this.commons.post(postId);
    if (!post) return;
    const { cohortId, authorId, keptAt } = post;
    const staff = await this.members.list(cohortId, { roles: ['staff'] });
    await this.notifier.notify({
      userIds: staff.map(({ userId }) => userId).filter((userId) => userId !== authorId),
      ...{ cohortId, kind: 'commons.flagged', byId, params: { hidden: hidden ? 'yes' : 'no' } },
      ...{
        link: '/commons/flags',
        why: 'staff',
        key: `commons-flag-${postId}-${keptAt.toString(36)}${hidden ? '-hidden' : ''}`,
      },
    });
  }

  private async nameOf(userId: string): Promise<string> {
    return (await this.people.byId([userId])).get(userId)?.name ?? '';
  }
}
