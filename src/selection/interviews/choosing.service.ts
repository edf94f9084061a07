import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { Shown } from '../../calls/applications/applicant-tokens.js';
import { type AddressedFile, ApplicationsReader } from '../../calls/applications/applications-reader.js';
import type { CallRow } from '../../calls/call.schema.js';
import { CallsRepository } from '../../calls/calls.repository.js';
import { ApplicationActs } from '../../calls/decisions/application-acts.js';
import { closedForGood } from '../../cohorts/cohort-rules.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { type Problem, conflict, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { ChooseTime, OwnInterview, OwnInvitation } from '../../contracts/selection/interviews.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { editedMeanwhile } from '../steps/steps.service.js';
import { Interviewers } from './interviewers.js';
import { InterviewMails } from './interview-mails.js';
import { isTalkedAbout, mustBeToCome } from './interview-rules.js';
import type { InterviewRow, PanelRow } from './interview.schema.js';
import { InterviewsRepository } from './interviews.repository.js';
import { PanelsRepository } from './panels.repository.js';
import { type Stretch, mayMove, moveUntil, overlaps } from './times.js';

/** All of a panel hear of each choice. */
const MAX_MOVES = 10;

/**
 * On whose behalf a time is chosen. `mustRun`: the cohort does, and who chooses may, as the choice is written. `may` throws where it is too late, `busy` says that they have other interviews then, `moves`: whether another
 * time counts as a move of who applies, `then` is written with the choice.
 */
interface Choosing {
  /** Throws 409 `cohort_closed`, and for who may not choose any more. */
  mustRun: (session: ClientSession) => Promise<void>;
  may: (row: InterviewRow, panel: PanelRow, now: Date) => void;
  busy: (others: readonly InterviewRow[]) => Problem;
  moves: boolean;
  then?: (row: InterviewRow, session: ClientSession) => Promise<void>;
}

