import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import type { Actor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { OpenedApplication } from '../../contracts/calls/applications.js';
import type { MyApplication, MyApplications } from '../../contracts/calls/my-applications.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { ApplicationsService } from '../applications/applications.service.js';
import type { CallRow } from '../call.schema.js';
import { isOver } from '../call-times.js';
import { CallsRepository } from '../calls.repository.js';
import { stateFor } from '../decisions/deciding.js';
import { PublicCallsService } from '../public-calls.service.js';
import { askedAt } from '../work/asked-piece.js';
import { type ListedFile, MyApplicationsRepository } from './my-applications.repository.js';

/** The files of who is signed in: those of their address, as soon as they have shown that it is theirs. They open them without looking for a letter. */
@Injectable()
export class MyApplicationsService {
  constructor(
    private readonly users: UsersRepository,
    private readonly files: MyApplicationsRepository,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly publicCalls: PublicCallsService,
    private readonly applications: ApplicationsService,
    private readonly clock: Clock,
  ) {}

  async list(actor: Pick<Actor, 'userId'>): Promise<MyApplications> {
    const email = await this.ownAddress(actor);
    const files = email === null ? [] : await this.files.list(email);
    const calls = await this.calls.byIds(files.map(({ callId }) => callId));
    const cohorts = await this.cohorts.byIds(calls.map(({ cohortId }) => cohortId));
    return {
      items: files.flatMap((file) => {
        const call = calls.find(({ _id }) => _id.equals(file.callId));
        const cohort = call && cohorts.find(({ _id }) => _id.equals(call.cohortId));
        return call && cohort ? [this.present(file, call, cohort)] : [];
      }),
    };
  }

  /** Opens one. Throws 404. */
  async open(actor: Pick<Actor, 'userId'>, applicationId: string): Promise<OpenedApplication> {
    const [email, id] = [await this.ownAddress(actor), toId(applicationId)];
    const file = email !== null && id ? await this.files.keyOf(id, email) : null;
    if (!file) throw notFound();
    const given = { userId: actor.userId, at: this.clock.now() };
    return await this.applications.openFor({ applicationId: String(file._id), key: file.key }, given);
  }

  /** Null where nobody has shown that the address of the account is theirs. */
  private async ownAddress({ userId }: Pick<Actor, 'userId'>): Promise<string | null> {
    const account = await this.users.profile(idOf(userId));
    return account && !account.unconfirmedIn ? account.email : null;
  }

  private present(file: ListedFile, call: CallRow, cohort: CohortRow): MyApplication {
    const now = this.clock.now();
    const { slug, kind, title, closesAt } = call;
    const { submitted } = file;
    return {
      ...{ id: String(file._id), state: stateFor(file, now), number: file.numberText ?? null },
      call: {
        ...{ slug, kind, title, closesAt: (closesAt ?? new Date(0)).toISOString(), cohortName: cohort.name },
        isOpen: this.publicCalls.isOpen(call, cohort, now),
        isOver: isOver(call, now) || cohort.state === 'closed',
      },
      submittedAt: submitted?.at.toISOString() ?? null,
      isChanged: file.state === 'submitted' && submitted !== null && submitted.revision !== file.revision,
      asked: cohort.state !== 'closed' && askedAt(file, now) !== null,
    };
  }
}
