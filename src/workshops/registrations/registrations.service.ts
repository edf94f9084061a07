import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, notFound } from '../../common/problem.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import type { PageQuery } from '../../contracts/primitives.js';
import type {
  Attendance,
  AttendanceMode,
  MyRegistration,
  Register,
  Registration,
} from '../../contracts/workshops/workshops.js';
import { Clashes, type Viewer } from '../../calendar/clashes.service.js';
import { idOf } from '../../infra/mongo/ids.js';
import { countNamed } from '../../infra/redis/naming.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import { GuestNames } from '../guests/guest-names.js';
import { type Answer, type Ask, peopleOf } from './places.js';
import { refusal } from './refusals.js';
import { PlacesService, plannedFor } from './places.service.js';
import type { RegistrationRow } from './registration.schema.js';
import { COMING, RegistrationsRepository, STANDING } from './registrations.repository.js';
import { ManagersNow } from './managers-now.js';
import { mustBeRunning } from '../workshop-drafts.js';
import { isFor, mayManage } from '../workshops.policy.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsService } from '../workshops.service.js';
import { WorkshopsView, modeOf } from '../workshops.view.js';

/** Each place that one takes or gives up is a mail with a calendar entry to one's address, which nobody may have shown to be theirs. */
export const OWN_PLACES: Limit = { name: 'own-places', points: 120, seconds: 3600 };

