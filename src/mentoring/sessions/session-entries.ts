import { Inject, Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { sessionInCalendar } from '../../calendar/calendar-entry.js';
import { icsOf } from '../../calendar/ics.js';
import type { CohortActor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import { idOf } from '../../infra/mongo/ids.js';
import { SessionsService } from './sessions.service.js';

/** A session as a calendar file. */
@Injectable()
export class SessionEntries {
  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersRepository,
    private readonly people: People,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** An iCalendar text (RFC 5545, METHOD:PUBLISH) of one entry, the same as in the feed of its reader. Throws 404. */
  async of(actor: CohortActor, sessionId: string): Promise<string> {
    const [row, reader] = await Promise.all([
      this.sessions.visible(actor, sessionId),
      this.users.profile(idOf(actor.userId)),
    ]);
    if (!reader) throw notFound();
    const people = row.people.map(String);
    const names = await this.people.byId(people);
    const entry = sessionInCalendar(
      {
        id: String(row._id),
        cohortId: actor.cohortId,
        startsAt: row.startsAt,
        endsAt: row.endsAt,
        revision: row.revision,
        changedAt: row.changedAt,
        with: people.filter((id) => id !== actor.userId).flatMap((id) => names.get(id)?.name ?? []),
        text: row.cancelReason ?? row.need,
        link: row.link ?? null,
        isCancelled: row.status === 'cancelled',
      },
      reader,
      this.config.PUBLIC_URL,
    );
    return icsOf([entry], { method: 'PUBLISH', host: new URL(this.config.PUBLIC_URL).hostname });
  }
}
