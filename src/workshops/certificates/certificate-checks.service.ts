import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { notFound } from '../../common/problem.js';
import type { CertificateCheck } from '../../contracts/workshops/certificates.js';
import { networkCounts } from '../../infra/http/network.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import { RegistrationsRepository } from '../registrations/registrations.repository.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { typedCertificateCode, writtenCode } from './certificate-code.js';
import type { CertificateRow } from './certificate.schema.js';
import { CertificatesRepository } from './certificates.repository.js';

/** Codes of one place that are none. They are counted once that is known: who guesses at a shared address keeps no paper of others from being looked at. */
const MISSES: Limit = { name: 'certificate-checks', points: 120, seconds: 600 };

/** Whether a certificate is ours and still holds, for whoever has its code. */
@Injectable()
export class CertificateChecks {
  constructor(
    private readonly certificates: CertificatesRepository,
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly users: UsersRepository,
    private readonly limits: RateLimits,
  ) {}

  /** `network`: whence it is asked. Throws 404 for a code that is none, 429. */
  async check(typed: string, network: string): Promise<CertificateCheck> {
    const row = await this.find(typed);
    if (!row) {
      await this.limits.takeAll(networkCounts(MISSES, network));
      throw notFound();
    }
    return { code: writtenCode(row.code), says: (await this.holds(row)) ? said(row) : null };
  }

  private async find(typed: string): Promise<CertificateRow | null> {
    const code = typedCertificateCode(typed);
    const row = code ? await this.certificates.byCode(code) : null;
    if (!row || (await this.users.profile(row.userId))) return row;
    // Nothing that names somebody outlives them.
    await this.certificates.forget(row._id);
    return null;
  }

  private async holds({ cohortId, workshopId, userId }: CertificateRow): Promise<boolean> {
    const [workshop, registration] = await Promise.all([
      this.workshops.inCohort(cohortId, workshopId),
      this.registrations.find(workshopId, userId),
    ]);
    return workshop?.status === 'published' && registration?.status === 'attended';
  }
}

const said = ({ says, madeAt }: CertificateRow): CertificateCheck['says'] => ({
  ...{ name: says.name, title: says.title, kind: says.kind, timeZone: says.timeZone, cohort: says.cohort },
  startsAt: says.startsAt.toISOString(),
  endsAt: says.endsAt.toISOString(),
  madeAt: madeAt.toISOString(),
});
