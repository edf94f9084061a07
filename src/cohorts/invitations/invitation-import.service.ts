import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { UsersRepository } from '../../auth/users.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { notFound } from '../../common/problem.js';
import type { InviteResult } from '../../contracts/cohorts/cohorts.js';
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
import { LettersOfDay } from './letters-of-day.js';
import { PlannedWithInvitedPort } from '../invited/joining.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import { ProjectsRepository } from '../projects/projects.repository.js';

/** An invitation can be accepted for so long after it was sent last. */
export const INVITATION_LIFE_MS = 60 * DAY;
const MAX_ERRORS = 1000;
const TRIES = 3;

/** `note`: what who invites writes to all of them. */
interface Wanted {
  dryRun: boolean;
  note?: string | undefined;
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

  /** Throws 409 `cohort_closed`, 429 as {@link LettersOfDay.takeEach}. Members and people who have an invitation are `unchanged`. */
  private async run(actor: CohortActor, table: ImportTable, { dryRun, note }: Wanted): Promise<InviteResult> {
    mustRun(actor);
    for (let left = TRIES; ; left -= 1) {
      const draft = await this.draft(actor, table);
      const emails = draft.create.map(({ email }) => email);
      const mayGo = !dryRun && draft.errors.length === 0;
      const full = mayGo ? await this.letters.takeEach(actor.userId, emails) : new Set<string>();
      draft.errors.push(...draft.create.filter(({ email }) => full.has(email)).map(mailboxFull));
      const saves = mayGo && full.size === 0;
      try {
        if (saves) await this.save(actor, draft, note);
        return present(draft, table, { dryRun, saves });
      } catch (error) {
        await this.letters.giveBack(actor.userId, emails);
        // Another import invited some of these people in between: look again.
        if (left === 1 || !isDuplicateKey(error, 'attempt')) throw error;
      }
    }
  }

  private async draft(actor: CohortActor, table: ImportTable): Promise<Draft> {
    const cohortId = idOf(actor.cohortId);
    const { checked, errors } = checkLines(table.lines);
    const emails = checked.map((line) => line.email);
    const [projects, earlier, members] = await Promise.all([
      this.projects.byKeys(cohortId, [...new Set(checked.flatMap((line) => line.projectKey ?? []))]),
      this.invitations.to(cohortId, emails),
      this.membersAmong(cohortId, emails),
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

  private async membersAmong(cohortId: Types.ObjectId, emails: readonly string[]): Promise<Set<string>> {
    const users = await this.users.byEmails(emails);
    const members = await this.memberships.inCohort(cohortId, { userIds: users.map((user) => user._id) });
    const ids = new Set(members.map((member) => String(member.userId)));
    return new Set(users.filter((user) => ids.has(String(user._id))).map((user) => user.email));
  }

  private async save(actor: CohortActor, draft: Draft, note: string | undefined): Promise<void> {
    if (draft.create.length === 0) return;
    const rows = (await this.rows(actor, draft)).map((row) => (note ? { ...row, note } : row));
    // Those that are over are dead already: ending them first harms nobody, even if the rest fails.
    if (draft.over.length > 0) {
      await this.invitations.revoke(idOf(actor.cohortId), draft.over, this.clock.now());
    }
    const renewed = rows.flatMap(({ _id, email }) => {
      const before = draft.plans.get(email);
      return before ? [{ before: before._id, now: _id }] : [];
    });
    await this.transactions.run(async (session) => {
      await this.invitations.insert(rows, session);
      await this.mails.write(rows, session);
      if (renewed.length > 0) await this.planned.provider.renewed(idOf(actor.cohortId), renewed, session);
    });
  }

  private async rows(actor: CohortActor, draft: Draft): Promise<InvitationRow[]> {
    const cohort = await this.cohorts.byId(idOf(actor.cohortId));
    if (!cohort) throw notFound();
    const now = this.clock.now();
    return draft.create.map((line) => ({
      _id: newId(),
      cohortId: cohort._id,
      email: line.email,
      name: line.name,
      role: line.role,
      craft: line.craft ?? null,
      projectIds: plannedOf(line, draft),
      locale: line.locale ?? cohort.locale,
      invitedBy: idOf(actor.userId),
      createdAt: now,
      expiresAt: new Date(now.getTime() + INVITATION_LIFE_MS),
      open: true,
      attempt: (draft.attempts.get(line.email) ?? 0) + 1,
      mailDueAt: now,
      sentAt: null,
      acceptedAt: null,
      acceptedBy: null,
      revokedAt: null,
    }));
  }
}

const mailboxFull = ({ line, email }: CheckedLine) =>
  lineError(line, 'mailbox_full', 'This mailbox gets no more invitations today.', 'email', email);

/** The project that the line names, else what was planned before. */
function plannedOf({ projectKey, email }: CheckedLine, { projects, plans }: Draft): Types.ObjectId[] {
  const named = projectKey === null ? undefined : projects.get(projectKey);
  return named ? [named] : (plans.get(email)?.projectIds ?? []);
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
