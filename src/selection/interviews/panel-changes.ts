import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock } from '../../common/times/clock.js';
import { InterviewMails } from './interview-mails.js';
import type { InterviewRow, PanelRow } from './interview.schema.js';
import { InterviewsRepository } from './interviews.repository.js';

/** What follows for the interviews of a panel of which something changed. */
@Injectable()
export class PanelChanges {
  constructor(
    private readonly interviews: InterviewsRepository,
    private readonly mails: InterviewMails,
    private readonly clock: Clock,
  ) {}

  /** All interviews of a panel, taken into the transaction that changes it: who chooses a time meanwhile looks at the panel anew. */
  async hold(panelId: Types.ObjectId, session: ClientSession): Promise<InterviewRow[]> {
    await this.interviews.holdOfPanel(panelId, session);
    return await this.interviews.ofPanels([panelId], session);
  }

  /** Those that are to come hear that the place, the phone number or the panel is another: `panel` as it is now, `left` sit there no more. `rows` are held. */
  async tell(
    rows: readonly InterviewRow[],
    panel: PanelRow,
    left: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<void> {
    const now = this.clock.now();
    const toCome = rows.flatMap((row) =>
      row.time && row.time.startsAt > now ? [{ ...row, time: row.time, turn: row.turn + 1 }] : [],
    );
    await this.interviews.turnHeld(
      toCome.map(({ _id }) => _id),
      now,
      session,
    );
    await this.mails.changed(toCome, panel, left, session);
  }
}
