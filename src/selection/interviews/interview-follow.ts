import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { CallsRepository } from '../../calls/calls.repository.js';
import { ApplicationsReader } from '../../calls/applications/applications-reader.js';
import { acceptanceEnded, applicationErased, applicationsDeclined } from '../../calls/calls.events.js';
import { memberLeft, roleChanged } from '../../cohorts/cohorts.events.js';
import { Clock } from '../../common/times/clock.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { jurorLeft } from '../jurors/jurors.events.js';
import { InterviewMails } from './interview-mails.js';
import { InterviewNotesRepository } from './notes/interview-notes.repository.js';
import { isTalkedAbout } from './interview-rules.js';
import type { PanelRow } from './interview.schema.js';
import { Interviewers } from './interviewers.js';
import { InterviewsRepository } from './interviews.repository.js';
import { PanelChanges } from './panel-changes.js';
import { PanelsRepository } from './panels.repository.js';

/** What follows for interviews where a file is taken back, declined or erased, and where who sits on a panel leaves. */
@Injectable()
export class InterviewFollow implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly applications: ApplicationsReader,
    private readonly calls: CallsRepository,
    private readonly interviewers: Interviewers,
    private readonly changes: PanelChanges,
    private readonly panels: PanelsRepository,
    private readonly interviews: InterviewsRepository,
    private readonly notes: InterviewNotesRepository,
    private readonly mails: InterviewMails,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.on(acceptanceEnded, 'interviews', ({ applicationId }) => this.over(idOf(applicationId)));
    this.outbox.on(applicationsDeclined, 'interviews', async ({ applicationIds }) => {
      for (const { applicationId } of await this.interviews.ofFiles(applicationIds.map(idOf)))
        await this.over(applicationId);
    });
    this.outbox.on(jurorLeft, 'interviews', ({ callId, userId }) =>
      this.left(userId, (panel) => String(panel.callId) === callId),
    );
    for (const kind of [memberLeft, roleChanged])
      this.outbox.on(kind, 'interviews', ({ cohortId, userId }) =>
        this.left(userId, (panel) => String(panel.cohortId) === cohortId),
      );
    this.outbox.on(applicationErased, 'interviews of erased files', ({ applicationId }) =>
      this.erased(idOf(applicationId)),
    );
  }

  /** The time of who took their file back, was declined, or lost their place is free again, and the panel hears of it. Where the file is still there, so is the interview, with its notes. */
  private async over(applicationId: Types.ObjectId): Promise<void> {
    const file = await this.applications.addressed(applicationId);
    const now = this.clock.now();
    if (!file) await this.end(applicationId, true);
    if (!file || isTalkedAbout(file, now)) return;
    await this.transactions.run(async (session) => {
      // Who chooses a time at this moment does so before, or looks once more whether the file is talked about.
      const [row] = await this.interviews.holdOfFiles([applicationId], session);
      if (!row?.time || row.time.startsAt <= now) return;
      const panel = await this.panels.hold(row.panelId, session);
      if (!panel) return;
      await this.interviews.free(row, session);
      await this.interviews.turn(row, null, { at: now }, session);
      await this.mails.freed('taken-away', { ...row, turn: row.turn + 1 }, row.time, panel, session);
    });
  }

  /** Who is no juror of the call, and not of the team, any more sits on its panels no more; the others hear of it, once. */
  private async left(userId: string, isConcerned: (panel: PanelRow) => boolean): Promise<void> {
    const id = idOf(userId);
    for (const { _id, callId } of (await this.panels.ofPeople([id])).filter(isConcerned)) {
      const call = await this.calls.byId(callId);
      if (!call || (await this.interviewers.ofCall(call)).has(userId)) continue;
      await this.transactions.run(async (session) => {
        const before = await this.panels.hold(_id, session);
        if (!before?.memberIds.some((one) => one.equals(id))) return;
        const memberIds = before.memberIds.filter((one) => !one.equals(id));
        await this.panels.change(before, { memberIds }, session);
        const rows = await this.changes.hold(_id, session);
        await this.changes.tell(rows, { ...before, memberIds }, [id], session);
      });
    }
  }

  private async erased(applicationId: Types.ObjectId): Promise<void> {
    await this.end(applicationId, false);
    await this.transactions.run(async (session) => {
      await this.notes.forget(applicationId, session);
      await this.mails.forget(applicationId, session);
    });
  }

  private async end(applicationId: Types.ObjectId, isTold: boolean): Promise<void> {
    await this.transactions.run(async (session) => {
      const row = await this.interviews.ofFile(applicationId, session);
      const panel = row && (await this.panels.hold(row.panelId, session));
      if (!row) return;
      await this.interviews.free(row, session);
      await this.interviews.delete(row, session);
      if (isTold && panel) await this.mails.freed(null, { ...row, turn: row.turn + 1 }, row.time, panel, session);
    });
  }
}
