import { Inject, Injectable } from '@nestjs/common';
import { UsersRepository } from '../auth/users.repository.js';
import { type Hold, workshopInCalendar } from '../calendar/calendar-entry.js';
import { type IcsEntry, icsOf } from '../calendar/ics.js';
import type { CohortActor } from '../common/actor.js';
import { notFound } from '../common/problem.js';
import { CONFIG, type Config } from '../config/config.js';
import type { Locale } from '../contracts/primitives.js';
import type { Workshop } from '../contracts/workshops/workshops.js';
import { idOf } from '../infra/mongo/ids.js';
import { toFacts } from './workshop-facts.js';
import type { WorkshopRow } from './workshop.schema.js';
import { isWorkshopHost } from './workshops.policy.js';
import { WorkshopsService } from './workshops.service.js';

/** A workshop as a calendar file. */
@Injectable()
export class CalendarEntries {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly users: UsersRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * An iCalendar text (RFC 5545, METHOD:PUBLISH) of one entry, the same as in the feeds. The meeting's link is in it for those who may
   * read it. Throws 404.
   */
  async of(actor: CohortActor, workshopId: string): Promise<string> {
    const [row, reader] = await Promise.all([
      this.workshops.seen(actor, workshopId),
      this.users.profile(idOf(actor.userId)),
    ]);
    if (!reader) throw notFound();
    const shown = await this.workshops.get(actor, workshopId);
    const hold = isWorkshopHost(actor.userId, row) ? 'sure' : holdOf(shown.mine?.status);
    const entry = workshopInCalendar(
      {
        ...toFacts(row),
        link: shown.link,
        isCancelled: row.status === 'cancelled',
      },
      hold,
      reader,
      this.config.PUBLIC_URL,
    );
    return this.file(entry);
  }

  /** The same for who comes from outside: it leads to the page at `path`, and says nothing of the meeting's link. */
  forEverybody(row: WorkshopRow, path: string, locale: Locale): string {
    const page = new URL(path, this.config.PUBLIC_URL).href;
    const shown = { ...toFacts(row), link: null, isCancelled: row.status === 'cancelled', page };
    return this.file(workshopInCalendar(shown, 'open', { locale }, this.config.PUBLIC_URL));
  }

  private file(entry: IcsEntry): string {
    return icsOf([entry], { method: 'PUBLISH', host: new URL(this.config.PUBLIC_URL).hostname });
  }
}

function holdOf(mine: NonNullable<Workshop['mine']>['status'] | undefined): Hold {
  if (mine === 'waitlisted' || mine === 'offered') return 'waiting';
  return mine === 'going' || mine === 'attended' || mine === 'absent' ? 'sure' : 'open';
}
