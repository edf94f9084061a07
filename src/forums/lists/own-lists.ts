import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import type { ForumLevel, TopicsQuery } from '../../contracts/forums.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { FollowingsRepository } from '../followings.repository.js';
import { TopicLevels } from '../levels/topic-levels.js';
import { UnreadPosts } from '../reading/unread-posts.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import { type OwnList, isIn } from './topic-filter.js';
import { newSince } from '../reading/unread-rule.js';

const FOLLOWED = new Set<ForumLevel>(['watching', 'tracking']);
/** Of the latest topics, so many times a page are read while it is asked which of them are in a list: most often that holds the page. */
const AT_ONCE = 2;

/** The topics of a page of some list, one more than `limit` where there are more. */
export type AskPage = (own: OwnList | undefined, limit: number) => Promise<TopicFacts[]>;

/** What is in somebody's own lists, from pointers, levels, topics and posts as they are now. */
@Injectable()
export class OwnLists {
  constructor(
    private readonly members: Members,
    private readonly followings: FollowingsRepository,
    private readonly levels: TopicLevels,
    private readonly topics: TopicsRepository,
    private readonly unread: UnreadPosts,
    private readonly clock: Clock,
  ) {}

  /**
   * A page of one's own list, and what is shown of it. What is in the list and the latest topics are asked for at once: where those hold the whole page, as they do most
   * often, two commands are enough; else the page is asked for again by what is in the list.
   */
  async page<Shown>(
    actor: CohortActor,
    list: NonNullable<TopicsQuery['list']>,
    { ask, show, limit }: { ask: AskPage; show: (rows: readonly TopicFacts[]) => Promise<Shown[]>; limit: number },
  ): Promise<{ rows: TopicFacts[]; shown: Shown[] }> {
    const most = limit * AT_ONCE;
    const [latest, fresh, followed] = await Promise.all([
      ask(undefined, most),
      list === 'unread' ? null : this.newTo(actor),
      list === 'new' ? null : this.followedBy(actor),
    ]);
    const isAll = latest.length <= most;
    const isHere = (own: OwnList) => {
      const rows = latest.filter(isIn(own));
      const isWhole = isAll || rows.length > limit || ('among' in own && rows.length === own.among.length);
      return isWhole ? rows.slice(0, limit + 1) : null;
    };
    if (!followed) {
      const own = fresh ?? { among: [] };
      const rows = isHere(own) ?? (await ask(own, limit));
      return { rows, shown: await show(rows) };
    }
    const [among, shown] = await Promise.all([followed.unread(), show(latest)]);
    const own = fresh ? { any: [fresh, { among }] } : { among };
    const rows = isHere(own);
    if (!rows) {
      const found = await ask(own, limit);
      return { rows: found, shown: await show(found) };
    }
    const places = new Map(latest.map(({ _id }, at) => [String(_id), at]));
    return { rows, shown: rows.flatMap(({ _id }) => shown[places.get(String(_id)) ?? -1] ?? []) };
  }

  /** Begun by others of late, without what is muted and those that were opened: whoever opened one read in it since. One command. */
  private async newTo(actor: CohortActor): Promise<Extract<OwnList, { since: Date }>> {
    const [userId, now] = [idOf(actor.userId), this.clock.now()];
    const [member, without, muted] = await Promise.all([
      this.members.find(actor.cohortId, actor.userId),
      this.followings.openedBy(userId, newSince(null, now)),
      this.levels.mutedBy(userId, idOf(actor.cohortId)),
    ]);
    return { since: newSince(member?.joinedAt ?? null, now), notBy: userId, without, muted };
  }

  /** What is new to somebody, and what they follow with unread posts. However many they are, three commands. */
  async freshTo(actor: CohortActor): Promise<OwnList> {
    const [fresh, among] = await Promise.all([
      this.newTo(actor),
      this.followedBy(actor).then((followed) => followed.unread()),
    ]);
    return { any: [fresh, { among }] };
  }

  /** What one follows, and, with another command, in which of them there are unread posts. */
  private async followedBy(actor: CohortActor): Promise<{ unread: () => Promise<Types.ObjectId[]> }> {
    const [userId, cohortId] = [idOf(actor.userId), idOf(actor.cohortId)];
    const [followed, levelOf] = await Promise.all([
      this.followings.followedBy(userId),
      this.levels.ofPersonIn(userId, [cohortId]),
    ]);
    const standWith = (topicId: Types.ObjectId) => followed.get(String(topicId));
    const ids = toIds([...followed.keys()]);
    return {
      unread: async () => {
        const [topics, unreadIn] = await Promise.all([
          this.topics.lastNumbers(cohortId, ids),
          this.unread.among(userId, ids),
        ]);
        const theirs = topics.filter((topic) => FOLLOWED.has(levelOf(topic, standWith(topic._id)).level));
        return theirs.flatMap((topic) =>
          unreadIn(topic, standWith(topic._id)?.readNumber ?? 0) > 0 ? [topic._id] : [],
        );
      },
    };
  }
}
