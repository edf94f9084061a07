import { Inject, Injectable } from '@nestjs/common';
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
import { NoThread, type ThreadTask, Threads, TooMuchWork } from '../../infra/threads/threads.js';
import { writtenCode } from './certificate-code.js';
import type { CertificateInput, Undrawable } from './certificate-page.js';
import { certificateWords } from './certificate-words.js';
import { CertificatesRepository } from './certificates.repository.js';
import { RegistrationsRepository } from '../registrations/registrations.repository.js';
import { stateOf } from '../workshop.js';
import { WorkshopsRepository } from '../workshops.repository.js';

const PAGE: ThreadTask = { file: new URL('./certificate-page', import.meta.url), name: 'certificatePage' };
const PAGE_MS = 15_000;
/** So many of the letters are named. */
const MOST_SAID = 12;
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
    private readonly threads: Threads,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** My own, as a PDF in my language. Throws 404 for who is no member (any more), 409 `not_attended`, `not_over` or `not_printable` (with `letters`), 429. */
  async of(userId: string, cohortId: string, workshopId: string): Promise<{ name: string; pdf: Buffer }> {
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
    const input: CertificateInput = { words, lang: locale, logo };
    return { name: words.fileName, pdf: await this.drawn(input) };
  }

  /** One that takes too long says nothing of its words: the machine is busy, and who asks is told to come again. */
  private async drawn(input: CertificateInput): Promise<Buffer> {
    try {
      const page = await this.threads.run<Uint8Array | Undrawable>(PAGE, input, { withinMs: PAGE_MS });
      if ('letters' in page) throw notPrintable(page);
      return Buffer.from(page);
    } catch (error) {
      throw error instanceof TooMuchWork ? new NoThread(PAGE.name, { cause: error }) : error;
    }
  }
}

/** A name with a gap in it attests nothing of anybody. */
const notPrintable = ({ letters }: Undrawable) =>
  conflict('not_printable', 'No font has some of these letters: write them in others.', {
    letters: letters.slice(0, MOST_SAID).join(' '),
  });
