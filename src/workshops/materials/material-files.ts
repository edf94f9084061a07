import { Injectable } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import type { FileRow } from '../../files/file.schema.js';
import { type FileHolder, FileHolders } from '../../files/file-holders.js';
import { maySee } from '../workshops.policy.js';
import { WorkshopsRepository } from '../workshops.repository.js';

/** Files of workshops are opened by who is of the cohort and may see the workshop now; an admin who is no member is not. */
@Injectable()
export class MaterialFiles implements FileHolder {
  constructor(
    holders: FileHolders,
    private readonly members: Members,
    private readonly workshops: WorkshopsRepository,
  ) {
    holders.provide('workshop', this);
  }

  async mayRead(userId: string, { placeId }: NonNullable<FileRow['holder']>): Promise<boolean> {
    const workshop = await this.workshops.byId(placeId);
    const actor = workshop && (await this.actorIn(userId, String(workshop.cohortId)));
    return Boolean(workshop && actor && maySee(actor, workshop));
  }

  private async actorIn(userId: string, cohortId: string) {
    return await this.members.actorIn({ userId, loginId: '', isAdmin: false }, cohortId);
  }
}
