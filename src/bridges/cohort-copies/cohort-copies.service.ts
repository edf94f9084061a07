import { Injectable } from '@nestjs/common';
import { ChannelCopies } from '../../chat/channels/channel-copies.js';
import { CohortsService } from '../../cohorts/cohorts.service.js';
import { CohortMaking, type PlanLike } from '../../cohorts/making/cohort-making.service.js';
import type { CohortActor } from '../../common/actor.js';
import { forbidden } from '../../common/problem.js';
import type {
  CohortCopyPreview,
  CopyCohort,
  CopyKind,
  PreviewCohortCopy,
} from '../../contracts/cohorts/cohort-copies.js';
import type { Cohort } from '../../contracts/cohorts/cohorts.js';
import { HandbookReader } from '../../handbook/handbook.reader.js';
import { LadderService } from '../../reminders/schedule/ladder.service.js';
import { ProgrammeCopies } from '../../workshops/programme/programme-copies.service.js';

/** So many of each kind are named. */
const NAMED = 3;

/** A cohort is made after another one, of whose programme team the admin is who makes it: no admin copies what they could not read. */
@Injectable()
export class CohortCopies {
  constructor(
    private readonly making: CohortMaking,
    private readonly cohorts: CohortsService,
    private readonly rules: LadderService,
    private readonly programme: ProgrammeCopies,
    private readonly channels: ChannelCopies,
    private readonly handbook: HandbookReader,
  ) {}

  /** What would come along. Throws 403 for who makes no cohorts, 422 `/startsOn` `out_of_range`, 409 `too_many_workshops`. */
  async preview(
    actor: CohortActor,
    { withPhases, locale = 'en', ...asked }: PreviewCohortCopy,
  ): Promise<CohortCopyPreview> {
    mustMakeCohorts(actor);
    const kinds: CopyKind[] = withPhases ? ['phases', 'milestones'] : ['milestones'];
    const plan = await this.making.planLike(actor.cohortId, asked, kinds);
    const [rules, programme, channels, pages] = await Promise.all([
      this.rules.changedIn(actor.cohortId),
      this.workshopsOf(plan),
      this.channels.names(actor.cohortId),
      this.handbook.titles(actor.cohortId, locale),
    ]);
    const byStart = programme.drafts.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
    const workshops = firstOf(
      byStart.map(({ row, startsAt }) => ({ title: row.title, startsAt: startsAt.toISOString() })),
    );
    return {
      endsOn: plan.endsOn,
      phases: plan.phases,
      milestones: firstOf(plan.milestones),
      rules: { count: rules.length, first: [...new Set(rules)].slice(0, NAMED) },
      workshops: { ...workshops, outside: programme.outside, left: programme.left },
      channels: firstOf(channels),
      handbook: firstOf(pages),
    };
  }

  /** Makes it. Throws as {@link preview}, and 403 for who is no admin any more. */
  async copy(actor: CohortActor, body: CopyCohort): Promise<Cohort> {
    mustMakeCohorts(actor);
    const check = async (plan: PlanLike) => body.kinds.includes('workshops') && (await this.workshopsOf(plan));
    return await this.cohorts.made(actor, await this.making.makeLike(actor, actor.cohortId, body, check));
  }

  /** What becomes of the workshops. Throws 409 `too_many_workshops`. */
  private workshopsOf(plan: PlanLike) {
    return this.programme.ahead(plan.from, plan, plan.on);
  }
}

function mustMakeCohorts({ isAdmin }: CohortActor): void {
  if (!isAdmin) throw forbidden();
}

const firstOf = <T>(all: readonly T[]) => ({ count: all.length, first: all.slice(0, NAMED) });
