import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { UsersRepository } from '../../auth/users.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { notFound } from '../../common/problem.js';
import type { InviteResult } from '../../contracts/cohorts/cohorts.js';
import type { SendAt } from '../../contracts/cohorts/invitation-letters.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { mustRun } from '../cohort-rules.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { type ImportTable, decodeText, lineError, readTable } from './invitation-csv.js';
import { type CheckedLine, checkLines } from './invitation-lines.js';
import { InvitationMails } from './invitation-mails.js';
import type { InvitationRow } from './invitation.schema.js';
import { type Earlier, InvitationsRepository } from './invitations.repository.js';
import { dueOf, endOf } from './letter-state.js';
import { LettersOfDay } from './letters-of-day.js';
import { PlannedWithInvitedPort } from '../invited/joining.js';
import { ActorsNow } from '../members/actors-now.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import { ProjectsRepository } from '../projects/projects.repository.js';

const MAX_ERRORS = 1000;
const TRIES = 3;

/**
 * Invitations that are made of applications. `projectIds`: what is planned with each, by address. `take` is called in the transaction that writes them, and returns those that are
 * written after all.
 */
export interface MadeOfFiles {
  projectIds: ReadonlyMap<string, readonly Types.ObjectId[]>;
  take: (rows: readonly InvitationRow[], session: ClientSession) => Promise<InvitationRow[]>;
}

/** `note`: what who invites writes to all of them; `sendAt`: when their letters go. */
interface Wanted {
  dryRun: boolean;
  note?: string | undefined;
  sendAt?: SendAt | undefined;
  made?: MadeOfFiles;
}

/** What an import would do, found by reading only. */
interface Draft {
  create: CheckedLine[];
  unchanged: CheckedLine[];
  /** Open invitations that are over and make room for new ones. */
  over: Types.ObjectId[];
  /** How often each address was invited before. */
  attempts: Map<string, number>;
  /** The invitations of these addresses that are over, with what was planned. */
  plans: Map<string, Earlier>;
  projects: Map<string, Types.ObjectId>;
  errors: InviteResult['errors'];
}

/** Invites many people at once: all of them, or with any error nobody. */
@Injectable()
export class InvitationImport {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly projects: ProjectsRepository,
    private readonly invitations: InvitationsRepository,
    private readonly users: UsersRepository,
    private readonly actors: ActorsNow,
    private readonly planned: PlannedWithInvitedPort,
    private readonly mails: InvitationMails,
    private readonly letters: LettersOfDay,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** People as JSON; lines count from 1. */
  async people(actor: CohortActor, people: readonly unknown[], wanted: Wanted): Promise<InviteResult> {
    const lines = people.map((person, index) => ({ line: index + 1, person }));
    return await this.run(actor, { lines, ignoredColumns: [], errors: [] }, wanted);
  }

  /** People as a CSV file, in whatever charset and with whatever separator spreadsheets write. */
  async csv(
    actor: CohortActor,
    file: { bytes: Buffer; charset?: string | undefined },
    wanted: Wanted,
  ): Promise<InviteResult> {
    return await this.run(actor, readTable(decodeText(file.bytes, file.charset)), wanted);
  }

  /** Throws 409 `cohort_closed`, 403 and 404 as {@link ActorsNow.mustLead}, 422 as {@link dueOf}, 429 as {@link LettersOfDay.takeEach}: what is kept is no letter. Members and people who have an invitation are `unchanged`. */
  private async run(actor: CohortActor, table: ImportTable, wanted: Wanted): Promise<InviteResult> {
    const { dryRun } = wanted;
    mustRun(actor);
    const goes = dueOf(wanted.sendAt, this.clock.now()) !== null;
    for (let left = TRIES; ; left -= 1) {
      const draft = await this.draft(actor, table, wanted.made !== undefined);
      const emails = goes ? draft.create.map(({ email }) => email) : [];
      const mayGo = !dryRun && draft.errors.length === 0;
      const full = mayGo ? await this.letters.takeEach(actor.userId, emails) : new Set<string>();
      draft.errors.push(...draft.create.filter(({ email }) => full.has(email)).map(mailboxFull));
      const saves = mayGo && full.size === 0;
      try {
        const none = saves ? await this.save(actor, draft, wanted) : [];
        if (goes) await this.letters.giveBack(actor.userId, none);
        return present(draft, table, { dryRun, saves });
      } catch (error) {
        if (saves) await this.letters.giveBack(actor.userId, emails);
        // Another import invited some of these people in between: look again.
        if (left === 1 || !isDuplicateKey(error, 'attempt')) throw error;
      }
    }
  }

  private async draft(actor: CohortActor, table: ImportTable, isOfFiles: boolean): Promise<Draft> {
    const cohortId = idOf(actor.cohortId);
    const { checked, errors } = checkLines(table.lines);
    const emails = checked.map((line) => line.email);
    const [projects, earlier, members] = await Promise.all([
      this.projects.byKeys(cohortId, [...new Set(checked.flatMap((line) => line.projectKey ?? []))]),
      this.invitations.to(cohortId, emails),
      this.membersAmong(cohortId, emails, isOfFiles),
    ]);
    const now = this.clock.now();
    const waiting = new Set(earlier.filter((one) => one.open && one.expiresAt > now).map((one) => one.email));
    const isKnown = (line: CheckedLine) => members.has(line.email) || waiting.has(line.email);
    const unknownProjects = checked
      .filter((line) => line.projectKey !== null && !projects.has(line.projectKey))
      .map((line) => lineError(line.line, 'unknown_project', 'No project of this name.', 'project', line.project));
    const unknown = new Set(unknownProjects.map(({ line }) => line));
    const good = checked.filter(({ line }) => !unknown.has(line));
    const create = good.filter((line) => !isKnown(line));
    const wanted = new Set(create.map((line) => line.email));
    return {
      create,
      unchanged: good.filter(isKnown),
      over: earlier.filter((one) => one.open && wanted.has(one.email)).map((one) => one._id),
      attempts: new Map(earlier.map((one) => [one.email, one.attempt])),
      plans: new Map(earlier.filter((one) => one.open).map((one) => [one.email, one])),
      projects,
      errors: [...table.errors, ...errors, ...unknownProjects].sort((a, b) => a.line - b.line),
    };
  }

