import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { fold } from '../../common/texts/fold.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import {
  MAX_TEMPLATES,
  type RenameTemplate,
  type SaveTemplate,
  type WorkshopTemplate,
  type WorkshopTemplates as Templates,
} from '../../contracts/workshops/workshop-copies.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { templateOf } from './workshop-copy.js';
import { WorkshopDrafts, mustBeRunning } from '../workshop-drafts.js';
import { plainOf } from '../workshop-fields.js';
import type { WorkshopTemplateRow } from './workshop-template.schema.js';
import { WorkshopTemplatesRepository } from './workshop-templates.repository.js';
import { WorkshopsRepository } from '../workshops.repository.js';

/** What new workshops of a cohort can begin with. Staff keep them, who makes a workshop may begin with one. */
@Injectable()
export class WorkshopTemplates {
  constructor(
    private readonly templates: WorkshopTemplatesRepository,
    private readonly workshops: WorkshopsRepository,
    private readonly drafts: WorkshopDrafts,
    private readonly people: People,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async list(actor: CohortActor): Promise<Templates> {
    return { items: await this.shown(actor, await this.templates.inCohort(idOf(actor.cohortId), MAX_TEMPLATES)) };
  }

  /** Keeps a workshop as a template. Throws 422 for a workshop that is not of this cohort, 409 `name_taken`, `too_many_templates`. */
  async save(actor: CohortActor, { workshopId, name }: SaveTemplate): Promise<WorkshopTemplate> {
    mustBeRunning(actor);
    const cohortId = idOf(actor.cohortId);
    const id = toId(workshopId);
    const workshop = id && (await this.workshops.inCohort(cohortId, id));
    if (!workshop) throw invalidField('/workshopId', 'unknown');
    const row: WorkshopTemplateRow = {
      _id: newId(),
      cohortId,
      ...named(name),
      fields: templateOf(workshop),
      createdBy: idOf(actor.userId),
      createdAt: this.clock.now(),
    };
    await withOwnName(() => this.keep(actor, row));
    return await this.one(actor, row._id.toHexString());
  }

  /** Throws 404, 409 `name_taken`. */
  async rename(actor: CohortActor, templateId: string, { name }: RenameTemplate): Promise<WorkshopTemplate> {
    mustBeRunning(actor);
    const id = toId(templateId);
    const renamed = id && (await withOwnName(() => this.templates.rename(idOf(actor.cohortId), id, named(name))));
    if (!renamed) throw notFound();
    return await this.one(actor, templateId);
  }

  async drop(actor: CohortActor, templateId: string): Promise<void> {
    mustBeRunning(actor);
    const id = toId(templateId);
    if (!id || !(await this.templates.delete(idOf(actor.cohortId), id))) throw notFound();
  }

  /** Two who save at once take turns: each takes the cohort's row before it counts. */
  private async keep(actor: CohortActor, row: WorkshopTemplateRow): Promise<void> {
    await this.transactions.run(async (session) => {
      await this.actors.heldStill(actor, session);
      if ((await this.templates.count(row.cohortId, session)) >= MAX_TEMPLATES)
        throw conflict('too_many_templates', 'Drop one first.', { most: MAX_TEMPLATES });
      await this.templates.insert(row, session);
    });
  }

  private async one(actor: CohortActor, templateId: string): Promise<WorkshopTemplate> {
    const id = toId(templateId);
    const row = id && (await this.templates.one(idOf(actor.cohortId), id));
    const [template] = row ? await this.shown(actor, [row]) : [];
    if (!template) throw notFound();
    return template;
  }

  private async shown(actor: CohortActor, rows: readonly WorkshopTemplateRow[]): Promise<WorkshopTemplate[]> {
    const hosts = [...new Set(rows.flatMap(({ fields }) => fields.hosts))];
    const members = await this.drafts.membersOf(actor.cohortId, hosts);
    const people = await this.people.byId([...members]);
    return rows.map(({ _id, name, fields }) => {
      const still = fields.hosts.filter((host) => members.has(host));
      return {
        ...fields,
        ...plainOf(fields),
        id: String(_id),
        name,
        link: actor.role === 'staff' ? fields.link : null,
        hosts: still,
        people: still.flatMap((host) => people.get(host) ?? []),
      };
    });
  }
}

const named = (name: string) => ({ name, nameKey: fold(name) });

async function withOwnName<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict('name_taken', 'Another template has this name.');
    throw error;
  }
}
