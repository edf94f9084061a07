import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import { flagSettled, postFlagged } from '../../forums/forums.events.js';
import { type FlagRef, TopicsReader } from '../../forums/topics-reader.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Notifier } from '../notifier.js';

/** A word that stands for none in the parameters of a notice. */
const NONE = 'none';

/**
 * Tells staff that they are asked to look at a post of the forum, once a case, and once more when its flags hide it; who wrote it that it is hidden; and both sides what
 * staff decided, with their words. The words of the post, and of who flags it, stay where staff look at them.
 */
@Injectable()
export class FlagNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly topics: TopicsReader,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    for (const kind of [postFlagged, flagSettled])
      this.outbox.on(kind, 'flag notices', ({ caseId }) => this.tell(caseId));
  }

  /** Tells of a case by its state: each person once, whoever asks. */
  private async tell(caseId: string): Promise<void> {
    const flagged = await this.topics.flagCase(caseId);
    if (!flagged) return;
    if (flagged.outcome !== null) await this.tellDecided(flagged, flagged.outcome);
    else {
      await this.tellStaff(flagged);
      if (flagged.isHidden) await this.tellHidden(flagged);
    }
  }

  private async tellStaff({ id, cohortId, authorId, people: [askerId = ''], isHidden }: FlagRef): Promise<void> {
    const [staff, people] = await Promise.all([
      this.members.list(cohortId, { roles: ['staff'] }),
      this.people.byId([askerId]),
    ]);
    await this.notifier.notify({
      // Who wrote it does not see who asked.
      userIds: staff.map(({ userId }) => userId).filter((userId) => userId !== authorId),
      cohortId,
      kind: 'post.flagged',
      params: { by: people.get(askerId)?.name ?? '', hidden: isHidden ? 'yes' : 'no' },
      link: `/c/${cohortId}/forum/flags`,
      why: 'staff',
      key: `flag-case-${id}${isHidden ? '-hidden' : ''}`,
    });
  }

  private async tellHidden(flagged: FlagRef): Promise<void> {
    await this.notifier.notify({
      ...{ userIds: [flagged.authorId], cohortId: flagged.cohortId, kind: 'post.hidden' },
      params: { title: flagged.title ?? NONE },
      ...{ link: linkTo(flagged), why: 'writer', key: `flag-hidden-${flagged.id}` },
    });
  }

  private async tellDecided(flagged: FlagRef, outcome: NonNullable<FlagRef['outcome']>): Promise<void> {
    const { id, cohortId, authorId, people, isHidden, title, toAuthor, toReporters } = flagged;
    // Who wrote what stays as it is, and was never hidden, hears of it only in words meant for them.
    if (outcome !== 'kept' || isHidden || toAuthor !== '')
      await this.notifier.notify({
        ...{ userIds: [authorId], cohortId, kind: 'post.settled' },
        params: {
          outcome: outcome === 'kept' && isHidden ? 'shown' : outcome,
          words: toAuthor || NONE,
          title: title ?? NONE,
        },
        ...{ link: linkTo(flagged), why: 'writer', key: `flag-settled-${id}` },
      });
    await this.notifier.notify({
      ...{ userIds: people, cohortId, kind: 'flag.answered' },
      params: { outcome, words: toReporters || NONE },
      ...{ link: linkTo(flagged), why: 'reporter', key: `flag-answered-${id}` },
    });
  }
}

/** The post in its topic, or the forum where that is gone. */
const linkTo = ({ cohortId, topicId, number, title }: FlagRef): string =>
  title === null ? `/c/${cohortId}/forum` : `/c/${cohortId}/forum/${topicId}#post-${number}`;
