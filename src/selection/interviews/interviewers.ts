import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { UsersRepository, knownAddresses } from '../../auth/users.repository.js';
import type { CallRow } from '../../calls/call.schema.js';
import { MembershipsRepository } from '../../cohorts/members/memberships.repository.js';
import { mailboxOf } from '../../common/texts/mailbox.js';
import { JurorsRepository } from '../jurors/jurors.repository.js';
import { interestIn } from '../jurors/interests.js';
import { KnownJurors } from '../jurors/known-jurors.js';
import { type AskedRow, ReviewsRepository } from '../reviews/reviews.repository.js';
import type { StepRow } from '../steps/step.schema.js';
import { StepsRepository } from '../steps/steps.repository.js';

/** A file as far as somebody can have an interest in it. */
export interface JudgedFile {
  _id: Types.ObjectId;
  email: string;
  submitted: { known: { agency?: string } };
}

/** Who may sit on a panel. `mustNotJudge`: a file in which they have an interest, or said so. `stillReads`: one that they are asked to read without what its step hides, until they hand that in. */
export interface KnownInterviewer {
  userId: string;
  name: string;
  mustNotJudge: (file: JudgedFile) => boolean;
  stillReads: (file: Pick<JudgedFile, '_id'>) => boolean;
}

/** Whether somebody sees nothing of an interview about a file: whom they talk to, and all that was answered, stands there. */
export const mustNotSee = (one: KnownInterviewer, file: JudgedFile): boolean =>
  one.mustNotJudge(file) || one.stillReads(file);

/** Who may sit on the panels of a call: its jurors who have joined, and the programme team. Asked anew each time: who leaves sees nothing from then on. */
@Injectable()
export class Interviewers {
  constructor(
    private readonly jurors: JurorsRepository,
    private readonly known: KnownJurors,
    private readonly reviews: ReviewsRepository,
    private readonly steps: StepsRepository,
    private readonly members: MembershipsRepository,
    private readonly users: UsersRepository,
  ) {}

  /** By their name. */
  async ofCall({ _id, cohortId }: Pick<CallRow, '_id' | 'cohortId'>): Promise<Map<string, KnownInterviewer>> {
    const [jurors, members, asked, unread] = await Promise.all([
      this.jurors.ofCall(_id),
      this.members.inCohort(cohortId, { roles: ['staff'] }),
      this.reviews.givenUp(_id),
      this.unread(_id),
    ]);
    const joined = jurors.filter(({ state }) => state === 'joined');
    const said = new Set(asked.filter(({ state }) => state === 'conflict').map(pairOf));
    const ids = [...members.map(({ userId }) => userId), ...joined.flatMap(({ userId }) => userId ?? [])];
    const profiles = (await this.users.profiles(ids)).filter(({ ended }) => !ended);
    const byPerson = new Map((await this.known.of(joined)).map((juror) => [String(juror.userId), juror]));
    const people = profiles.map(({ _id: userId, name, ...account }): KnownInterviewer => {
      const juror = byPerson.get(String(userId));
      const mailboxes = knownAddresses(account).map(mailboxOf);
      return {
        ...{ userId: String(userId), name: juror?.name ?? name },
        mustNotJudge: (file) =>
          mailboxes.includes(mailboxOf(file.email)) ||
          (juror !== undefined &&
            (said.has(pairOf({ jurorId: juror._id, applicationId: file._id })) ||
              interestIn(juror, { email: file.email, agency: file.submitted.known.agency }) !== null)),
        stillReads: ({ _id: applicationId }) =>
          juror !== undefined && unread.has(pairOf({ jurorId: juror._id, applicationId })),
      };
    });
    return new Map(people.sort((a, b) => a.name.localeCompare(b.name)).map((one) => [one.userId, one]));
  }

  /** What those who have left are called, by their accounts; nobody whose account is gone. */
  async called(
    people: ReadonlyMap<string, Pick<KnownInterviewer, 'name'>>,
    userIds: readonly Types.ObjectId[],
  ): Promise<(userId: Types.ObjectId) => string> {
    const left = userIds.filter((id) => !people.has(String(id)));
    const accounts = left.length > 0 ? await this.users.profiles(left) : [];
    const names = new Map(accounts.flatMap(({ _id, name, ended }) => (ended ? [] : [[String(_id), name] as const])));
    return (id) => people.get(String(id))?.name ?? names.get(String(id)) ?? '';
  }

  /** Who is asked to read what, in open steps that hide something, and has not handed it in. */
  private async unread(callId: Types.ObjectId): Promise<ReadonlySet<string>> {
    const hiding = (await this.steps.ofCall(callId)).filter(
      ({ state, hidden }) => state === 'open' && hidden.length > 0,
    );
    if (hiding.length === 0) return new Set();
    const open = await this.reviews.unread(callId);
    const isRead = ({ stepId, applicationId }: AskedRow): boolean =>
      hiding.some((step) => step._id.equals(stepId) && reads(step, applicationId));
    return new Set(open.filter(isRead).map(pairOf));
  }
}

/** Whether a step reads a file: the first one reads all, a later one what is chosen for it. */
const reads = ({ number, chosen }: StepRow, applicationId: Types.ObjectId): boolean =>
  number === 1 || chosen.some((id) => id.equals(applicationId));

const pairOf = ({ jurorId, applicationId }: Pick<AskedRow, 'jurorId' | 'applicationId'>): string =>
  `${String(jurorId)} ${String(applicationId)}`;
