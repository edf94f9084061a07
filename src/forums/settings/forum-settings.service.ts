import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { ForumRules, SaveForumRules, SettingChange } from '../../contracts/forum/rules.js';
import type { SaveTopicTemplates, TopicTemplates } from '../../contracts/forum/templates.js';
import { USUAL_RULES } from '../../contracts/forum/usual-rules.js';
import { USUAL_TEMPLATES } from '../../contracts/forum/usual-templates.js';
import { idOf } from '../../infra/mongo/ids.js';
import { faceOf } from '../forums.presenter.js';
import type { ForumSettingRow, SettingOf } from './forum-setting.schema.js';
import { ForumSettingsRepository } from './forum-settings.repository.js';

/** What staff set for the forum of their cohort. Who was not the last to read it is told so, and overwrites nothing. */
@Injectable()
export class ForumSettings {
  constructor(
    private readonly rows: ForumSettingsRepository,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  /** The rules, for every member. */
  async rules(actor: CohortActor): Promise<ForumRules> {
    const row = await this.rows.find(idOf(actor.cohortId), 'rules');
    return { texts: row?.content ?? USUAL_RULES, ...(await this.changeOf(actor, row)) };
  }

  /** Throws 409 `stale` with `now`. */
  async saveRules(actor: CohortActor, { texts, revision }: SaveForumRules): Promise<ForumRules> {
    return await this.save(actor, { what: 'rules', content: texts, revision }, () => this.rules(actor));
  }

  /** By what a new topic may begin, for every member. */
  async templates(actor: CohortActor): Promise<TopicTemplates> {
    const row = await this.rows.find(idOf(actor.cohortId), 'templates');
    return { items: row?.content ?? [...USUAL_TEMPLATES], ...(await this.changeOf(actor, row)) };
  }

  /** Throws 409 `stale` with `now`. */
  async saveTemplates(actor: CohortActor, { items, revision }: SaveTopicTemplates): Promise<TopicTemplates> {
    const content = items.map((item) => ({ ...item, tags: [...new Set(item.tags)] }));
    return await this.save(actor, { what: 'templates', content, revision }, () => this.templates(actor));
  }

  private async save<Now>(
    actor: CohortActor,
    { what, content, revision }: { what: keyof SettingOf; content: SettingOf[keyof SettingOf]; revision: number },
    read: () => Promise<Now>,
  ): Promise<Now> {
    const by = { byId: idOf(actor.userId), at: this.clock.now() };
    const row = { cohortId: idOf(actor.cohortId), what, content, revision: revision + 1, ...by };
    const isWritten = await this.rows.write(row);
    const now = await read();
    if (!isWritten) throw conflict('stale', 'Somebody changed this meanwhile. Look again.', { now });
    return now;
  }

  private async changeOf(actor: CohortActor, row: ForumSettingRow | null): Promise<SettingChange> {
    const faces = await this.people.byId(row ? [String(row.byId)] : []);
    return {
      revision: row?.revision ?? 0,
      changedBy: row && faceOf(row.byId, faces),
      changedAt: row?.at.toISOString() ?? null,
      abilities: { write: actor.role === 'staff' },
    };
  }
}
