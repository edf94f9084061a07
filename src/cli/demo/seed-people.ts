import { Types } from 'mongoose';
import { hashPassword } from '../../auth/logins/passwords.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { DAY, HOUR } from '../../common/times/clock.js';
import { AskedLettersRepository } from '../../cohorts/invitations/asked-letters.repository.js';
import { InvitationImport } from '../../cohorts/invitations/invitation-import.service.js';
import { InvitationMails } from '../../cohorts/invitations/invitation-mails.js';
import { InvitationsRepository } from '../../cohorts/invitations/invitations.repository.js';
import { CohortsService } from '../../cohorts/cohorts.service.js';
import { MembershipsRepository } from '../../cohorts/members/memberships.repository.js';
import { ProjectEditing } from '../../cohorts/projects/project-editing.service.js';
import type { CohortColor } from '../../contracts/cohorts/cohorts.js';
import type { Craft, Role } from '../../contracts/roles.js';
import { idOf } from '../../infra/mongo/ids.js';
import { coachCrafts, coachFields, crafts, firstNames, givesByCraft, lastNames, wants } from './people.content.js';
import { agencies, projects } from './projects.content.js';
import { type DemoCohort, type DemoPerson, type Stage, actorOf, inRole, memberOf } from './stage.js';
import { WEEKS_IN, at } from './times.js';

/** The password of all demo people. */
export const DEMO_PASSWORD = 'cordee-demo-2026';
/** Of the addresses of the demo's people. */
export const DOMAIN = 'demo.cordee.example';

interface Draft {
  name: string;
  email: string;
  role: Role;
  locale: 'en' | 'fr';
  craft: Craft | null;
  project: number | null;
  gives: string[];
  wants: string[];
  isAdmin?: boolean;
  timeZone?: string;
}

/** The reference cohort: 71 fellows in 35 projects, 40 hosts of 20 agencies, 12 coaches, 4 staff. */
export async function seedReferenceCohort(stage: Stage): Promise<DemoCohort> {
  const drafts = referencePeople(stage);
  const people = await insertPeople(stage, drafts);
  const cohort = await openCohort(stage, people, { name: 'Cohort 7', color: 'bruyere', week: -WEEKS_IN });
  await seedProjects(stage, cohort, projects.length);
  return cohort;
}

/** A second, small cohort: nothing of the first may be seen from it. */
export async function seedSmallCohort(stage: Stage): Promise<DemoCohort> {
  const draft = (name: string, email: string, role: Role, craft: Craft | null, project: number | null): Draft => ({
    name,
    email: `${email}@${DOMAIN}`,
    role,
    locale: 'en',
    craft,
    project,
    gives: craft ? stage.random.some(givesByCraft[craft], 2) : [],
    wants: stage.random.some(wants, 2),
  });
  const people = await insertPeople(stage, [
    draft('Nour Valmont', 'staff.island', 'staff', null, null),
    draft('Ambre Leclerc', 'outsider', 'fellow', 'developer', 0),
    draft('Jonas Hervé', 'jonas.herve', 'fellow', 'data', 0),
    draft('Mina Okafor', 'mina.okafor', 'fellow', 'designer', 1),
    draft('Pascal Riou', 'pascal.riou', 'coach', null, null),
    draft('Édith Maurel', 'edith.maurel', 'host', null, 0),
  ]);
  const cohort = await openCohort(stage, people, { name: 'Island cohort', color: 'sapin', week: -6 });
  await seedProjects(stage, cohort, 2);
  return cohort;
}

/** People whose address everybody knows come first, so that they have a team, a host and a coach. */
function referencePeople(stage: Stage): Draft[] {
  const { random } = stage;
  const names = nameMaker(stage);
  const person = (
    role: Role,
    project: number | null,
    craft: Craft | null,
    known?: { name: string; address: string; locale: 'en' | 'fr' },
  ): Draft => {
    const name = known?.name ?? names();
    const locale = known?.locale ?? (random.chance(0.7) ? 'fr' : 'en');
    return {
      name,
      email: `${known?.address ?? addressOf(name)}@${DOMAIN}`,
      role,
      locale,
      craft,
      project,
      gives: craft ? random.some(givesByCraft[craft], 3) : [],
      wants: role === 'fellow' ? random.some(wants, 3) : [],
    };
  };
  const teamOf = (index: number) => (index < 3 ? 0 : 1 + Math.floor((index - 3) / 2));
  const known = [
    { name: 'Inès Carpentier', address: 'fellow', locale: 'en' as const, craft: 'data' as Craft },
    { name: 'Tomasz Wilk', address: 'fellow2', locale: 'en' as const, craft: 'developer' as Craft },
    { name: 'Priya Raman', address: 'fellow3', locale: 'fr' as const, craft: 'designer' as Craft },
  ];
  const fellows = Array.from({ length: 71 }, (_, index) =>
    person('fellow', teamOf(index), known[index]?.craft ?? crafts[index % crafts.length] ?? 'developer', known[index]),
  );
  const hosts = Array.from({ length: 40 }, (_, index) => {
    const agency = index === 0 ? 10 : Math.floor(index / 2);
    const project = index === 0 ? 0 : projects.findIndex((one) => one.agency === agency);
    return person(
      'host',
      project,
      null,
      index === 0 ? { name: 'Mireille Auvray', address: 'host', locale: 'fr' } : undefined,
    );
  });
  const coaches = coachFields.map((gives, index) => ({
    ...person(
      'coach',
      null,
      null,
      [
        { name: 'Bastien Le Goff', address: 'coach', locale: 'fr' as const },
        { name: 'Hanna Lindqvist', address: 'coach2', locale: 'en' as const },
      ][index],
    ),
    craft: coachCrafts[index] ?? null,
    gives: [...gives],
    ...(index === 5 && { timeZone: 'America/Cayenne' }),
  }));
  const staff = [
    person('staff', null, null, { name: 'Aurore Tessier', address: 'staff', locale: 'en' }),
    { ...person('staff', null, null, { name: 'Karim Haddad', address: 'admin', locale: 'en' }), isAdmin: true },
    person('staff', null, null),
    person('staff', null, null),
  ];
  return [...staff, ...coaches, ...hosts, ...fellows];
}

