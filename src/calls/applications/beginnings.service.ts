import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { conflict } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { BeginApplication } from '../../contracts/calls/applications.js';
import { FormLimits } from '../../infra/http/form-limits.js';
import { PublicCallsService } from '../public-calls.service.js';
import { ApplicantTokens } from './applicant-tokens.js';
import { ApplicationMails } from './application-mails.js';
import { ApplicationsRepository } from './applications.repository.js';
import { UNOPENED_KEPT_MS } from './erase-times.js';

/** Begins a file for an address, or sends its link again. */
@Injectable()
export class Beginnings {
  constructor(
    private readonly calls: PublicCallsService,
    private readonly applications: ApplicationsRepository,
    private readonly tokens: ApplicantTokens,
    private readonly mails: ApplicationMails,
    private readonly limits: FormLimits,
    private readonly clock: Clock,
  ) {}

  /**
   * Whoever the address belongs to, the same answer after the same work: what goes on is said in a mail to it. After the closing only who has a file gets its link: of all others a letter about
   * nothing is written, which goes nowhere. Throws 404 where there is no
   * such call, 409 `call_not_open` before its opening, 429.
   */
  async begin(slug: string, { email, locale, timeZone }: BeginApplication, network: string): Promise<void> {
    const { call, cohort } = await this.calls.shown(slug);
    const now = this.clock.now();
    if (call.opensAt && now < call.opensAt) throw conflict('call_not_open', 'This call is not open yet.');
    await this.limits.take(String(call._id), email, network);
    const begun = this.calls.isOpen(call, cohort)
      ? await this.applications.begin({
          ...{ callId: call._id, cohortId: call.cohortId, email, locale, timeZone: timeZone ?? call.timeZone },
          ...{ key: randomBytes(9).toString('hex'), version: call.version, createdAt: now },
          eraseAt: new Date(now.getTime() + UNOPENED_KEPT_MS),
        })
      : await this.applications.ofAddress(call._id, email);
    await this.mails.link(begun?._id ?? this.tokens.nobody(call._id, email));
  }
}
