import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock, HOUR } from '../../common/times/clock.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { hostLeft } from '../../workshops/workshops.events.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { Notifier } from '../notifier.js';

/** Longer than a process is ever away between two looks. */
const NEWS_MS = HOUR;
/** Tells the programme team which workshops ahead a host who left the cohort does not hold any more; once for all of them, whoever asks. */
@Injectable()
export class HostNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly members: Members,
    private readonly people: People,
    private readonly workshops: WorkshopsReader,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.on(hostLeft, 'host notices', ({ cohortId, userId }) => this.tell(cohortId, userId));
  }

  private async tell(cohortId: string, userId: string): Promise<void> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - NEWS_MS);
    const { workshops, at } = await this.workshops.lostHost(cohortId, userId, since, now);
    const [first] = workshops;
    if (!first || !at) return;
    const staff = await this.members.list(cohortId, { roles: ['staff'] });
    const by = (await this.people.byId([userId])).get(userId)?.name ?? '';
    await this.notifier.notify({
      userIds: staff.map((one) => one.userId),
      cohortId,
      kind: 'workshop.host_left',
      params: {
        by,
        title: first.title,
        count: workshops.length,
        without: workshops.filter(({ hosts }) => hosts.length === 0).length,
      },
      link: workshops.length === 1 ? `/c/${cohortId}/workshops/${first.id}` : `/c/${cohortId}/workshops`,
      why: 'staff',
      key: `workshop.host_left-${userId}-${at.getTime()}`,
    });
  }
}
