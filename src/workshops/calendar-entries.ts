import { Inject, Injectable } from '@nestjs/common';
import { type IcsEntry, icsOf } from '../calendar/ics.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { CONFIG, type Config } from '../config/config.js';
import { WorkshopsService } from './workshops.service.js';

/** A workshop as a calendar file. */
@Injectable()
export class CalendarEntries {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** An iCalendar text (RFC 5545, METHOD:PUBLISH) of one entry. The meeting's link is in it for those who may read it. */
  async of(actor: CohortActor, workshopId: string): Promise<string> {
    const workshop = await this.workshops.get(actor, workshopId);
    const page = new URL(`/c/${workshop.cohortId}/workshops/${workshop.id}`, this.config.PUBLIC_URL).href;
    return icsOf(
      [
        {
          kind: 'workshop',
          id: workshop.id,
          revision: workshop.revision,
          title: workshop.title,
          description: page,
          place: workshop.place,
          link: workshop.link ?? page,
          time: {
            startsAt: new Date(workshop.startsAt),
            endsAt: new Date(workshop.endsAt),
            timeZone: workshop.timeZone,
          },
          status: statusOf(workshop.status, workshop.mine?.status),
          changedAt: this.clock.now(),
        },
      ],
      { method: 'PUBLISH', host: new URL(this.config.PUBLIC_URL).hostname },
    );
  }
}

function statusOf(status: string, mine: string | undefined): IcsEntry['status'] {
  if (status === 'cancelled') return 'cancelled';
  return mine === 'going' ? 'confirmed' : 'tentative';
}
