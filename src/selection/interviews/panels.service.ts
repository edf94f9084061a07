import { Injectable } from '@nestjs/common';
import type { CallRow } from '../../calls/call.schema.js';
import { CallsService } from '../../calls/calls.service.js';
import { ApplicationsReader, nameOf } from '../../calls/applications/applications-reader.js';
import { OwnFiles } from '../../calls/own-files.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, notFound } from '../../common/problem.js';
import { grouped } from '../../common/grouped.js';
import { Clock } from '../../common/times/clock.js';
import type { CreatePanel, InterviewPanel, Interviews, UpdatePanel } from '../../contracts/selection/interviews.js';
import { newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { editedMeanwhile } from '../steps/steps.service.js';
import { Interviewers } from './interviewers.js';
import { InterviewNotesRepository } from './notes/interview-notes.repository.js';
import { summed } from './notes/judged.js';
import { abilitiesOf, decisionFor, missedOf, stateOf } from './interview-rules.js';
import type { PanelRow } from './interview.schema.js';
import { InterviewsRepository } from './interviews.repository.js';
import { Offering } from './offering.service.js';
import { PanelChanges } from './panel-changes.js';
import { membersAmong, membersOf, mustTalkTo } from './panel-members.js';
import { type PanelChange, PanelsRepository } from './panels.repository.js';

const MAX_PANELS = 20;

/** The panels of a call, as staff make and change them. */
@Injectable()
export class PanelsService {
  constructor(
    private readonly calls: CallsService,
    private readonly actors: ActorsNow,
    private readonly panels: PanelsRepository,
    private readonly interviews: InterviewsRepository,
    private readonly notes: InterviewNotesRepository,
    private readonly interviewers: Interviewers,
    private readonly offering: Offering,
    private readonly applications: ApplicationsReader,
    private readonly own: OwnFiles,
    private readonly changes: PanelChanges,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Of the file of who asks it says what they know, and not how many notes there are. Throws 404. */
  async list(actor: CohortActor, callId: string): Promise<Interviews> {
    const call = await this.calls.load(actor, callId);
    const [rows, people, isOwn] = await Promise.all([
      this.panels.ofCall(call._id),
      this.interviewers.ofCall(call),
      this.own.of(actor),
    ]);
    const ids = rows.map(({ _id }) => _id);
    const [times, invited] = await Promise.all([this.interviews.timesOf(ids), this.interviews.ofPanels(ids)]);
    const [files, notes] = await Promise.all([
      this.applications.some(invited.map(({ applicationId }) => applicationId)),
      this.notes.handedIn(invited.map(({ _id }) => _id)),
    ]);
    const now = this.clock.now();
    const isRunning = actor.cohortState === 'running';
    const known = new Map(files.map((file) => [String(file._id), file]));
    const handedIn = grouped(notes, ({ interviewId }) => String(interviewId));
    const panelOf = (row: PanelRow): InterviewPanel => ({
      ...{ id: String(row._id), revision: row.revision, name: row.name, minutes: row.minutes, place: row.place },
      ...{ phone: row.phone, moveHours: row.moveHours, members: membersOf(row, people) },
      times: times
        .filter(({ panelId }) => panelId.equals(row._id))
        .map(({ _id, startsAt, endsAt, interviewId }) => ({
          ...{ id: String(_id), startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
          interviewId: interviewId && String(interviewId),
        })),
      interviews: invited
        .filter(({ panelId }) => panelId.equals(row._id))
        .map((one) => {
          const file = known.get(String(one.applicationId));
          const isMine = file !== undefined && isOwn(file);
          const state = stateOf(one, file && decisionFor(file, isMine, now));
          const sums = summed(isMine ? [] : (handedIn.get(String(one._id)) ?? []), call);
          return {
            ...{ id: String(one._id), applicationId: String(one.applicationId), number: file?.numberText ?? '' },
            ...{ name: file ? nameOf(file) : '', craft: file?.submitted.known.craftName ?? null },
            ...{ state, moves: one.moves, isOwn: isMine },
            startsAt: one.time?.startsAt.toISOString() ?? null,
            endsAt: one.time?.endsAt.toISOString() ?? null,
            ...sums,
            invitedAt: one.invitedAt.toISOString(),
            remindedAt: one.remindedAt?.toISOString() ?? null,
            refusedAt: one.refusedAt?.toISOString() ?? null,
            ...missedOf(one, isMine),
            abilities: abilitiesOf({ time: one.time, state, handedIn: sums.handedIn }, isRunning && !isMine, now),
          };
        })
        .sort((a, b) => a.number.localeCompare(b.number)),
    });
    return {
      timeZone: call.timeZone,
      panels: rows.map(panelOf).sort((a, b) => a.name.localeCompare(b.name)),
      people: [...people.values()].map(({ userId, name }) => ({ userId, name, isThere: true })),
      abilities: { edit: isRunning },
    };
  }

  /** Throws 404, 409 `cohort_closed`, `too_many_panels`, 422 `/memberIds` `unknown`. */
  async create(actor: CohortActor, callId: string, body: CreatePanel): Promise<Interviews> {
    const call = await this.calls.load(actor, callId);
    mustRun(actor);
    const memberIds = membersAmong(body.memberIds, await this.interviewers.ofCall(call));
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if ((await this.panels.ofCall(call._id, session)).length >= MAX_PANELS)
        throw conflict('too_many_panels', `A call has at most ${MAX_PANELS} panels.`, { maximum: MAX_PANELS });
      await this.panels.insert(
        {
          ...{ _id: newId(), callId: call._id, cohortId: call.cohortId, ...body, memberIds, revision: 0, held: 0 },
          createdAt: this.clock.now(),
        },
        session,
      );
    });
    return await this.list(actor, callId);
  }

  /** Throws 404, 409 `cohort_closed`, `edited_meanwhile`, `times_offered`, `interviewer_busy`, `room_taken`, `own_file`, `interest`, `still_read`, 422 `/memberIds` `unknown`. */
  async update(
    actor: CohortActor,
    callId: string,
    panelId: string,
    { revision, memberIds: asked, ...words }: UpdatePanel,
  ): Promise<Interviews> {
    const { call, panel } = await this.load(actor, callId, panelId);
    mustRun(actor);
    const people = await this.interviewers.ofCall(call);
    const memberIds = asked && membersAmong(asked, people, panel.memberIds);
    const change: PanelChange = { ...words, ...(memberIds && { memberIds }) };
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      const before = await this.panels.hold(panel._id, session);
      if (before?.revision !== revision || !(await this.panels.change(before, change, session)))
        throw editedMeanwhile();
      const after = { ...before, ...change };
      const times = await this.interviews.timesOf([panel._id], session);
      if (after.minutes !== before.minutes && times.length > 0)
        throw conflict('times_offered', 'Times are offered: how long they are stays.');
      const now = this.clock.now();
      const invited = await this.changes.hold(panel._id, session);
      const isElsewhere = after.place !== before.place;
      const joining = after.memberIds.filter((id) => !before.memberIds.some((one) => one.equals(id)));
      const left = before.memberIds.filter((id) => !after.memberIds.some((one) => one.equals(id)));
      if (isElsewhere || joining.length > 0)
        await this.offering.mustBeFree(
          call,
          // Only who is new there is looked at: the others were, as the times were offered.
          { ...after, memberIds: joining },
          times.filter(({ endsAt }) => endsAt > now),
          session,
        );
      if (joining.length + left.length > 0) {
        const files = await this.applications.some(invited.map(({ applicationId }) => applicationId));
        // Nobody chooses who talks to themselves.
        await this.own.mustBeOfOthers(actor, ...files);
        mustTalkTo(joining, people, files);
      }
      if (!isElsewhere && after.phone === before.phone && joining.length + left.length === 0) return;
      await this.changes.tell(invited, after, left, session);
    });
    return await this.list(actor, callId);
  }

  /** Throws 404, 409 `cohort_closed`, `panel_in_use`. */
  async delete(actor: CohortActor, callId: string, panelId: string): Promise<void> {
    const { panel } = await this.load(actor, callId, panelId);
    mustRun(actor);
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      await this.panels.hold(panel._id, session);
      if ((await this.interviews.ofPanels([panel._id], session)).length > 0)
        throw conflict('panel_in_use', 'Files are invited by this panel: call those interviews off first.');
      await this.interviews.removeTimesOf(panel._id, session);
      await this.panels.delete(panel._id, session);
    });
  }

  /** A panel of a call of the actor's cohort. Throws 404. */
  async load(actor: CohortActor, callId: string, panelId: string): Promise<{ call: CallRow; panel: PanelRow }> {
    const call = await this.calls.load(actor, callId);
    const id = toId(panelId);
    const panel = id && (await this.panels.byId(id));
    if (!panel?.callId.equals(call._id)) throw notFound();
    return { call, panel };
  }
}
