import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { JobQueues, defineQueue } from '../../infra/queue/job-queues.js';
import { WorkshopMessagesService } from '../../workshops/messages/workshop-messages.service.js';
import { workshopMessaged } from '../../workshops/workshops.events.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { Notifier } from '../notifier.js';

const workshopMessage = defineQueue<{ messageId: string }>('workshop-message');

const LOOK_EVERY_MS = MINUTE;
const A_LOOK = 20;

/** Brings what hosts wrote to those it is for, each once; who left the cohort meanwhile gets nothing of it. */
@Injectable()
export class WorkshopMessageNotices implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly intervals: Intervals,
    private readonly messages: WorkshopMessagesService,
    private readonly workshops: WorkshopsReader,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bus.on(workshopMessaged, ({ messageId }) => this.queues.add(workshopMessage, { messageId }));
    this.queues.process(workshopMessage, ({ messageId }) => this.tell(messageId));
    this.intervals.every(LOOK_EVERY_MS, 'messages about workshops', () => this.tellUntold());
  }

  /** Tells what a process that died left. */
  async tellUntold(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - LOOK_EVERY_MS);
    for (const messageId of await this.messages.untold(before, A_LOOK)) await this.tell(messageId);
  }

  private async tell(messageId: string): Promise<void> {
    const message = await this.messages.toTell(messageId);
    if (!message) return;
    const { cohortId, workshopId, body, byId, userIds } = message;
    const [workshop, members, people] = await Promise.all([
      this.workshops.byId(workshopId),
      this.members.list(cohortId, { userIds }),
      this.people.byId([byId]),
    ]);
    if (workshop)
      await this.notifier.notify({
        userIds: members.map((member) => member.userId),
        cohortId,
        kind: 'workshop.message',
        params: { workshopId, title: workshop.title, by: people.get(byId)?.name ?? '', text: body },
        link: `/c/${cohortId}/workshops/${workshopId}`,
        why: 'registered',
        key: `workshop-message-${messageId}`,
      });
    await this.messages.told(messageId);
  }
}
