import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { CallRow } from '../../calls/call.schema.js';
import { CallsService } from '../../calls/calls.service.js';
import { isOver } from '../../calls/call-times.js';
import { type AddressedFile, ApplicationsReader, nameOf } from '../../calls/applications/applications-reader.js';
import { ApplicationActs } from '../../calls/decisions/application-acts.js';
import { OwnFiles } from '../../calls/own-files.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import { Clock, HOUR } from '../../common/times/clock.js';
import {
  type InterviewNotes,
  type InvitableFiles,
  type InviteToInterviews,
  type InvitedToInterviews,
  MAX_INTERVIEWS,
  type RemindedToChoose,
} from '../../contracts/selection/interviews.js';
import { idOf, newId, toId, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { editedMeanwhile } from '../steps/steps.service.js';
import { Interviewers } from './interviewers.js';
import { InterviewMails } from './interview-mails.js';
import { InterviewNotesRepository } from './notes/interview-notes.repository.js';
import { judgedBy, notesOf } from './notes/judged.js';
import { decisionFor, isInvitable, mustBeToCome } from './interview-rules.js';
import type { InterviewRow, PanelRow } from './interview.schema.js';
import { InterviewsRepository } from './interviews.repository.js';
import { mustTalkTo } from './panel-members.js';
import { PanelsRepository } from './panels.repository.js';
import { PanelsService } from './panels.service.js';

/** Whom panels talk to: staff invite, remind and call off, and read what was noted. */
@Injectable()
export class InvitingToInterviews {
  constructor(
    private readonly calls: CallsService,
    private readonly actors: ActorsNow,
    private readonly of: PanelsService,
    private readonly panels: PanelsRepository,
    private readonly interviews: InterviewsRepository,
    private readonly notesOf: InterviewNotesRepository,
    private readonly interviewers: Interviewers,
    private readonly applications: ApplicationsReader,
    private readonly own: OwnFiles,
    private readonly mails: InterviewMails,
    private readonly acts: ApplicationActs,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Throws 404. */
  async files(actor: CohortActor, callId: string): Promise<InvitableFiles> {
    const call = await this.calls.load(actor, callId);
    const [files, isOwn] = await Promise.all([this.applications.ofCall(call._id), this.own.of(actor)]);
    const now = this.clock.now();
    const open = files.filter((file) => isInvitable(decisionFor(file, isOwn(file), now)));
    const rows = byFile(await this.interviews.ofFiles(open.map(({ _id }) => _id)));
    return {
      items: open.flatMap((file): InvitableFiles['items'] => {
        const row = rows.get(String(file._id));
        // That they did not come themselves is for others to say.
        if (row && (!row.missedAt || isOwn(file))) return [];
        return [
          {
            ...{ applicationId: String(file._id), number: file.numberText ?? '', name: nameOf(file) },
            ...{ craft: file.submitted.known.craftName ?? null, isOwn: isOwn(file), hasMissed: row !== undefined },
          },
        ];
      }),
    };
  }

  /** Throws 404, 409 `cohort_closed`, `call_open`, `no_times`, `too_many_interviews`, `own_file`, `interest`, `still_read`, `edited_meanwhile`, 422 `/applicationIds` `unknown`. */
  async invite(
    actor: CohortActor,
    callId: string,
    panelId: string,
    body: InviteToInterviews,
  ): Promise<InvitedToInterviews> {
    const { call, panel } = await this.of.load(actor, callId, panelId);
    mustRun(actor);
    const now = this.clock.now();
    if (!isOver(call, now)) throw conflict('call_open', 'Interviews begin once the call is closed.');
    const ids = toIds([...new Set(body.applicationIds.map((id) => id.toLowerCase()))]);
    const named = (await this.applications.some(ids)).filter((file) => file.callId.equals(call._id));
    // Before it is looked at what was decided of them: of their own file no refusal tells.
    await this.own.mustBeOfOthers(actor, ...named);
    const files = named.filter((file) => isInvitable(file.decision?.kind ?? null));
    if (body.applicationIds.some((id) => !files.some(({ _id }) => String(_id) === id.toLowerCase())))
      throw invalidField('/applicationIds', 'unknown');
    const people = await this.interviewers.ofCall(call);
    return await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      const held = await this.panels.hold(panel._id, session);
      if (!held) throw notFound();
      const known = byFile(await this.interviews.ofFiles(ids, session));
      const fresh = files.filter(({ _id }) => !known.has(String(_id)));
      const missed = files.flatMap(({ _id }) => known.get(String(_id)) ?? []).filter(({ missedAt }) => missedAt);
      const anew = new Set(missed.map(({ applicationId }) => String(applicationId)));
      const those = files.filter(({ _id }) => !known.has(String(_id)) || anew.has(String(_id)));
      mustTalkTo(held.memberIds, people, those);
      if (those.length > 0) await this.mustOfferTimes(held, session);
      const there = await this.interviews.ofPanels([panel._id], session);
      if (there.filter(({ applicationId }) => !anew.has(String(applicationId))).length + those.length > MAX_INTERVIEWS)
        throw conflict('too_many_interviews', `A panel talks to at most ${MAX_INTERVIEWS}.`, {
          maximum: MAX_INTERVIEWS,
        });
      const rows = fresh.map(({ _id: applicationId }): InterviewRow => ({
        ...{ _id: newId(), callId: call._id, cohortId: call.cohortId, panelId: panel._id, applicationId, time: null },
        ...{ turn: 0, fromTurn: 0, moves: 0, invitedAt: now, changedAt: now, remindedAt: null, refusedAt: null },
        ...{ missedAt: null, missed: [], held: 0 },
      }));
      await this.interviews.invite(rows, session);
      // What was begun of a talk that was missed says nothing of the next one. Who writes it holds the panel of then.
      await this.panels.holdAll(
        missed.map(({ panelId }) => panelId),
        session,
      );
      await this.notesOf.forgetBegun(
        missed.map(({ _id }) => _id),
        session,
      );
      if ((await this.interviews.inviteAnew(missed, panel._id, now, session)) < missed.length) throw editedMeanwhile();
      const invited = [...rows, ...missed.map((row) => ({ ...row, turn: row.turn + 1 }))];
      await this.mails.invited(invited, session);
      await this.act('interview-invited', actor, invited, session);
      return { invited: invited.length };
    });
  }

  /** All but the one who asks. Throws 404, 409 `cohort_closed`. */
  async remind(actor: CohortActor, callId: string, panelId: string): Promise<RemindedToChoose> {
    const { panel } = await this.of.load(actor, callId, panelId);
    mustRun(actor);
    const at = this.clock.now();
    const notSince = new Date(at.getTime() - HOUR);
    const rows = (await this.interviews.ofPanels([panel._id])).filter(({ time }) => !time);
    const [files, isOwn] = await Promise.all([
      this.applications.some(rows.map(({ applicationId }) => applicationId)),
      this.own.of(actor),
    ]);
    const talkedTo = new Set(
      files.flatMap((file) => (!isOwn(file) && isInvitable(file.decision?.kind ?? null) ? [String(file._id)] : [])),
    );
    const waiting = rows.filter(({ applicationId }) => talkedTo.has(String(applicationId)));
    return await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      const reminded = await this.interviews.remind(
        waiting.map(({ _id }) => _id),
        { at, notSince },
        session,
      );
      await this.mails.reminded(reminded, at, session);
      return { reminded: reminded.length };
    });
  }

  /** One that is to come, and of which nothing is handed in. Throws 404, 409 `cohort_closed`, `own_file`, `too_late`, `noted`, `edited_meanwhile`. */
  async callOff(actor: CohortActor, callId: string, interviewId: string): Promise<void> {
    const { row } = await this.load(actor, callId, interviewId);
    mustRun(actor);
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      const now = await this.interviews.byId(row._id, session);
      const panel = now && (await this.panels.hold(now.panelId, session));
      if (!now || !panel) throw notFound();
      mustBeToCome(now.time, this.clock.now());
      if ((await this.notesOf.handedIn([now._id], session)).length > 0)
        throw conflict('noted', 'Notes about this interview are handed in: they stay.');
      await this.interviews.free(now, session);
      if (!(await this.interviews.delete(now, session))) throw editedMeanwhile();
      await this.notesOf.forgetBegun([now._id], session);
      await this.act('interview-off', actor, [now], session);
      await this.mails.freed('called-off', { ...now, turn: now.turn + 1 }, now.time, panel, session);
    });
  }

  /** What was handed in. Throws 404, 409 `own_file`. */
  async notes(actor: CohortActor, callId: string, interviewId: string): Promise<InterviewNotes> {
    const { row, call } = await this.load(actor, callId, interviewId);
    const [notes, people] = await Promise.all([this.notesOf.of([row._id]), this.interviewers.ofCall(call)]);
    const called = await this.interviewers.called(
      people,
      notes.map(({ authorId }) => authorId),
    );
    return { ...judgedBy(call), items: notesOf(notes, called, call) };
  }

  /** Who is invited finds a time to choose. Throws 409 `no_times`. */
  private async mustOfferTimes({ _id }: PanelRow, session: ClientSession): Promise<void> {
    const now = this.clock.now();
    const times = await this.interviews.timesOf([_id], session);
    if (!times.some(({ interviewId, startsAt }) => interviewId === null && startsAt > now))
      throw conflict('no_times', 'No time of this panel is free: offer some first.');
  }

  private async act(
    act: 'interview-invited' | 'interview-off',
    { userId }: CohortActor,
    rows: readonly InterviewRow[],
    session: ClientSession,
  ): Promise<void> {
    const byId = idOf(userId);
    await this.acts.write(
      rows.map(({ callId, applicationId }) => ({ callId, applicationId, act, byId })),
      session,
    );
  }

  /** An interview of a call of the actor's cohort, of which they may know; `file` is null where it was taken back. Throws 404, 409 `own_file`. */
  async load(
    actor: CohortActor,
    callId: string,
    interviewId: string,
  ): Promise<{ row: InterviewRow; call: CallRow; file: AddressedFile | null }> {
    const call = await this.calls.load(actor, callId);
    const id = toId(interviewId);
    const row = id && (await this.interviews.byId(id));
    if (!row?.callId.equals(call._id)) throw notFound();
    const file = await this.applications.addressed(row.applicationId);
    if (file) await this.own.mustBeOfOthers(actor, file);
    return { row, call, file };
  }
}

const byFile = (rows: readonly InterviewRow[]): ReadonlyMap<string, InterviewRow> =>
  new Map(rows.map((row) => [String(row.applicationId), row]));
