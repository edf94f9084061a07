import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { People } from '../../auth/people.js';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { formatSpan } from '../../common/times/instants.js';
import { invalid, notFound } from '../../common/problem.js';
import {
  GUEST_PERCENT,
  type PublicPage,
  type PublicWorkshop,
  type SetPublicPage,
} from '../../contracts/workshops/guests.js';
import type { AttendanceMode } from '../../contracts/workshops/workshops.js';
import type { PageHead } from '../../infra/http/page-head.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { toIds } from '../../infra/mongo/ids.js';
import { CalendarEntries } from '../calendar-entries.js';
import { newCode } from '../attendance/attendance-code.js';
import type { Refusal } from '../registrations/places.js';
import { PlacesService } from '../registrations/places.service.js';
import { stateOf } from '../workshop.js';
import { ManagersNow } from '../registrations/managers-now.js';
import { mustManage } from '../workshop-drafts.js';
import { workshopChanged } from '../workshops.events.js';
import { publicOf } from '../workshop-fields.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { WorkshopsService } from '../workshops.service.js';
import { addressOf, guestBarrier, isPublic, percentOf, placesLeft, roomForGuests } from './public-page.js';
import { GuestPlacesRepository } from './guest-places.repository.js';
import type { PublicPageRow } from './public-page.schema.js';

const OFF: PublicPage = {
  ...{ on: false, guests: false, plusOne: false, guestPercent: GUEST_PERCENT },
  ...{ shownHosts: [], questions: [], slug: null },
};
const MAX_TRIES = 3;
const GUESTS_FULL: Refusal = 'guests_full';

/** A workshop that everybody may see, with its page and its cohort. */
export interface Shown {
  row: WorkshopRow;
  page: PublicPageRow;
  cohort: CohortRow;
}

/** The page of a workshop for everybody: whether there is one, what stands on it, and how it looks to who comes from outside. */
@Injectable()
export class PublicPages {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly rows: WorkshopsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly people: People,
    private readonly places: PlacesService,
    private readonly managers: ManagersNow,
    private readonly calendars: CalendarEntries,
    private readonly guestPlaces: GuestPlacesRepository,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Throws 404, 403 unless staff or a host of it. */
  async settings(actor: CohortActor, workshopId: string): Promise<PublicPage> {
    const row = await this.workshops.seen(actor, workshopId);
    mustManage(actor, row);
    return settingsOf(row);
  }

  /** Throws 404, 403, 409 `cohort_closed`, 422 `not_a_host` for a name that is not one of its hosts. */
  async set(actor: CohortActor, workshopId: string, { shownHosts, ...body }: SetPublicPage): Promise<PublicPage> {
    const managed = await this.workshops.managed(actor, workshopId);
    const row = await this.written(actor, managed, (row) => {
      const errors = shownHosts.flatMap((host, index) =>
        row.hosts.some((one) => String(one) === host) ? [] : [{ field: `/shownHosts/${index}`, code: 'not_a_host' }],
      );
      if (errors.length > 0) throw invalid(errors);
      const slug = row.publicPage?.slug ?? addressOf(row.title, newCode().toLowerCase());
      const { guestPercent = row.publicPage?.guestPercent, ...page } = body;
      return { ...page, ...(guestPercent !== undefined && { guestPercent }), shownHosts: toIds(shownHosts), slug };
    });
    const { cohortId, _id } = row;
    this.bus.publish(workshopChanged, { cohortId: String(cohortId), workshopId: String(_id), changed: ['text'] });
    return settingsOf(row);
  }

  /** Two pages that get one address at once: the second gets another one. */
  private async written(
    actor: CohortActor,
    row: WorkshopRow,
    pageOf: (row: WorkshopRow) => PublicPageRow,
  ): Promise<WorkshopRow> {
    const decide = (newest: WorkshopRow) => {
      mustManage(actor, newest);
      const publicPage = pageOf(newest);
      return { change: { publicPage }, result: { ...newest, publicPage } };
    };
    // What is shown of a closed cohort could be turned off by nobody any more.
    const also = async (newest: WorkshopRow, _change: object, session: ClientSession) => {
      await this.managers.mustManage(actor, newest, session);
    };
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.places.change(row._id, decide, { also });
      } catch (error) {
        if (tries === MAX_TRIES || !isDuplicateKey(error, 'page')) throw error;
      }
    }
  }

  /** The workshop of an address. Throws 404 for one that is none, and for a page that is off. */
  async shown(slug: string): Promise<Shown> {
    const row = await this.rows.bySlug(slug);
    const cohort = row && isPublic(row) ? await this.cohorts.byId(row.cohortId) : null;
    if (!row?.publicPage || !cohort) throw notFound();
    return { row, page: row.publicPage, cohort };
  }

  /** How many more guests may have a place, or wait for one, on site and on line. */
  async room(row: WorkshopRow): Promise<Record<AttendanceMode, number>> {
    return roomForGuests(row, await this.guestPlaces.standing(row._id));
  }

  /** As an entry of a calendar, in the language of its cohort. Throws 404. */
  async calendarEntry(slug: string): Promise<string> {
    const { row, page, cohort } = await this.shown(slug);
    return this.calendars.forEverybody(row, `/w/${page.slug}`, cohort.locale);
  }

  /** What other sites show where somebody pastes its address: when, for whom, how it begins; null where there is no such page. */
  async head(slug: string): Promise<PageHead | null> {
    const row = await this.rows.bySlug(slug);
    const cohort = row && isPublic(row) ? await this.cohorts.byId(row.cohortId) : null;
    if (!row || !cohort) return null;
    const when = formatSpan(row.startsAt, row.endsAt, row.timeZone, cohort.locale);
    const description = [`${when} · ${cohort.name}`, row.excerpt].filter((part) => part !== '').join('\n');
    return { title: row.title, description, locale: cohort.locale };
  }

  /** As {@link shown}, for everybody to read. */
  async show(slug: string): Promise<PublicWorkshop> {
    const { row, page, cohort } = await this.shown(slug);
    const now = this.clock.now();
    const isHost = (id: string) => row.hosts.some((host) => String(host) === id);
    const hosts = await this.people.faces(page.shownHosts.map(String).filter(isHost));
    const room = page.guests ? await this.room(row) : { onsite: 0, online: 0 };
    const isFull = room.onsite === 0 && (row.onlineCapacity === null || room.online === 0);
    const left = (mode: AttendanceMode) => {
      const places = placesLeft(row, mode);
      return places !== null && page.guests ? Math.min(places, room[mode]) : places;
    };
    return {
      slug: page.slug,
      ...publicOf(row),
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      isOnline: row.link !== null,
      status: row.status === 'cancelled' ? 'cancelled' : 'published',
      isOver: stateOf(row, now) === 'over',
      cohort: { name: cohort.name, color: cohort.color },
      hosts: hosts.map(({ name }) => name),
      left: { onsite: left('onsite') ?? 0, online: left('online') },
      registration: page.guests
        ? {
            because: guestBarrier(row, cohort.state, now) ?? (isFull ? GUESTS_FULL : null),
            opensAt: row.opensAt?.toISOString() ?? null,
            closesAt: row.closesAt?.toISOString() ?? null,
            plusOne: page.plusOne,
            questions: page.questions,
          }
        : null,
    };
  }
}

function settingsOf({ publicPage: page }: WorkshopRow): PublicPage {
  return page ? { ...page, guestPercent: percentOf(page), shownHosts: page.shownHosts.map(String) } : OFF;
}
