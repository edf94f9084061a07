import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { actionsDropped } from '../../mentoring/mentoring.events.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { Notifier } from '../notifier.js';

/** Tells fellows of what a coach who left had taken on for them and nobody does any more; each once. */
@Injectable()
export class ActionNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly people: People,
    private readonly sessions: SessionsReader,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(actionsDropped, 'action notices', ({ cohortId, ownerId }) => this.tellAll(cohortId, ownerId));
  }

  private async tellAll(cohortId: string, ownerId: string): Promise<void> {
    const actions = await this.sessions.droppedActionsOf(cohortId, ownerId);
    if (actions.length === 0) return;
    const by = (await this.people.byId([ownerId])).get(ownerId)?.name ?? '';
    for (const { id, sessionId, text, fellowIds } of actions) {
      await this.notifier.notify({
        userIds: fellowIds,
        cohortId,
        kind: 'action.dropped',
        params: { by, byId: ownerId, about: text },
        link: `/c/${cohortId}/coaching/sessions/${sessionId}`,
        why: 'participant',
        key: `action.dropped-${id}`,
      });
    }
  }
}