/** Join, leave, and who comes. */
@Injectable()
export class RegistrationsService {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly registrations: RegistrationsRepository,
    private readonly places: PlacesService,
    private readonly managers: ManagersNow,
    private readonly view: WorkshopsView,
    private readonly people: People,
    private readonly members: Members,
    private readonly guestNames: GuestNames,
    private readonly clashes: Clashes,
    private readonly limits: RateLimits,
  ) {}

  /**
   * A place, or the next one in line; with `accept` the one that is held. Asked again, the same answer. Throws 409 `not_published`,
   * `cancelled`, `started`, `over`, `hosting`, `full` (switching to a way without a place left), `not_open_yet`, `registration_closed`,
   * `not_for_you` (with `team`: one of them), `offer_lapsed`, `no_team`,
   * `team_too_large`, `clash` (with `there`: what else there is then, as far as `viewer` may know it; not with `despite`); 422 for a mode
   * that is not offered.
   */
  async register(
    actor: CohortActor,
    workshopId: string,
    body: Register,
    viewer: Viewer = actor,
  ): Promise<MyRegistration> {
    const workshop = await this.workshops.seen(actor, workshopId);
    mustBeRunning(actor);
    const ask = { ...(await this.askOf(actor, workshop, body)), despite: body.despite };
    const answer = await this.places.ask(String(workshop._id), ask);
    if (answer.kind === 'refused' && answer.because === 'clash') {
      const planned = plannedFor(workshop, peopleOf(ask));
      throw await this.clashes.asking(viewer, await this.clashes.over(planned), planned);
    }
    if (answer.kind !== 'stands') throw refusal(answer.kind === 'refused' ? answer.because : 'cancelled');
    return await this.standingOf(actor, workshop, answer);
  }

  private async askOf(actor: CohortActor, workshop: WorkshopRow, { mode, ...how }: Register): Promise<Ask> {
    const { userId, role } = actor;
    if (how.accept) return { kind: 'accept', userId };
    if (how.team) return await this.teamAskOf(actor, workshop, mode ?? null);
    const crafts = await this.craftsFor(workshop, [userId]);
    return { kind: 'join', userId, mode: mode ?? null, fits: isFor(workshop, role, crafts.get(userId) ?? null) };
  }

  private async teamAskOf(actor: CohortActor, workshop: WorkshopRow, mode: AttendanceMode | null): Promise<Ask> {
    const { userId } = actor;
    const others = await this.matesOf(actor);
    if (others.length === 0) throw conflict('no_team', 'Nobody else is in your team.');
    const crafts = await this.craftsFor(workshop, [userId, ...others]);
    const fits = [userId, ...others].every((one) => isFor(workshop, 'fellow', crafts.get(one) ?? null));
    return { kind: 'join_team', userId, others, mode, fits };
  }

  /** The other fellows of their project. */
  private async matesOf({ userId, role, projectId }: CohortActor): Promise<string[]> {
    if (role !== 'fellow' || projectId === null) return [];
    const members = await this.members.ofProject(projectId);
    return members.flatMap((one) => (one.role === 'fellow' && one.userId !== userId ? [one.userId] : []));
  }

  /** Only where the workshop asks for a craft. */
  private async craftsFor({ requires }: WorkshopRow, userIds: readonly string[]): Promise<Map<string, string | null>> {
    return requires && requires.crafts.length > 0 ? await this.people.craftsOf(userIds) : new Map();
  }

  /**
   * Gives a member one of the places that hosts keep; asked again, the same answer. Throws 404 for who is no member, 403 for who does not
   * look after the workshop, 409 `none_reserved` and as `register`, 429: who is put on a list is told so, as who is named in a text; by the programme team without a limit.
   */
  async admit(actor: CohortActor, workshopId: string, userId: string): Promise<Attendance> {
    const workshop = await this.workshops.managed(actor, workshopId);
    const member = await this.members.find(actor.cohortId, userId);
    if (!member) throw notFound();
    if (actor.role !== 'staff') await countNamed(this.limits, actor.userId, 1);
    const ask: Ask = { kind: 'admit', userId: member.userId, byId: actor.userId };
    const answer = await this.managers.asking(actor)(String(workshop._id), ask);
    if (answer.kind !== 'stands') throw refusal(answer.kind === 'refused' ? answer.because : 'cancelled');
    return { userId: member.userId, status: answer.status };
  }

  private async standingOf(
    actor: CohortActor,
    workshop: WorkshopRow,
    answer: Extract<Answer, { kind: 'stands' }>,
  ): Promise<MyRegistration> {
    const position =
      answer.status === 'waitlisted' ? (answer.position ?? (await this.positionOf(actor, workshop))) : null;
    return {
      status: answer.status,
      ...(position !== null && { position }),
      ...(position !== null && answer.party !== null && { together: true as const }),
      ...(answer.until !== null && { until: new Date(answer.until).toISOString() }),
      mode: modeOf(workshop, answer.mode),
    };
  }

  /** Gives the place (or the one in line) up; the next in line moves up unless it has started. Again: nothing. */
  async leave(actor: CohortActor, workshopId: string): Promise<void> {
    const workshop = await this.workshops.seen(actor, workshopId);
    const answer = await this.places.ask(String(workshop._id), { kind: 'leave', userId: actor.userId });
    if (answer.kind === 'refused') throw refusal(answer.because);
  }

  /** In order of asking: all who stand for staff and hosts of the workshop, who comes or was there for other members: who was missed is not theirs to read. */
  async list(
    actor: CohortActor,
    workshopId: string,
    query: PageQuery,
  ): Promise<{ items: Registration[]; nextCursor: string | null }> {
    const workshop = await this.workshops.seen(actor, workshopId);
    const manages = mayManage(actor, workshop);
    const statuses = manages ? STANDING : COMING;
    const after = query.cursor ? Number(decodeCursor(query.cursor, 1)[0]) || 0 : 0;
    const range = { after, upTo: workshop.lastOrder, limit: query.limit + 1, membersOnly: !manages };
    const page = pageOf(await this.registrations.inOrder(workshop._id, statuses, range), query.limit, (row) => [
      row.order,
    ]);
    return { ...page, items: await this.present(workshop, page.items) };
  }

  private async present(workshop: WorkshopRow, rows: readonly RegistrationRow[]): Promise<Registration[]> {
    const waits = rows.some((row) => row.status === 'waitlisted');
    const [people, line, guests] = await Promise.all([
      this.people.byId(rows.flatMap((row) => (row.guest ? [] : [String(row.userId)]))),
      waits ? this.registrations.lines([workshop._id]) : [],
      this.guestNames.of(rows),
    ]);
    const position = positionsIn(line);
    return rows.flatMap((row) => {
      const guest = guests.get(String(row.userId));
      const person = guest?.person ?? people.get(String(row.userId));
      if (!person) return [];
      const place = row.status === 'waitlisted' ? position.get(row.order) : undefined;
      return [
        {
          userId: person.id,
          person,
          ...(guest && { guest: guest.as }),
          status: row.status,
          ...(place !== undefined && { position: place }),
          mode: modeOf(workshop, row.mode),
          registeredAt: row.registeredAt.toISOString(),
        },
      ];
    });
  }

  private async positionOf(actor: CohortActor, workshop: WorkshopRow): Promise<number | null> {
    const rows = await this.registrations.ofPeople(workshop._id, [idOf(actor.userId)]);
    return (await this.view.positions(rows)).get(String(workshop._id)) ?? null;
  }
}

/** Each order in line -> its position within its way to take part. */
function positionsIn(line: readonly { order: number; mode: AttendanceMode }[]): Map<number, number> {
  const count = { onsite: 0, online: 0 };
  return new Map([...line].sort((a, b) => a.order - b.order).map(({ order, mode }) => [order, (count[mode] += 1)]));
}
