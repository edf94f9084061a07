import { Inject, Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { People } from '../../auth/people.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Logos } from '../../cohorts/logos.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, notFound } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { writtenCode } from './certificate-code.js';
import { certificateWords } from './certificate-words.js';
import { CertificatesRepository } from './certificates.repository.js';
import { RegistrationsRepository } from '../registrations/registrations.repository.js';
import { stateOf } from '../workshop.js';
import { WorkshopsRepository } from '../workshops.repository.js';

const MADE = { name: 'workshop-certificate', points: 30, seconds: 600 };

/** Certificates of attendance: for who was there, once it is over, and for nobody else. */
@Injectable()
export class Certificates {
  constructor(
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly users: UsersRepository,
    private readonly people: People,
    private readonly certificates: CertificatesRepository,
    private readonly logos: Logos,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** My own, as a PDF in my language. Throws 404 for who is no member (any more), 409 `not_attended` or `not_over`, 429. */
  async of(userId: string, cohortId: string, workshopId: string): Promise<{ name: string; pdf: Readable }> {
    const actor = await this.members.actorIn({ userId, loginId: '', isAdmin: false }, cohortId);
    const id = toId(workshopId);
    const row = actor && id && (await this.workshops.inCohort(idOf(actor.cohortId), id));
    if (!row || row.status === 'draft') throw notFound();
    const mine = await this.registrations.find(row._id, idOf(userId));
    const now = this.clock.now();
    if (mine?.status !== 'attended') throw conflict('not_attended', 'It was not said that you were there.');
    if (stateOf(row, now) !== 'over') throw conflict('not_over', 'It is not over yet.');
    await this.limits.take(MADE, userId);
    const [person, cohort, hosts] = await Promise.all([
      this.users.profile(idOf(userId)),
      this.cohorts.byId(row.cohortId),
      this.people.faces(row.hosts.map(String)),
    ]);
    if (!person || !cohort) throw notFound();
    const { title, kind, startsAt, endsAt, timeZone } = row;
    const says = { name: person.name, cohort: cohort.name, title, kind, startsAt, endsAt, timeZone };
    const made = { cohortId: row.cohortId, workshopId: row._id, userId: person._id, says, madeAt: now };
    const [{ code }, logo] = await Promise.all([
      this.certificates.make(made),
      cohort.logo ? this.logos.read(cohort.logo) : null,
    ]);
    const address = new URL(`/certificates/${writtenCode(code)}`, this.config.PUBLIC_URL).href;
    const { locale } = person;
    const words = certificateWords({ ...says, hosts: hosts.map((host) => host.name), now, locale, address });
    // Loaded with the first certificate: the fonts are large.
    const { certificatePage } = await import('./certificate-page.js');
    return { name: words.fileName, pdf: certificatePage(words, locale, logo) };
  }
}
