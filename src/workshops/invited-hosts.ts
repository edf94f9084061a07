import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clashes } from '../calendar/clashes.service.js';
import { InvitedPeople } from '../cohorts/invited/invited-people.service.js';
import { type Joined, PlannedWithInvited, PlannedWithInvitedPort } from '../cohorts/invited/joining.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { invalid } from '../common/problem.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { HostNaming } from './host-naming.js';
import { plannedFor } from './registrations/places.service.js';
import { WorkshopSeriesRepository } from './series/workshop-series.repository.js';
import { editionOf } from './workshop.js';
import type { WorkshopRow } from './workshop.schema.js';
import { workshopChanged, workshopsChanged } from './workshops.events.js';
import type { WorkshopEdit } from './workshop-fields.js';
import { WorkshopsRepository } from './workshops.repository.js';

/**
 * The programme team plans workshops with hosts who are invited and have not come yet: a workshop carries their invitations, which are no
 * right of any kind. Who joins hosts what they were chosen for, in the transaction in which they join; an invitation that is withdrawn
 * means nobody from then on.
 */
@Injectable()
export class InvitedHosts extends PlannedWithInvited implements OnModuleInit {
  constructor(
    private readonly port: PlannedWithInvitedPort,
    private readonly invited: InvitedPeople,
    private readonly workshops: WorkshopsRepository,
    private readonly series: WorkshopSeriesRepository,
    private readonly clashes: Clashes,
    private readonly naming: HostNaming,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {
    super();
  }

  onModuleInit(): void {
    this.port.provide(this);
  }

  /**
   * Takes them for this transaction: who accepts at the same moment comes before, and is refused here, or after, and is found. Throws 422 `/invitedHosts/n` `not_invited`.
   */
  async hold(actor: CohortActor, asked: readonly string[] | undefined, session: ClientSession): Promise<void> {
    if (!asked || asked.length === 0) return;
    const ids = asked.map((id) => toId(id));
    const open = await this.open(
      idOf(actor.cohortId),
      ids.flatMap((id) => id ?? []),
      session,
    );
    const known = new Set(open.map(String));
    const errors = ids.flatMap((id, index) =>
      known.has(String(id)) ? [] : [{ field: `/invitedHosts/${index}`, code: 'not_invited' }],
    );
    if (errors.length > 0) throw invalid(errors);
  }

  /** Those that are still open, taken for this transaction. */
  async open(cohortId: Types.ObjectId, ids: readonly Types.ObjectId[], session: ClientSession) {
    return ids.length > 0 ? await this.invited.hold(cohortId, ids, session) : [];
  }

  override async joined({ cohortId, invitationId, userId }: Joined, session: ClientSession): Promise<() => void> {
    const rows = await this.workshops.plannedWith(cohortId, [invitationId], this.clock.now(), session);
    // Within a transaction one writes one thing after the other.
    for (const row of rows) {
      const invitedHosts = (row.invitedHosts ?? []).filter((id) => !id.equals(invitationId));
      await this.write(row, { hosts: [...row.hosts, userId], invitedHosts }, session);
    }
    const published = rows.filter(({ status }) => status === 'published');
    const changed = published.map((row) => ({ before: row, after: { ...row, hosts: [...row.hosts, userId] } }));
    await this.naming.write(null, changed, session);
    if (published.length > 0) {
      const workshopIds = published.map(({ _id }) => String(_id));
      await this.outbox.write(workshopsChanged, { cohortId: String(cohortId), workshopIds }, session);
    }
    // They were chosen before: whatever else they have then stands beside it in their agenda, and who plans for them later sees it.
    await this.clashes.takeTurn(
      published.flatMap((row) => plannedFor(row, [String(userId)])),
      session,
    );
    return () => {
      for (const { _id } of rows)
        this.bus.publish(workshopChanged, {
          cohortId: String(cohortId),
          workshopId: String(_id),
          changed: ['hosts'],
        });
    };
  }

  override async renewed(...[cohortId, pairs, session]: Parameters<PlannedWithInvited['renewed']>): Promise<void> {
    const after = new Map(pairs.map(({ before, now }) => [String(before), now]));
    const before = pairs.map((pair) => pair.before);
    for (const row of await this.workshops.plannedWith(cohortId, before, this.clock.now(), session)) {
      const invitedHosts = (row.invitedHosts ?? []).map((id) => after.get(String(id)) ?? id);
      await this.write(row, { invitedHosts }, session);
    }
  }

  /** Whoever edits it meanwhile has not seen this. */
  private async write({ _id }: WorkshopRow, change: WorkshopEdit, session: ClientSession): Promise<void> {
    const row = await this.workshops.lock(_id, session);
    if (!row) return;
    const edition = editionOf(row) + 1;
    await this.workshops.save(row, { ...change, edition, changedAt: this.clock.now() }, session);
    if (row.seriesId) await this.series.countEdit(row.seriesId, null, session);
  }
}
