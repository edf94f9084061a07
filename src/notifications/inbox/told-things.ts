import { Injectable } from '@nestjs/common';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { type MemberRef, Members } from '../../cohorts/members/members.service.js';
import { CommonsReader } from '../../commons/commons.reader.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { TopicReaders } from '../../forums/reading/topic-readers.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { RequestsReader } from '../../mentoring/requests/requests.reader.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { ProjectQuestionsReader } from '../../selection/matching/questions/project-questions.reader.js';

/** What notices are about, as it is now; null for what is not there. Asked for at once it is read at once: one query a kind of thing, however many notices. */
@Injectable()
export class ToldThings {
  private readonly members = new BatchPerKey<string, MemberRef | null>(async (cohortId, userIds) => {
    const found = await this.cohorts.list(cohortId, { userIds: [...new Set(userIds)] });
    const byId = new Map(found.map((member) => [member.userId, member]));
    return userIds.map((userId) => byId.get(userId) ?? null);
  });

  private readonly topics = together(async (ids) => byIdOf(await this.forum.byIds(ids)));
  private readonly posts = together(async (ids) => byIdOf(await this.forum.postStates(ids)));
  private readonly requests = together(async (ids) => byIdOf(await this.asked.byIds(ids)));
  private readonly sessions = together(async (ids) => byIdOf(await this.coaching.byIds(ids)));
  private readonly places = together((pairs) =>
    this.chat.standingsOf(pairs.map(pairOf).map(({ id: channelId, userId }) => ({ channelId, userId }))),
  );
  private readonly stands = together((pairs) =>
    this.forumReaders.readNumbersOf(pairs.map(pairOf).map(({ id: topicId, userId }) => ({ topicId, userId }))),
  );
  private readonly messages = together(async (ids) => byIdOf(await this.chat.messagesAnywhere(ids)));

  private readonly questions = together(async (ids) => byIdOf(await this.askedProjects.byIds(ids)));

  private readonly commonsPosts = together((ids) => this.commons.shownTo(ids.map(pairOf)));
  private readonly commonsAsks = together((pairs) => this.commons.waitingOf(pairs.map(pairOf)));

  constructor(
    private readonly cohorts: Members,
    private readonly forum: TopicsReader,
    private readonly forumReaders: TopicReaders,
    private readonly asked: RequestsReader,
    private readonly coaching: SessionsReader,
    private readonly chat: ChannelsReader,
    private readonly commons: CommonsReader,
    private readonly askedProjects: ProjectQuestionsReader,
  ) {}

  member = (cohortId: string, userId: string) => this.members.ask(cohortId, userId);

  /** Null for a deleted one. */
  topic = (id: string) => this.topics.ask('', id);

  post = (id: string) => this.posts.ask('', id);

  request = (id: string) => this.requests.ask('', id);

  session = (id: string) => this.sessions.ask('', id);

  /** Up to where somebody has read a channel; null for who is not in it. */
  place = (channelId: string, userId: string) => this.places.ask('', `${channelId} ${userId}`);

  /** Up to where somebody has read a topic; null for who never opened it. */
  stand = (topicId: string, userId: string) => this.stands.ask('', `${topicId} ${userId}`);

  /** The title over a post of the commons that is shown, for who may read it; null where not. */
  commonsPost = (postId: string, userId: string) => this.commonsPosts.ask('', `${postId} ${userId}`);

  /** Whether somebody is asked for a topic, and has not answered; null where not. */
  commonsAsk = (topicId: string, userId: string) => this.commonsAsks.ask('', `${topicId} ${userId}`);

  /** What the hosts of a project are asked; null for what is hidden, or erased. */
  question = (id: string) => this.questions.ask('', id);

  message = (id: string) => this.messages.ask('', id);
}

/** What is asked for by its id while the same is read for others is read with them. */
const together = <One>(read: (ids: readonly string[]) => Promise<ReadonlyMap<string, One>>) =>
  new BatchPerKey<string, One | null>(async (_, ids) => {
    const found = await read([...new Set(ids)]);
    return ids.map((id) => found.get(id) ?? null);
  });

const byIdOf = <One extends { id: string }>(all: readonly One[]): ReadonlyMap<string, One> =>
  new Map(all.map((one) => [one.id, one]));

const pairOf = (pair: string) => {
  const [id = '', userId = ''] = pair.split(' ');
  return { id, userId };
};
