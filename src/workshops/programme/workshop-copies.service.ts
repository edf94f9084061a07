import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { forbidden } from '../../common/problem.js';
import type { DuplicateWorkshop } from '../../contracts/workshops/workshop-copies.js';
import type { Workshop } from '../../contracts/workshops/workshops.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { DraftRoom } from '../draft-room.js';
import { InvitedHosts } from '../invited-hosts.js';
import { fieldsAt } from './workshop-copy.js';
import { WorkshopDrafts, mustBeRunning } from '../workshop-drafts.js';
import { mustBePlannable, mustKeepGoodWindow } from '../workshop.js';
import { workshopDrafted } from '../workshops.events.js';
import { mayDuplicate, mayManage } from '../workshops.policy.js';
import { WorkshopsService } from '../workshops.service.js';

/** A workshop once more, on another day. */
@Injectable()
export class WorkshopCopies {
  constructor(
    private readonly room: DraftRoom,
    private readonly service: WorkshopsService,
    private readonly drafts: WorkshopDrafts,
    private readonly invitedHosts: InvitedHosts,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a draft like it. Hosts who left the cohort stay behind, and so does the link to the meeting for who does not look after it: they
   * may not have read it. Throws 422 for a start in the past, 403, 409 `cohort_closed`.
   */
  async duplicate(actor: CohortActor, workshopId: string, { startsAt }: DuplicateWorkshop): Promise<Workshop> {
    const row = await this.service.seen(actor, workshopId);
    mustBeRunning(actor);
    if (!mayDuplicate(actor, row)) throw forbidden();
    const fields = fieldsAt(row, new Date(startsAt));
    mustBePlannable(fields, this.clock.now());
    mustKeepGoodWindow(fields);
    const members = await this.drafts.membersOf(actor.cohortId, row.hosts.map(String));
    const copy = this.drafts.draft(actor, {
      ...fields,
      link: mayManage(actor, row) ? fields.link : null,
      hosts: row.hosts.filter((host) => members.has(String(host))),
    });
    await this.room.admit(actor, { alone: 1 });
    await this.transactions.run(async (session) => {
      const invited = actor.role === 'staff' ? fields.invitedHosts : [];
      const invitedHosts = await this.invitedHosts.open(copy.cohortId, invited, session);
      await this.room.write(actor, [{ ...copy, invitedHosts }], session);
    });
    this.bus.publish(workshopDrafted, { cohortId: actor.cohortId, workshopId: String(copy._id) });
    return await this.service.get(actor, String(copy._id));
  }
}