/** Who applies chooses among the times of the panel that invited them, or staff do for them. */
@Injectable()
export class ChoosingTimes {
  constructor(
    private readonly applications: ApplicationsReader,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly actors: ActorsNow,
    private readonly panels: PanelsRepository,
    private readonly interviews: InterviewsRepository,
    private readonly interviewers: Interviewers,
    private readonly mails: InterviewMails,
    private readonly acts: ApplicationActs,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Throws 404 for a file that is not handed in. */
  async get(shown: Shown): Promise<OwnInvitation> {
    const file = await this.file(shown);
    const invitation = await this.invitation(file);
    return { interview: invitation && (await this.present(file, invitation)) };
  }

  /** Of many who take one time at once one has it. Throws 404, 409 `cohort_closed`, `time_taken`, `too_late`, `too_many_moves`, `you_are_busy`. */
  async choose(shown: Shown, { timeId }: ChooseTime): Promise<OwnInvitation> {
    const { file, call } = await this.invited(shown);
    await this.claim(file, call, timeId, {
      mustRun: async (session) => {
        if (!(await this.runs(file, session))) throw closedForGood();
      },
      may: (row, panel, now) => row.time && mustMove(row, row.time, panel, now),
      busy,
      moves: true,
    });
    return await this.get(shown);
  }

  /** Staff choose for somebody who asks them: how late, and how often, is for them to say, as long as nothing has begun. Throws 404, 409 `cohort_closed`, `time_taken`, `too_late`, `applicant_busy`, `edited_meanwhile`. */
  async chooseFor(actor: CohortActor, file: AddressedFile, call: CallRow, timeId: string): Promise<void> {
    const byId = idOf(actor.userId);
    await this.claim(file, call, timeId, {
      mustRun: (session) => this.actors.heldAsStaff(actor, session),
      may: ({ time }, _, now) => mustBeToCome(time, now),
      // Of what they do in another cohort this one does not hear.
      busy: (others) =>
        others.some(({ cohortId }) => cohortId.equals(file.cohortId))
          ? conflict('applicant_busy', 'They have another interview then.')
          : taken(),
      moves: false,
      then: async ({ callId, applicationId }, session) =>
        await this.acts.write([{ callId, applicationId, act: 'interview-set', byId }], session),
    });
  }

  /** The one way in which a time is taken, whoever chooses it. */
  private async claim(file: AddressedFile, call: CallRow, timeId: string, by: Choosing): Promise<void> {
    const id = toId(timeId);
    if (!id) throw taken();
    const [people, elsewhere] = await Promise.all([this.interviewers.ofCall(call), this.elsewhere(file)]);
    await this.transactions.run(async (session) => {
      await by.mustRun(session);
      const { row, panel } = await this.now(file, session);
      // The same, sent twice.
      if (row.time?.id.equals(id)) return;
      const now = this.clock.now();
      by.may(row, panel, now);
      const time = await this.interviews.time(id, session);
      if (!time?.panelId.equals(panel._id)) throw taken();
      if (time.startsAt <= now) throw tooLate();
      const isSomebodyThere = panel.memberIds.some((one) => people.has(String(one)));
      if (!isSomebodyThere || !(await this.interviews.take(row, id, now, session))) throw taken();
      const held = await this.interviews.holdOfFiles(elsewhere, session);
      const others = held.filter((one) => one.time && overlaps(one.time, time));
      if (others.length > 0) throw by.busy(others);
      await this.interviews.free(row, session);
      const chosen = { id, startsAt: time.startsAt, endsAt: time.endsAt };
      const isMove = by.moves && row.turn > (row.fromTurn ?? 0);
      if (!(await this.interviews.turn(row, chosen, { at: now, isMove }, session))) throw editedMeanwhile();
      await by.then?.(row, session);
      await this.mails.booked({ ...row, time: chosen, turn: row.turn + 1 }, panel, session);
    });
  }

  /** Gives the time back; said again, nothing happens. Throws 404, 409 `cohort_closed`, `too_late`, `too_many_moves`. */
  async giveBack(shown: Shown): Promise<OwnInvitation> {
    const { file } = await this.invited(shown);
    await this.transactions.run(async (session) => {
      if (!(await this.runs(file, session))) throw closedForGood();
      const { row, panel } = await this.now(file, session);
      if (!row.time) return;
      const now = this.clock.now();
      mustMove(row, row.time, panel, now);
      await this.interviews.free(row, session);
      if (!(await this.interviews.turn(row, null, { at: now }, session))) throw editedMeanwhile();
      await this.mails.freed('given-back', { ...row, turn: row.turn + 1 }, row.time, panel, session);
    });
    return await this.get(shown);
  }

  /**
   * As it stands in a transaction: who changes a panel holds its interviews, so that a choice is of the panel before, or of the one after. So does what follows where a file is talked about no more: a
   * choice is of a time before that, and freed by it, or there is none. Throws 404.
   */
  private async now({ _id }: AddressedFile, session: ClientSession): Promise<{ row: InterviewRow; panel: PanelRow }> {
    const file = await this.applications.addressed(_id, session);
    const row = file && isTalkedAbout(file, this.clock.now()) ? await this.interviews.ofFile(_id, session) : null;
    const panel = row && (await this.panels.byId(row.panelId, session));
    if (!panel) throw notFound();
    return { row, panel };
  }

  /** Read in the transaction, and not held: a hundred who choose at once would all wait for one row. A cohort that closes at this moment closes after the choice. */
  private async runs({ cohortId }: AddressedFile, session: ClientSession): Promise<boolean> {
    return (await this.cohorts.byId(cohortId, session))?.state === 'running';
  }

  /** What else the same address handed in to calls of cohorts that run: nobody talks to two panels at once. */
  private async elsewhere({ callId, email }: AddressedFile): Promise<Types.ObjectId[]> {
    const calls = await this.calls.ofCohorts(await this.cohorts.running());
    return await this.applications.ofAddress(
      calls.flatMap(({ _id }) => (_id.equals(callId) ? [] : [_id])),
      email,
    );
  }

  private async file(shown: Shown): Promise<AddressedFile> {
    const file = await this.applications.shown(shown);
    if (!file) throw notFound();
    return file;
  }

  private async invitation(file: AddressedFile): Promise<{ row: InterviewRow; panel: PanelRow } | null> {
    if (!isTalkedAbout(file, this.clock.now())) return null;
    const row = await this.interviews.ofFile(file._id);
    const panel = row && (await this.panels.byId(row.panelId));
    return panel ? { row, panel } : null;
  }

  /** Throws 404, 409 `cohort_closed`. */
  private async invited(shown: Shown): Promise<{ file: AddressedFile; call: CallRow }> {
    const file = await this.file(shown);
    const [invitation, cohort, call] = await Promise.all([
      this.invitation(file),
      this.cohorts.byId(file.cohortId),
      this.calls.byId(file.callId),
    ]);
    if (!invitation || !call) throw notFound();
    if (cohort?.state !== 'running') throw closedForGood();
    return { file, call };
  }

  private async present(
    { callId, cohortId }: AddressedFile,
    { row, panel }: { row: InterviewRow; panel: PanelRow },
  ): Promise<OwnInterview | null> {
    const now = this.clock.now();
    const [call, cohort, times] = await Promise.all([
      this.calls.byId(callId),
      this.cohorts.byId(cohortId),
      this.interviews.timesOf([panel._id]),
    ]);
    if (!call) return null;
    const people = await this.interviewers.ofCall(call);
    const names = panel.memberIds.flatMap((id) => people.get(String(id))?.name ?? []);
    const isOpen =
      cohort?.state === 'running' && (!row.time || (mayMove(row.time, panel.moveHours, now) && row.moves < MAX_MOVES));
    // Where everybody has left, nobody would be there.
    const free =
      isOpen && names.length > 0
        ? times.filter(({ interviewId, startsAt }) => interviewId === null && startsAt > now)
        : [];
    return {
      ...{ minutes: panel.minutes, timeZone: call.timeZone },
      ...(row.time ? { place: panel.place, phone: panel.phone } : { place: '', phone: '' }),
      with: names,
      startsAt: row.time?.startsAt.toISOString() ?? null,
      endsAt: row.time?.endsAt.toISOString() ?? null,
      until: row.time ? moveUntil(row.time, panel.moveHours).toISOString() : null,
      times: free.map(({ _id, startsAt, endsAt }) => ({
        ...{ id: String(_id), startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
      })),
      abilities: { choose: isOpen, giveBack: isOpen && row.time !== null },
    };
  }
}

const taken = (): Problem => conflict('time_taken', 'This time is not free any more.');
const tooLate = (): Problem => conflict('too_late', 'It is too late to change this time.');
const busy = (): Problem => conflict('you_are_busy', 'You have another interview then.');

/** Throws 409 `too_late`, `too_many_moves`. */
function mustMove({ moves }: InterviewRow, time: Stretch, { moveHours }: PanelRow, now: Date): void {
  if (!mayMove(time, moveHours, now)) throw tooLate();
  if (moves >= MAX_MOVES)
    throw conflict('too_many_moves', `A time is moved at most ${MAX_MOVES} times.`, { maximum: MAX_MOVES });
}
