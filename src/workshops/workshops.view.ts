import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../common/actor.js';
import { People } from '../auth/people.js';
import { type ClosedOn, closedDay } from '../cohorts/timeline/closed-days.js';
import { ClosedDaysReader } from '../cohorts/timeline/closed-days.reader.js';
import { InvitedPeople } from '../cohorts/invited/invited-people.service.js';
import { Clock } from '../common/times/clock.js';
import { dayOf } from '../common/times/zoned.js';
import type { AttendanceMode, MyRegistration, RegistrationStatus, Workshop } from '../contracts/workshops/workshops.js';
import { idOf } from '../infra/mongo/ids.js';
import { Passes } from './attendance/passes.js';
import { FeedbackRepository } from './feedback/feedback.repository.js';
import { publicPathOf } from './guests/public-page.js';
import type { RegistrationRow } from './registrations/registration.schema.js';
import { RegistrationsRepository } from './registrations/registrations.repository.js';
import { abilities, mayManage } from './workshops.policy.js';
import { editionOf } from './workshop.js';
import { plainOf } from './workshop-fields.js';
import type { WorkshopRow } from './workshop.schema.js';

/** Who may read the link to join on line: those with a place, besides hosts and staff. */
const READS_LINK: ReadonlySet<RegistrationStatus> = new Set(['going', 'attended']);

const alwaysOpen: ClosedOn = () => null;

/** Workshops as one member sees them: four queries for a whole page, one more where a craft is asked for, for where they were, and for hosts who are invited. */
@Injectable()
export class WorkshopsView {
  constructor(
    private readonly registrations: RegistrationsRepository,
    private readonly feedback: FeedbackRepository,
    private readonly people: People,
    private readonly invited: InvitedPeople,
    private readonly closedDays: ClosedDaysReader,
    private readonly passes: Passes,
    private readonly clock: Clock,
  ) {}

  async one(actor: CohortActor, row: WorkshopRow): Promise<Workshop> {
    const [workshop] = await this.many(actor, [row], { passes: true });
    if (!workshop) throw new Error('a row makes a workshop');
    return workshop;
  }

  async many(actor: CohortActor, rows: readonly WorkshopRow[], told = { passes: false }): Promise<Workshop[]> {
    const ids = rows.map((row) => row._id);
    const asksForCraft = rows.some(({ requires }) => requires && requires.crafts.length > 0);
    const plansHosts = actor.role === 'staff' && rows.some(({ invitedHosts = [] }) => invitedHosts.length > 0);
    const [mine, people, craft, closed, invited] = await Promise.all([
      this.registrations.mine(ids, idOf(actor.userId)),
      this.people.byId(rows.flatMap((row) => row.hosts.map(String))),
      asksForCraft ? this.people.craftOf(actor.userId) : null,
      this.closedDays.of([actor.cohortId]),
      plansHosts ? this.invited.named(actor.cohortId) : new Map<string, Workshop['invitedHosts'][number]>(),
    ]);
    const standing = new Map(
      mine.filter((row) => row.status !== 'cancelled').map((row) => [String(row.workshopId), row]),
    );
    const been = [...standing.values()].filter(({ status }) => status === 'attended');
    const [positions, given] = await Promise.all([
      this.positions([...standing.values()]),
      this.feedback.givenBy(
        idOf(actor.userId),
        been.map(({ workshopId }) => workshopId),
      ),
    ]);
    return rows.map((row) => {
      const registration = standing.get(String(row._id)) ?? null;
      const hosts = row.hosts.map(String);
      return this.toWorkshop({ ...actor, craft, gaveFeedback: given.has(String(row._id)) }, row, {
        mine: registration && {
          ...mineOf(row, registration, positions.get(String(row._id))),
          ...(told.passes && this.passOf(row, registration)),
        },
        people: hosts.flatMap((id) => people.get(id) ?? []),
        invitedHosts: (row.invitedHosts ?? []).flatMap((id) => invited.get(String(id)) ?? []),
        closedDay: closedDay(dayOf(row.startsAt, row.timeZone), closed.get(actor.cohortId)?.on ?? alwaysOpen),
      });
    });
  }

  /** What they show at the door, where they need to. */
  passOf(row: WorkshopRow, registration: RegistrationRow): Pick<MyRegistration, 'pass'> {
    const pass = this.passes.shown(row, registration, this.clock.now());
    return pass === undefined ? {} : { pass };
  }

  /** The places in line of the waiting among these registrations (one a workshop), by workshop. */
  async positions(rows: readonly RegistrationRow[]): Promise<Map<string, number>> {
    const waiting = rows.filter((row) => row.status === 'waitlisted');
    if (waiting.length === 0) return new Map();
    const lines = await this.registrations.lines(waiting.map((row) => row.workshopId));
    return new Map(
      waiting.map((row) => {
        const before = lines.filter(
          (other) => other.workshopId.equals(row.workshopId) && other.mode === row.mode && other.order < row.order,
        );
        return [String(row.workshopId), before.length + 1];
      }),
    );
  }

  private toWorkshop(
    actor: CohortActor & { craft: string | null; gaveFeedback: boolean },
    row: WorkshopRow,
    with_: Pick<Workshop, 'mine' | 'people' | 'invitedHosts' | 'closedDay'>,
  ): Workshop {
    const status = with_.mine?.status ?? null;
    const readsLink = mayManage(actor, row) || (status !== null && READS_LINK.has(status));
    const plain = plainOf(row);
    return {
      ...plain,
      id: String(row._id),
      cohortId: String(row.cohortId),
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      link: readsLink ? plain.link : null,
      isOnline: plain.link !== null,
      hosts: row.hosts.map(String),
      addedMaterials: row.addedMaterials ?? 0,
      status: row.status,
      cancelReason: row.cancelReason ?? null,
      going: row.going.onsite + row.going.online,
      goingOnline: row.going.online,
      waitlisted: row.waitlisted.onsite + row.waitlisted.online,
      waitlistedOnline: row.waitlisted.online,
      offered: row.offered.onsite + row.offered.online,
      offeredOnline: row.offered.online,
      opensAt: row.opensAt?.toISOString() ?? null,
      closesAt: row.closesAt?.toISOString() ?? null,
      channelId: row.channelId ? String(row.channelId) : null,
      series: seriesOf(row),
      publicPath: publicPathOf(row),
      revision: row.revision,
      edition: editionOf(row),
      abilities: abilities(actor, row, status, this.clock.now()),
      ...with_,
    };
  }
}

/** `mode` is told only where a workshop offers both ways. */
export function modeOf(workshop: Pick<WorkshopRow, 'onlineCapacity'>, mode: AttendanceMode): AttendanceMode | null {
  return workshop.onlineCapacity === null ? null : mode;
}

/** Which date of which series it is. */
function seriesOf({ seriesId, seriesIndex, seriesCount }: WorkshopRow): Workshop['series'] {
  return seriesId ? { id: String(seriesId), index: seriesIndex ?? 1, count: seriesCount ?? 1 } : null;
}

/** Where a person stands; `position` only while they wait. */
export function mineOf(row: WorkshopRow, registration: RegistrationRow, position: number | undefined): MyRegistration {
  return {
    status: registration.status,
    ...(position !== undefined && { position }),
    ...(position !== undefined && typeof registration.party === 'number' && { together: true as const }),
    ...(registration.status === 'offered' &&
      registration.offeredUntil && { until: registration.offeredUntil.toISOString() }),
    mode: modeOf(row, registration.mode),
  };
}
