import type { BlockedPeople } from '../../../src/contracts/chat/blocks';
import type {
  ChannelRead,
  ChannelRef,
  Message,
  Presence,
  ThreadChanged,
  Typing,
} from '../../../src/contracts/chat/chat';
import type { CohortRef } from '../../../src/contracts/cohorts/cohorts';
import type { CycleChanged } from '../../../src/contracts/mentoring/cycles';
import type { GoalChanged } from '../../../src/contracts/mentoring/goals';
import type { DraftChanged } from '../../../src/contracts/forum-drafts';
import type { PostCreated, TopicChanged, TopicRead } from '../../../src/contracts/forums';
import type { HandbookChanged } from '../../../src/contracts/handbook/handbook';
import type { SessionChanged } from '../../../src/contracts/mentoring/mentoring';
import type { NoticesMoved, Notification, NotificationsRead } from '../../../src/contracts/notifications/notifications';
import type { RequestChanged } from '../../../src/contracts/mentoring/requests';
import type { Standing } from '../../../src/contracts/auth/standing';
import type { WishChanged } from '../../../src/contracts/workshops/wishes';
import type { WorkshopChanged } from '../../../src/contracts/workshops/workshops';
import type { z } from 'zod';

/** What the server says on the socket, by event (the realtime page of the docs). */
export interface ServerEvents {
  'message.created': Message;
  'message.updated': Message;
  'message.deleted': Message;
  'channel.read': ChannelRead;
  'channel.changed': ChannelRef;
  'channel.added': ChannelRef;
  'channel.removed': ChannelRef;
  'cohort.joined': CohortRef;
  'cohort.left': CohortRef;
  'thread.changed': ThreadChanged;
  'scheduled.changed': Record<string, never>;
  typing: Typing;
  presence: Presence;
  'blocked.changed': BlockedPeople;
  'standing.changed': Standing;
  'notification.created': Notification;
  'notification.read': NotificationsRead;
  'notification.moved': NoticesMoved;
  'wish.changed': WishChanged;
  'workshop.changed': WorkshopChanged;
  'session.changed': SessionChanged;
  'request.changed': RequestChanged;
  'cycle.changed': CycleChanged;
  'goal.changed': GoalChanged;
  'topic.changed': TopicChanged;
  'topic.read': TopicRead;
  'post.created': z.infer<typeof PostCreated>;
  'draft.changed': DraftChanged;
  'handbook.changed': HandbookChanged;
}

export type ServerEventName = keyof ServerEvents;
