import { Injectable } from '@nestjs/common';
import { CallsService } from '../../calls/calls.service.js';
import { ApplicationsReader } from '../../calls/applications/applications-reader.js';
import { OwnFiles } from '../../calls/own-files.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import type { ChooseTime, OfferTimes, OfferedTimes } from '../../contracts/selection/interviews.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { ChoosingTimes } from './choosing.service.js';
import { InterviewsRepository } from './interviews.repository.js';
import { InvitingToInterviews } from './inviting.service.js';
import { type May, Offering } from './offering.service.js';
import { PanelsService } from './panels.service.js';

/** The times of panels, as staff plan them for those who sit there. */
@Injectable()
export class StaffTimes {
  constructor(
    private readonly calls: CallsService,
    private readonly panels: PanelsService,
    private readonly interviews: InterviewsRepository,
    private readonly applications: ApplicationsReader,
    private readonly own: OwnFiles,
    private readonly offering: Offering,
    private readonly inviting: InvitingToInterviews,
    private readonly choosing: ChoosingTimes,
    private readonly actors: ActorsNow,
  ) {}

  /** Throws 404, 409 `cohort_closed`, `too_many_times`, `interviewer_busy`, `room_taken`, 422. */
  async offer(actor: CohortActor, callId: string, panelId: string, offer: OfferTimes): Promise<OfferedTimes> {
    const { call, panel } = await this.panels.load(actor, callId, panelId);
    mustRun(actor);
    return { offered: await this.offering.offer(call, panel._id, offer, this.leading(actor)) };
  }

  /** For somebody who is invited and asks staff. Throws 404, 409 `cohort_closed`, `own_file`, `time_taken`, `too_late`, `applicant_busy`, `edited_meanwhile`. */
  async set(actor: CohortActor, callId: string, interviewId: string, { timeId }: ChooseTime): Promise<void> {
    const { call, file } = await this.inviting.load(actor, callId, interviewId);
    mustRun(actor);
    if (!file) throw notFound();
    await this.choosing.chooseFor(actor, file, call, timeId);
  }

  /** Throws 404, 409 `cohort_closed`, `too_late`, `own_file` of a time that is one's own. */
  async takeAway(actor: CohortActor, callId: string, timeId: string): Promise<void> {
    const call = await this.calls.load(actor, callId);
    const id = toId(timeId);
    if (!id) throw notFound();
    mustRun(actor);
    const time = await this.interviews.time(id);
    const row = time?.interviewId ? await this.interviews.byId(time.interviewId) : null;
    if (row) await this.own.mustBeOfOthers(actor, ...(await this.applications.some([row.applicationId])));
    await this.offering.takeAway(call, id, idOf(actor.userId), this.leading(actor));
  }

  /** Of the programme team still, as it is written. */
  private leading =
    (actor: CohortActor): May =>
    async (_, session) => {
      await this.actors.heldAsStaff(actor, session);
      return true;
    };
}