function nameMaker(stage: Stage): () => string {
  const taken = new Set([
    'Inès Carpentier',
    'Tomasz Wilk',
    'Priya Raman',
    'Mireille Auvray',
    'Bastien Le Goff',
    'Hanna Lindqvist',
    'Aurore Tessier',
    'Karim Haddad',
  ]);
  return () => {
    for (;;) {
      const name = `${stage.random.pick(firstNames)} ${stage.random.pick(lastNames)}`;
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
  };
}

const addressOf = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.');

async function insertPeople(stage: Stage, drafts: readonly Draft[]): Promise<DemoPerson[]> {
  const users = stage.app.get(UsersRepository);
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const createdAt = at(stage, -WEEKS_IN - 2, 1, 9);
  const people: DemoPerson[] = [];
  for (const { role, project, ...draft } of drafts) {
    const id = await users.insert({ timeZone: 'Europe/Paris', ...draft, passwordHash, createdAt });
    people.push({
      id: String(id),
      name: draft.name,
      email: draft.email,
      role,
      locale: draft.locale,
      craft: draft.craft,
      project,
    });
    stage.progress.step('people', people.length, drafts.length);
  }
  return people;
}

/** A cohort that begins in a week; it was made then, or in the week `made`. */
export async function openCohort(
  stage: Stage,
  people: DemoPerson[],
  frame: { name: string; color: CohortColor; week: number; made?: number },
): Promise<DemoCohort> {
  const begins = at(stage, frame.week, 0, 7);
  const opened = at(stage, frame.made ?? frame.week, 0, 7);
  stage.clock.set(opened);
  const [first] = people;
  if (!first) throw new Error('a cohort needs somebody');
  const made = await stage.app.get(CohortsService).create(actorOf(first, true), {
    name: frame.name,
    color: frame.color,
    startsOn: begins.toISOString().slice(0, 10),
    timeZone: 'Europe/Paris',
    locale: 'fr',
    country: 'FR',
  });
  const memberships = stage.app.get(MembershipsRepository);
  for (const person of people) {
    await memberships.join({
      cohortId: new Types.ObjectId(made.id),
      userId: new Types.ObjectId(person.id),
      role: person.role,
      projectId: null,
      craft: person.craft,
      joinedAt: opened,
    });
  }
  const cohort: DemoCohort = { id: made.id, startsOn: made.startsOn, people, projectIds: [] };
  const meeting = { kind: 'jitsi' as const, pattern: `https://meet.${DOMAIN}/{session}` };
  await stage.app.get(CohortsService).update(memberOf(cohort, first), { meeting });
  return cohort;
}

async function seedProjects(stage: Stage, cohort: DemoCohort, count: number): Promise<void> {
  const editing = stage.app.get(ProjectEditing);
  const [staff] = inRole(cohort, 'staff');
  const coaches = inRole(cohort, 'coach');
  const hosts = inRole(cohort, 'host');
  const fellows = inRole(cohort, 'fellow');
  if (!staff) throw new Error('a cohort needs staff');
  for (const [index, { name, agency, summary }] of projects.slice(0, count).entries()) {
    const ofAgency = hosts.filter((host) => host.project !== null && projects[host.project]?.agency === agency);
    const project = await editing.create(memberOf(cohort, staff), {
      name,
      agency: agencies[agency] ?? '',
      summary,
      fellowIds: fellows.filter((fellow) => fellow.project === index).map((fellow) => fellow.id),
      hostIds: ofAgency.map((host) => host.id),
      coachId: coaches[index % coaches.length]?.id ?? null,
    });
    cohort.projectIds.push(project.id);
    stage.progress.step('projects', index + 1, count);
  }
}

/** People were here within the last four days. */
export async function seedLastSeen({ app, now, random }: Stage, people: readonly DemoPerson[]): Promise<void> {
  for (const { id } of people)
    await app.get(UsersRepository).seen(idOf(id), new Date(now.getTime() - random.between(1, 4 * 24) * HOUR));
}

/** Three people who were invited and have not come yet: the staff board names them. */
export async function inviteLatecomers(stage: Stage, cohort: DemoCohort): Promise<void> {
  const [staff] = inRole(cohort, 'staff');
  if (!staff) return;
  const people = [
    { name: 'Elio Marchetti', role: 'fellow', daysAgo: 12 },
    { name: 'Solène Aubrac', role: 'host', daysAgo: 9 },
    { name: 'Marc Delhomme', role: 'coach', daysAgo: 3 },
  ] as const;
  for (const { name, role, daysAgo } of people) {
    stage.clock.set(new Date(stage.now.getTime() - daysAgo * DAY));
    const invited = { name, role, email: `${addressOf(name)}@${DOMAIN}` };
    await stage.app.get(InvitationImport).people(memberOf(cohort, staff), [invited], { dryRun: false });
  }
  // Their letters went at that time; no mail goes out while the demo is made.
  const invitations = stage.app.get(InvitationsRepository);
  const letters = stage.app.get(AskedLettersRepository);
  const rows = await invitations.page(new Types.ObjectId(cohort.id), null, people.length);
  for (const { _id, mailDueAt } of rows) if (mailDueAt) await letters.sent(_id, { dueAt: mailDueAt }, mailDueAt);
  await stage.app.get(InvitationMails).silence(rows.map(({ _id }) => _id));
}
