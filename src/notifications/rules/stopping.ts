import { Injectable } from '@nestjs/common';
import type { Profile } from '../../auth/users.repository.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { ChannelsService } from '../../chat/channels/channels.service.js';
import { Members } from '../../cohorts/members/members.service.js';
import { channelName } from '../../common/texts/channel-names.js';
import { notFound } from '../../common/problem.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { TopicsService } from '../../forums/topics.service.js';
import { digestWordsOf } from '../digests/digest-words.js';
import { InboxService } from '../inbox/inbox.service.js';
import type { Stoppable } from './stop-links.js';
import { fill, wordsOf } from '../words/words.js';

/** What the page of a link that stops something says. */
export interface StopWords {
  title: string;
  ask: string;
  done: string;
  act: string;
}

/** Stops what a link of a mail names, for its person alone: the link is the right to that and to nothing else. Twice is once. */
@Injectable()
export class Stopping {
  constructor(
    private readonly members: Members,
    private readonly topics: TopicsReader,
    private readonly topicsOf: TopicsService,
    private readonly channels: ChannelsReader,
    private readonly channelsOf: ChannelsService,
    private readonly inbox: InboxService,
  ) {}

  /** In the language of its person. Throws 404 for what they may not see any more. */
  async wordsOf({ _id, locale }: Profile, stop: Stoppable): Promise<StopWords> {
    if (stop.what === 'group') {
      const { stopPage, groups } = wordsOf(locale);
      const group = groups[stop.group];
      const say = (message: string) => fill(message, locale, { group });
      return { title: say(stopPage.title), ask: say(stopPage.ask), done: say(stopPage.done), act: stopPage.act };
    }
    const { titles, asks, dones, act } = digestWordsOf(locale).stopPage;
    const name = await this.nameOf(String(_id), locale, stop);
    const say = (message: string) => fill(message, locale, { name });
    return { title: say(titles[stop.what]), ask: say(asks[stop.what]), done: say(dones[stop.what]), act };
  }

  /** Throws 404 for what they may not see any more. */
  async stop({ _id }: Profile, stop: Stoppable): Promise<void> {
    const userId = String(_id);
    const actor = { userId, loginId: '', isAdmin: false };
    if (stop.what === 'group') await this.inbox.stopMail(userId, stop.group);
    else if (stop.what === 'digest') await this.inbox.stopDigest(userId);
    else if (stop.what === 'section') await this.inbox.leaveOut(userId, stop.section);
    else if (stop.what === 'channel') await this.channelsOf.mute(actor, stop.channelId, true);
    else {
      const within = await this.members.actorIn(actor, stop.cohortId);
      if (!within) throw notFound();
      await this.topicsOf.follow(within, stop.topicId, 'muted');
    }
  }

  private async nameOf(userId: string, locale: Profile['locale'], stop: Exclude<Stoppable, { what: 'group' }>) {
    const words = digestWordsOf(locale);
    if (stop.what === 'digest') return '';
    if (stop.what === 'section') return words.stopPage.sections[stop.section];
    if (stop.what === 'channel') {
      const [channel, isMember] = await Promise.all([
        this.channels.find(stop.channelId),
        this.channels.isMember(stop.channelId, userId),
      ]);
      if (!channel || !isMember) throw notFound();
      return channelName(channel, locale);
    }
    const [topic, member] = await Promise.all([
      this.topics.byId(stop.topicId),
      this.members.find(stop.cohortId, userId),
    ]);
    if (topic?.cohortId !== stop.cohortId || !member) throw notFound();
    return topic.title;
  }
}
