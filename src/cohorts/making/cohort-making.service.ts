import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { AccountsRepository } from '../../auth/accounts/accounts.repository.js';
import { MeService } from '../../auth/profile/me.service.js';
import type { Actor } from '../../common/actor.js';
import { derivedId } from '../../common/derived-id.js';
import { forbidden, invalidField, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { CopyCohort, CopyKind } from '../../contracts/cohorts/cohort-copies.js';
import { CohortColor, type CreateCohort, type Phase } from '../../contracts/cohorts/cohorts.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { isSaneDay } from '../cohort-rules.js';
import type { CohortRow } from '../cohort.schema.js';
import { cohortCopied, cohortCreated, memberJoined } from '../cohorts.events.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import { closedDaysOf } from '../timeline/closed-days.reader.js';
import { type ClosedOn, closedBy } from '../timeline/closed-days.js';
import type { Framed } from '../timeline/phase-moves.js';
import { MilestonesRepository } from '../timeline/milestones.repository.js';
import { holidaysOf } from '../timeline/public-holidays.js';
import { type Plan, planFrom } from '../timeline/ten-month-template.js';
import { type PlannedMilestone, milestonesLike, phasesLike } from './copied-plan.js';

const MONTHS = 10;
const COUNTRY = 'FR';

/** The days of a cohort that is to be made. */
export interface CohortPlan {
  country: string;
  startsOn: string;
  endsOn: string;
  phases: Phase[];
  milestones: PlannedMilestone[];
  /** When it will be closed: on the public holidays of its country, as long as it has no pauses. */
  on: ClosedOn;
}

/** The days of one that is to be made after another, and that other one. */
export interface PlanLike extends CohortPlan {
  from: CohortRow;
}

/** What says when a cohort is. */
type Asked = Pick<CreateCohort, 'startsOn' | 'months' | 'country'>;

/** After which cohort one is made, and what of it comes along. */
interface Example {
  from: CohortRow;
  kinds: readonly CopyKind[];
}

/** Cohorts are made: from the template, or after another one. */
@Injectable()
export class CohortMaking {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly milestones: MilestonesRepository,
    private readonly me: MeService,
    private readonly accounts: AccountsRepository,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** From the template. Throws 422 `/startsOn` `out_of_range`, 403 for who would be of its team and is no admin any more. */
  async make(actor: Actor, body: CreateCohort): Promise<Types.ObjectId> {
    const locale = body.locale ?? (await this.me.get(actor.userId)).locale;
    const plan = await this.plan({ ...body, country: body.country ?? COUNTRY });
    return await this.write(actor, { ...body, locale, isOfTeam: body.asTeam ?? false }, plan);
  }

  /**
   * After another cohort: what this room keeps at once, the rest by those who follow {@link cohortCopied}. Sent again, it is the cohort that is there, whatever has
   * become of the other one; else `check` may refuse the plan before anything is written. It does not ask whether the actor may read the other one. Throws 404, 422,
   * 403 as {@link make}.
   */
  async makeLike(
    actor: Actor,
    fromCohortId: string,
    { kinds: asked, clientId, ...body }: CopyCohort,
    check: (plan: PlanLike) => Promise<unknown>,
  ): Promise<Types.ObjectId> {
    const act = derivedId('cohort-copy', fromCohortId, actor.userId, clientId);
    const before = await this.cohorts.madeBy(act);
    if (before) return before._id;
    const kinds = [...new Set(asked)];
    const plan = await this.planLike(fromCohortId, body, kinds);
    await check(plan);
    const { from } = plan;
    const { locale = from.locale, timeZone = from.timeZone } = body;
    try {
      return await this.write(actor, { ...body, locale, timeZone, isOfTeam: true, act }, plan, { from, kinds });
    } catch (error) {
      const other = isDuplicateKey(error) && (await this.cohorts.madeBy(act));
      if (other) return other._id;
      throw error;
    }
  }

  /** The days of one that would be made after another, and that other one. Throws 404, 422 `/startsOn` `out_of_range`. */
  async planLike(fromCohortId: string, asked: Asked, kinds: readonly CopyKind[]): Promise<PlanLike> {
    const from = await this.cohort(fromCohortId);
    return { ...(await this.plan(asked, { from, kinds })), from };
  }

  private async plan(asked: Asked, example?: Example): Promise<CohortPlan> {
    const { startsOn, months = MONTHS, country = example?.from.country ?? COUNTRY } = asked;
    if (!isSaneDay(startsOn)) throw invalidField('/startsOn', 'out_of_range');
    const on = closedBy([], await holidaysOf(country));
    const usual = planFrom(startsOn, months, on);
    const old = (example?.from.phases ?? []) as unknown as Phase[];
    const phases = example?.kinds.includes('phases') ? phasesLike(old, startsOn) : usual.phases;
    if (!phases.every((phase) => isSaneDay(phase.endsOn))) throw invalidField('/startsOn', 'out_of_range');
    const milestones = await this.milestonesOf({ phases, on }, usual, example);
    return { country, startsOn, endsOn: phases.at(-1)?.endsOn ?? usual.endsOn, phases, milestones, on };
  }

  /** Those of the other cohort, or of the template, in the phases that the new one has. */
  private async milestonesOf(to: Framed, usual: Plan, example?: Example): Promise<PlannedMilestone[]> {
    if (!example?.kinds.includes('milestones')) {
      const rows = usual.milestones.map((one) => ({ ...one, title: null }));
      return to.phases === usual.phases ? rows : milestonesLike(rows, { phases: usual.phases, on: to.on }, to);
    }
    const { from } = example;
    const [rows, { on }] = await Promise.all([this.milestones.ofCohort(from._id), closedDaysOf(from)]);
    return milestonesLike(rows, { phases: from.phases as unknown as Phase[], on }, to);
  }

  private async write(
    actor: Actor,
    body: Omit<CreateCohort, 'asTeam'> & { locale: 'en' | 'fr'; isOfTeam: boolean; act?: string },
    plan: CohortPlan,
    example?: Example,
  ): Promise<Types.ObjectId> {
    const { phases, startsOn, endsOn, country } = plan;
    const { name, timeZone, locale, isOfTeam, act } = body;
    const _id = newId();
    const cohort = {
      ...{ _id, name, timeZone, locale, startsOn, endsOn, country, phases: phases as never },
      color: body.color ?? (await this.nextColor()),
      // Whose server people meet on is for its staff to choose.
      meeting: { kind: 'none', pattern: null } as const,
      createdAt: this.clock.now(),
      ...(act !== undefined && { madeBy: act }),
    };
    const milestones = plan.milestones.map((one) => ({ _id: newId(), cohortId: _id, ...one }));
    const maker = { cohortId: _id, userId: idOf(actor.userId), joinedAt: cohort.createdAt };
    const joining = { cohortId: String(_id), userId: actor.userId, role: 'staff', projectId: null } as const;
    await this.transactions.run(async (session) => {
      if (isOfTeam && !(await this.accounts.holdAdmin(maker.userId, session))) throw forbidden();
      await this.cohorts.insert(cohort, session);
      await this.milestones.insert(milestones, session);
      await this.outbox.write(cohortCreated, { cohortId: String(_id) }, session);
      if (!isOfTeam) return;
      await this.memberships.join({ ...maker, role: 'staff', projectId: null }, session);
      await this.outbox.write(memberJoined, joining, session);
      if (!example) return;
      const ids = { cohortId: String(_id), fromCohortId: String(example.from._id), byId: actor.userId };
      await this.outbox.write(cohortCopied, { ...ids, kinds: [...example.kinds] }, session);
    });
    if (isOfTeam) this.bus.publish(memberJoined, joining);
    return _id;
  }

  private async cohort(cohortId: string): Promise<CohortRow> {
    const cohort = await this.cohorts.byId(idOf(cohortId));
    if (!cohort) throw notFound();
    return cohort;
  }

  private async nextColor(): Promise<CohortColor> {
    return CohortColor.options[(await this.cohorts.count()) % CohortColor.options.length] ?? 'lac';
  }
}
