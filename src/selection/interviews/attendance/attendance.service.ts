import { Injectable } from '@nestjs/common';
import { ApplicationActs } from '../../../calls/decisions/application-acts.js';
import { closedForGood, mustRun } from '../../../cohorts/cohort-rules.js';
import { CohortsRepository } from '../../../cohorts/cohorts.repository.js';
import { ActorsNow } from '../../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../../common/actor.js';
import { conflict, notFound } from '../../../common/problem.js';
import { Clock } from '../../../common/times/clock.js';
import type { MarkAttendance, MyInterview } from '../../../contracts/selection/interviews.js';
import { idOf } from '../../../infra/mongo/ids.js';
import { Transactions } from '../../../infra/mongo/transactions.js';
import { editedMeanwhile } from '../../steps/steps.service.js';
import { mustHaveBegun } from '../interview-rules.js';
import type { InterviewRow } from '../interview.schema.js';
import { InterviewsRepository } from '../interviews.repository.js';
import { InvitingToInterviews } from '../inviting.service.js';
import type { May } from '../offering.service.js';
import { MyInterviewsService } from '../my-interviews.service.js';
import { InterviewNotesRepository } from '../notes/interview-notes.repository.js';
import { PanelsRepository } from '../panels.repository.js';

/** Who did not come to an interview, as staff and those who sit there say it. Who applies is not told. */
@Injectable()
export class Attendance {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly actors: ActorsNow,
    private readonly inviting: InvitingToInterviews,
    private readonly mine: MyInterviewsService,
    private readonly panels: PanelsRepository,
    private readonly interviews: InterviewsRepository,
    private readonly notes: InterviewNotesRepository,
    private readonly acts: ApplicationActs,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Throws 404, 409 `cohort_closed`, `own_file`, `too_early`, `noted`, `edited_meanwhile`. */
  async byStaff(actor: CohortActor, callId: string, interviewId: string, { missed }: MarkAttendance): Promise<void> {
    const { row } = await this.inviting.load(actor, callId, interviewId);
    mustRun(actor);
    await this.mark(row, missed, actor.userId, async (_, session) => {
      await this.actors.heldAsStaff(actor, session);
      return true;
    });
  }

  /** Throws 404, 409 `cohort_closed`, `too_early`, `noted`, `edited_meanwhile`. */
  async byPanel(userId: string, interviewId: string, { missed }: MarkAttendance): Promise<MyInterview> {
    const { row } = await this.mine.load(userId, interviewId);
    await this.mark(row, missed, userId, async (panel) => (await this.mine.sitting(userId, panel)) !== null);
    return await this.mine.get(userId, interviewId);
  }

  /** Said again, nothing happens: of two who say it at once, one did. Who hands in a note holds the panel too. `may`: whether they say it of a panel as it stands by then. */
  private async mark(
    { _id, cohortId }: Pick<InterviewRow, '_id' | 'cohortId'>,
    missed: boolean,
    userId: string,
    may: May,
  ): Promise<void> {
    await this.transactions.run(async (session) => {
      if (!(await this.cohorts.hold(cohortId, session))) throw closedForGood();
      const row = await this.interviews.byId(_id, session);
      const panel = row && (await this.panels.hold(row.panelId, session));
      if (!row?.time || !panel || !(await may(panel, session))) throw notFound();
      const now = this.clock.now();
      mustHaveBegun(row.time, now);
      if (missed === Boolean(row.missedAt)) return;
      if (missed && (await this.notes.handedIn([_id], session)).length > 0)
        throw conflict('noted', 'Notes about this interview are handed in: it took place.');
      if (!(await this.interviews.miss(row, missed ? now : null, session))) throw editedMeanwhile();
      const { callId, applicationId, changedAt } = row;
      const act = missed ? 'interview-missed' : 'interview-came';
      await this.acts.writeLast({ callId, applicationId, act, byId: idOf(userId) }, changedAt, session);
    });
  }
}
