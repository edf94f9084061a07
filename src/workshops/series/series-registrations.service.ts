import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Clashes } from '../../calendar/clashes.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import type { There } from '../../contracts/calendar.js';
import type { RegisterInSeries, SeriesRegistration } from '../../contracts/workshops/workshop-series.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import type { Answer, Ask } from '../registrations/places.js';
import { PlacesService, plannedFor } from '../registrations/places.service.js';
import { RegistrationsRepository } from '../registrations/registrations.repository.js';
import { SeriesReader } from './series-reader.js';
import { mustBeRunning } from '../workshop-drafts.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { seriesJoined, seriesLeft } from '../workshops.events.js';
import { isFor } from '../workshops.policy.js';
import { WorkshopsView, mineOf } from '../workshops.view.js';

/** So many dates are asked for at a time: each is a transaction of its own. */
const AT_ONCE = 6;

/** Joins or leaves all coming dates of a series, each by its own rule of places. */
@Injectable()
export class SeriesRegistrations {
  constructor(
    private readonly reader: SeriesReader,
    private readonly registrations: RegistrationsRepository,
    private readonly places: PlacesService,
    private readonly clashes: Clashes,
    private readonly view: WorkshopsView,
    private readonly people: People,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * A place, or the next one in line, on each date; where that is refused, as where they have something else then and do not say `despite`,
   * the others are joined all the same. Again: the same answer.
   */
  async join(actor: CohortActor, seriesId: string, { mode, despite }: RegisterInSeries): Promise<SeriesRegistration> {
    const rows = await this.coming(actor, seriesId);
    mustBeRunning(actor);
    const asksForCraft = rows.some(({ requires }) => requires && requires.crafts.length > 0);
    const craft = asksForCraft ? await this.people.craftOf(actor.userId) : null;
    const { userId } = actor;
    const actId = String(newId());
    const askFor = (row: WorkshopRow): Ask => ({
      ...{ kind: 'join', userId, actId, despite },
      mode: mode ?? null,
      fits: isFor(row, actor.role, craft),
    });
    const answers = await this.outbox.around(seriesJoined, { userIds: [userId], actId }, () =>
      this.askAll(rows, askFor),
    );
    return await this.answer(actor, rows, answers);
  }

  /** Gives up the place, or the one in line, on each date to come. */
  async leave(actor: CohortActor, seriesId: string): Promise<SeriesRegistration> {
    const rows = await this.coming(actor, seriesId);
    const standing = await this.standing(actor, rows);
    const mine = rows.filter((row) => standing.has(String(row._id)));
    const { userId } = actor;
    const actId = String(newId());
    const answers = await this.outbox.around(seriesLeft, { userIds: [userId], actId }, () =>
      this.askAll(mine, () => ({ kind: 'leave', userId, actId })),
    );
    return await this.answer(actor, mine, answers);
  }

  private async coming(actor: CohortActor, seriesId: string): Promise<WorkshopRow[]> {
    const { rows } = await this.reader.seen(actor, seriesId);
    const now = this.clock.now();
    return rows.filter((row) => row.status === 'published' && row.startsAt > now);
  }

  private async askAll(rows: readonly WorkshopRow[], askFor: (row: WorkshopRow) => Ask): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const some = rows.slice(from, from + AT_ONCE);
      // All of them end before one that failed is heard of: who is told of the act reads what came of it.
      const asked = await Promise.allSettled(some.map((row) => this.places.ask(String(row._id), askFor(row))));
      for (const one of asked) {
        if (one.status === 'rejected') throw one.reason;
        answers.push(one.value);
      }
    }
    return answers;
  }

  private async standing(actor: CohortActor, rows: readonly WorkshopRow[]) {
    const mine = await this.registrations.mine(
      rows.map(({ _id }) => _id),
      idOf(actor.userId),
    );
    return new Map(mine.filter(({ status }) => status !== 'cancelled').map((row) => [String(row.workshopId), row]));
  }

  private async answer(
    actor: CohortActor,
    rows: readonly WorkshopRow[],
    answers: readonly Answer[],
  ): Promise<SeriesRegistration> {
    const [standing, there] = await Promise.all([this.standing(actor, rows), this.thereOn(actor, rows, answers)]);
    const positions = await this.view.positions([...standing.values()]);
    return {
      dates: rows.map((row, index) => {
        const id = String(row._id);
        const registration = standing.get(id);
        const answer = answers[index];
        return {
          workshopId: id,
          startsAt: row.startsAt.toISOString(),
          mine: registration ? mineOf(row, registration, positions.get(id)) : null,
          refused: answer?.kind === 'refused' ? answer.because : null,
        };
      }),
      there,
    };
  }

  /** What they have on the dates that were refused for it. */
  private async thereOn(
    actor: CohortActor,
    rows: readonly WorkshopRow[],
    answers: readonly Answer[],
  ): Promise<There[]> {
    const clashing = rows.filter((_, index) => {
      const answer = answers[index];
      return answer?.kind === 'refused' && answer.because === 'clash';
    });
    const planned = clashing.flatMap((row) => plannedFor(row, [actor.userId]));
    return await this.clashes.shown(actor, await this.clashes.over(planned), planned);
  }
}