  /** The addresses of members. What is given to who reads the mail of an address is not given to an account that has not shown that it does. */
  private async membersAmong(
    cohortId: Types.ObjectId,
    emails: readonly string[],
    isOfFiles: boolean,
  ): Promise<Set<string>> {
    const users = isOfFiles
      ? await this.users.ownersOf(emails)
      : new Map((await this.users.byEmails(emails)).map(({ email, _id }) => [email, _id]));
    const members = await this.memberships.inCohort(cohortId, { userIds: [...users.values()] });
    const ids = new Set(members.map((member) => String(member.userId)));
    return new Set([...users].filter(([, id]) => ids.has(String(id))).map(([email]) => email));
  }

  /** The addresses that get no letter after all. */
  private async save(actor: CohortActor, draft: Draft, wanted: Wanted): Promise<string[]> {
    if (draft.create.length === 0) return [];
    const { note, made } = wanted;
    const rows = (await this.rows(actor, draft, wanted)).map((row) => (note ? { ...row, note } : row));
    // Those that are over are dead already: ending them first harms nobody, even if the rest fails.
    if (draft.over.length > 0) {
      await this.invitations.revoke(idOf(actor.cohortId), draft.over, this.clock.now());
    }
    return await this.transactions.run(async (session) => {
      // What is made of applications follows from what staff did before, whether or not they are staff still.
      if (!made) await this.actors.holdToLead(actor, session);
      const taken = made ? await made.take(rows, session) : rows;
      const written = new Set(taken.map(({ email }) => email));
      const renewed = taken.flatMap(({ _id, email }) => {
        const before = draft.plans.get(email);
        return before ? [{ before: before._id, now: _id }] : [];
      });
      if (taken.length > 0) await this.invitations.insert(taken, session);
      await this.mails.write(taken, session);
      if (renewed.length > 0) await this.planned.provider.renewed(idOf(actor.cohortId), renewed, session);
      return rows.flatMap(({ email }) => (written.has(email) ? [] : [email]));
    });
  }

  private async rows(actor: CohortActor, draft: Draft, { made, sendAt }: Wanted): Promise<InvitationRow[]> {
    const cohort = await this.cohorts.byId(idOf(actor.cohortId));
    if (!cohort) throw notFound();
    const now = this.clock.now();
    const dueAt = dueOf(sendAt, now);
    const letterId = newId();
    return draft.create.map((line) => ({
      _id: newId(),
      cohortId: cohort._id,
      email: line.email,
      name: line.name,
      role: line.role,
      craft: line.craft ?? null,
      projectIds: plannedOf(line, draft, made),
      locale: line.locale ?? cohort.locale,
      ...(line.timeZone !== undefined && { timeZone: line.timeZone }),
      invitedBy: idOf(actor.userId),
      createdAt: now,
      expiresAt: endOf(dueAt, now),
      open: true,
      attempt: (draft.attempts.get(line.email) ?? 0) + 1,
      ...(dueAt && { mailDueAt: dueAt, letterId, askedBy: idOf(actor.userId), askedAt: now }),
      sentAt: null,
      acceptedAt: null,
      acceptedBy: null,
      revokedAt: null,
    }));
  }
}

const mailboxFull = ({ line, email }: CheckedLine) =>
  lineError(line, 'mailbox_full', 'This mailbox gets no more invitations today.', 'email', email);

/** The projects that their applications led to (of a host beside those that were planned before), or the one that the line names, else what was planned before. */
function plannedOf(
  { projectKey, email, role }: CheckedLine,
  { projects, plans }: Draft,
  made: MadeOfFiles | undefined,
): Types.ObjectId[] {
  const before = plans.get(email)?.projectIds ?? [];
  const led = made?.projectIds.get(email);
  if (led) {
    const others = role === 'host' ? before.filter((id) => !led.some((one) => one.equals(id))) : [];
    return [...others, ...led];
  }
  const named = projectKey === null ? undefined : projects.get(projectKey);
  return named ? [named] : before;
}

function present(draft: Draft, table: ImportTable, run: { dryRun: boolean; saves: boolean }): InviteResult {
  const rows = (lines: readonly CheckedLine[], outcome: 'created' | 'unchanged') =>
    lines.map(({ line, email, name, role, project }) => ({
      line,
      email,
      name,
      role,
      project: project ?? null,
      outcome,
    }));
  return {
    dryRun: run.dryRun,
    created: run.dryRun || run.saves ? draft.create.length : 0,
    unchanged: draft.unchanged.length,
    ignoredColumns: table.ignoredColumns,
    rows: [...rows(draft.create, 'created'), ...rows(draft.unchanged, 'unchanged')].sort((a, b) => a.line - b.line),
    lines: run.dryRun ? table.lines.map(({ line, person }) => ({ line, person: textsOf(person) })) : [],
    errors: draft.errors.slice(0, MAX_ERRORS),
  };
}

/** The texts of a line; whatever else was sent in JSON is left out. */
function textsOf(person: unknown): Record<string, string> {
  if (typeof person !== 'object' || person === null) return {};
  return Object.fromEntries(
    Object.entries(person).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
