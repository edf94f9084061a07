import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelCopies } from '../../chat/channels/channel-copies.js';
import { cohortCopied } from '../../cohorts/cohorts.events.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import type { CopyKind } from '../../contracts/cohorts/cohort-copies.js';
import { HandbookCopying } from '../../handbook/copying/handbook-copying.service.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { LadderService } from '../../reminders/schedule/ladder.service.js';
import { ProgrammeCopies } from '../../workshops/programme/programme-copies.service.js';

/** Brings one kind into a cohort; done twice, it is there once. */
type Bringing = (actor: CohortActor, fromCohortId: string) => Promise<unknown>;

/** What comes along from one cohort to the next, by the outbox: each kind by itself, until it is done. */
@Injectable()
export class CopiedKinds implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly members: Members,
    private readonly rules: LadderService,
    private readonly programme: ProgrammeCopies,
    private readonly channels: ChannelCopies,
    private readonly handbook: HandbookCopying,
  ) {}

  onModuleInit(): void {
    this.follow('rules', (actor, from) => this.rules.copy(actor, from));
    this.follow('workshops', (actor, fromCohortId) =>
      this.programme.copy(actor, { fromCohortId, onClosed: 'move', locale: 'en' }),
    );
    this.follow('channels', ({ cohortId, userId }, from) => this.channels.copy(from, { cohortId, byId: userId }));
    this.follow('handbook', (actor, from) => this.handbook.copy(actor, from));
  }

  /** Rows of the outbox remember the name. */
  private follow(kind: CopyKind, bring: Bringing): void {
    this.outbox.on(cohortCopied, `copied ${kind}`, async ({ kinds, cohortId, fromCohortId, byId }) => {
      if (!kinds.includes(kind)) return;
      const [here, there] = await Promise.all([this.actorIn(byId, cohortId), this.actorIn(byId, fromCohortId)]);
      // Who left one of the two teams meanwhile reads and writes nothing there any more, and what is closed stays as it is.
      if (here?.role !== 'staff' || there?.role !== 'staff' || here.cohortState === 'closed') return;
      await bring(here, fromCohortId);
    });
  }

  private actorIn(userId: string, cohortId: string): Promise<CohortActor | null> {
    return this.members.actorIn({ userId, loginId: '', isAdmin: false }, cohortId);
  }
}
