import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Turns } from '../../calendar/turns.js';
import type { CallRow } from '../../calls/call.schema.js';
import { ApplicationActs } from '../../calls/decisions/application-acts.js';
import { closedForGood } from '../../cohorts/cohort-rules.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { conflict, invalid, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { MAX_TIMES, type OfferTimes } from '../../contracts/selection/interviews.js';
import { newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Interviewers } from './interviewers.js';
import { InterviewMails } from './interview-mails.js';
import { mustBeToCome } from './interview-rules.js';
import type { PanelRow, TimeRow } from './interview.schema.js';
import { InterviewsRepository } from './interviews.repository.js';
import { PanelsRepository } from './panels.repository.js';
import { type Stretch, isSamePlace, newTimes, overlaps, problemsOfOffer, timesOf } from './times.js';

/** Asked of the panel once more as it is held, with its cohort: who was taken off it, or left, meanwhile does nothing there. */
export type May = (panel: PanelRow, session: ClientSession) => Promise<boolean>;

/** The times of panels, as staff and those who sit there offer them and take them away. Who may, is asked before, and with `may` once more. */
@Injectable()
export class Offering {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly panels: PanelsRepository,
    private readonly interviews: InterviewsRepository,
    private readonly interviewers: Interviewers,
    private readonly mails: InterviewMails,
    private readonly acts: ApplicationActs,
    private readonly turns: Turns,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Returns how many are new. Throws 404, 409 `cohort_closed`, `too_many_times`, `interviewer_busy`, `room_taken`, 422. */
  async offer(call: CallRow, panelId: Types.ObjectId, offer: OfferTimes, may: May): Promise<number> {
    return await this.transactions.run(async (session) => {
      if (!(await this.cohorts.hold(call.cohortId, session))) throw closedForGood();
      const panel = await this.panels.hold(panelId, session);
      if (!panel?.callId.equals(call._id) || !(await may(panel, session))) throw notFound();
      const now = this.clock.now();
      const problems = problemsOfOffer(offer, panel.minutes, call.timeZone, now);
      if (problems.length > 0) throw invalid(problems);
      const there = await this.interviews.timesOf([panelId], session);
      const fresh = newTimes(timesOf(offer, panel.minutes, call.timeZone, now), there);
      if (there.length + fresh.length > MAX_TIMES)
        throw conflict('too_many_times', `A panel offers at most ${MAX_TIMES} times.`, { maximum: MAX_TIMES });
      await this.mustBeFree(call, panel, fresh, session);
      await this.interviews.addTimes(
        fresh.map((time): TimeRow => ({ _id: newId(), panelId, ...time, interviewId: null })),
        session,
      );
      return fresh.length;
    });
  }

  /** Takes a time away. Who had chosen it hears of it, and chooses another one: of what has begun there is none. Throws 404, 409 `cohort_closed`, `too_late`. */
  async takeAway(call: CallRow, timeId: Types.ObjectId, byId: Types.ObjectId, may: May): Promise<void> {
    await this.transactions.run(async (session) => {
      if (!(await this.cohorts.hold(call.cohortId, session))) throw closedForGood();
      const time = await this.interviews.time(timeId, session);
      const panel = time && (await this.panels.hold(time.panelId, session));
      if (!time || !panel?.callId.equals(call._id) || !(await may(panel, session))) throw notFound();
      const row = time.interviewId && (await this.interviews.byId(time.interviewId, session));
      const now = this.clock.now();
      if (row) mustBeToCome(time, now);
      await this.interviews.removeTime(timeId, session);
      if (!row?.time?.id.equals(timeId)) return;
      await this.interviews.turn(row, null, { at: now }, session);
      const { callId, applicationId } = row;
      await this.acts.write([{ callId, applicationId, act: 'interview-freed', byId }], session);
      await this.mails.freed('taken-away', { ...row, turn: row.turn + 1 }, row.time, panel, session);
    });
  }

  /**
   * That nobody of a panel, and not its place, is asked for by another one at these times, which are taken into the transaction: of two who offer at once one sees what the other wrote. Throws 409
   * `interviewer_busy`, `room_taken`.
   */
  async mustBeFree(
    call: CallRow,
    panel: Pick<PanelRow, '_id' | 'cohortId' | 'memberIds' | 'place'>,
    times: readonly Stretch[],
    session: ClientSession,
  ): Promise<void> {
    if (times.length === 0) return;
    const stretches = panel.memberIds.flatMap((userId) =>
      times.map(({ startsAt, endsAt }) => ({ userId: String(userId), from: startsAt.getTime(), to: endsAt.getTime() })),
    );
    await this.turns.take(stretches, session);
    const running = new Set((await this.cohorts.running()).map(String));
    const [theirs, beside] = [
      (await this.panels.ofPeople(panel.memberIds, session)).filter(
        ({ _id, cohortId }) => !_id.equals(panel._id) && running.has(String(cohortId)),
      ),
      (await this.panels.ofCohort(panel.cohortId, session)).filter(
        ({ _id, place }) => !_id.equals(panel._id) && isSamePlace(place, panel.place),
      ),
    ];
    const taken = await this.interviews.timesOf(
      [...new Map([...theirs, ...beside].map(({ _id }) => [String(_id), _id])).values()],
      session,
    );
    const over = new Set(
      taken.filter((one) => times.some((time) => overlaps(one, time))).map(({ panelId }) => String(panelId)),
    );
    const busy = new Set(theirs.flatMap(({ _id, memberIds }) => (over.has(String(_id)) ? memberIds.map(String) : [])));
    const names = panel.memberIds.flatMap((id) => (busy.has(String(id)) ? [String(id)] : []));
    if (names.length > 0) {
      const people = await this.interviewers.ofCall(call);
      throw conflict('interviewer_busy', 'Somebody of the panel has another interview then.', {
        names: names.flatMap((id) => people.get(id)?.name ?? []),
      });
    }
    if (beside.some(({ _id }) => over.has(String(_id))))
      throw conflict('room_taken', 'Another panel is at this place then.');
  }
}
