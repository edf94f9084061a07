import { randomBytes } from 'node:crypto';
import { hashPassword } from '../../../auth/logins/passwords.js';
import { UsersRepository } from '../../../auth/users.repository.js';
import { ApplicationMails } from '../../../calls/applications/application-mails.js';
import type { ApplicationRow } from '../../../calls/applications/application.schema.js';
import { ApplicationsRepository } from '../../../calls/applications/applications.repository.js';
import { eraseAt } from '../../../calls/applications/erase-times.js';
import { Submitting } from '../../../calls/applications/submitting.service.js';
import { CallsRepository } from '../../../calls/calls.repository.js';
import { CallsService } from '../../../calls/calls.service.js';
import { CallFiguresRepository } from '../../../calls/figures/call-figures.repository.js';
import { ChannelMembershipSync } from '../../../chat/channels/channel-membership-sync.js';
import { DAY, HOUR } from '../../../common/times/clock.js';
import { dayOf } from '../../../common/times/zoned.js';
import type { Answers } from '../../../contracts/calls/answers.js';
import type { CallKind, UpdateCall } from '../../../contracts/calls/calls.js';
import { idOf } from '../../../infra/mongo/ids.js';
import { Transactions } from '../../../infra/mongo/transactions.js';
import { firstNames, lastNames } from '../people.content.js';
import { agencies } from '../projects.content.js';
import { DEMO_PASSWORD, DOMAIN, openCohort } from '../seed-people.js';
import { type DemoCohort, type Stage, inRole, memberOf } from '../stage.js';
import { at } from '../times.js';
import { seedInterviews } from './seed-interviews.js';
import { seedJury } from './seed-juries.js';
import { failed, fellowsCall, projectsCall, proposals, proud, publics, skills, towns } from './calls.content.js';

const FELLOWS = 34;
const DRAFTS = 9;
/** They sign in, belong to no cohort yet, and find what they began or handed in. */
const AGENCY = { email: `agency@${DOMAIN}`, name: 'Odile Marchetti', locale: 'fr' as const };
const APPLICANT = { email: `applicant@${DOMAIN}`, name: 'Sofiane Belkacem', locale: 'fr' as const };

/** The next cohort in preparation: its call for projects is closed, read by jurors and talked about next week; that for fellows closes in nine days. Some have handed in, some have not yet. */
export async function seedCalls(stage: Stage, running: DemoCohort): Promise<void> {
  const staff = inRole(running, 'staff').slice(0, 2);
  await addAccounts(stage);
  // Made before the running one began, so that its team goes on to land in that one.
  const cohort = await openCohort(stage, staff, { name: 'Cohort 8', color: 'iris', week: 12, made: -8 });
  await stage.app.get(ChannelMembershipSync).reconcile(cohort.id);
  const projects = await publish(stage, cohort, 'projects', projectsCall, at(stage, -7, 0, 8), at(stage, -2, 3, 11));
  for (const [index, proposal] of proposals.entries())
    await apply(
      stage,
      projects,
      at(stage, -6 + (index % 4), index % 5, 9),
      // Each agency has mail of its own: jurors are kept from what comes from their own domain, as `juror@` is from that of `agency@`.
      index === 0 ? AGENCY.email : `defi@agence${index + 1}.cordee.example`,
      { ...proposalOf(stage, proposal), ...(index === 0 && { name: AGENCY.name }) },
    );
  const [lead] = staff;
  if (lead) {
    await seedJury(stage, memberOf(cohort, lead), projects);
    await seedInterviews(stage, memberOf(cohort, lead), projects);
  }
  const fellows = await publish(stage, cohort, 'fellows', fellowsCall, at(stage, -3, 0, 7), at(stage, 1, 3, 10));
  for (let index = 0; index < FELLOWS + DRAFTS; index += 1) {
    const begun = new Date(at(stage, -3, 0, 8).getTime() + ((index * 17) % 19) * DAY + index * HOUR);
    const begunAt = begun < stage.now ? begun : new Date(stage.now.getTime() - index * HOUR);
    const isDraft = index >= FELLOWS;
    const email = index === FELLOWS ? APPLICANT.email : `candidature${index + 1}@${DOMAIN}`;
    await apply(
      stage,
      fellows,
      begunAt,
      email,
      { ...fellowOf(stage, isDraft), ...(index === FELLOWS && { name: APPLICANT.name }) },
      isDraft,
    );
    stage.progress.step('applications', index + 1, FELLOWS + DRAFTS);
  }
}

async function addAccounts({ app, now }: Stage): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const createdAt = new Date(now.getTime() - 7 * DAY);
  for (const person of [AGENCY, APPLICANT])
    await app.get(UsersRepository).insert({ ...person, passwordHash, timeZone: 'Europe/Paris', createdAt });
}

async function publish(
  stage: Stage,
  cohort: DemoCohort,
  kind: CallKind,
  words: Partial<UpdateCall> & Required<Pick<UpdateCall, 'title'>>,
  opensAt: Date,
  closesAt: Date,
): Promise<string> {
  const [first] = cohort.people;
  if (!first) throw new Error('a cohort needs somebody');
  const actor = memberOf(cohort, first);
  const calls = stage.app.get(CallsService);
  stage.clock.set(new Date(opensAt.getTime() - 2 * DAY));
  const { id, revision, fields } = await calls.create(actor, { kind, title: words.title });
  const day = (days: number) => new Date(closesAt.getTime() + days * DAY).toISOString().slice(0, 10);
  const written = await calls.update(actor, id, {
    // The people of the demo have no papers.
    fields: fields.map((field) => (field.kind === 'file' ? { ...field, required: false } : field)),
    ...{ ...words, revision, opensAt: opensAt.toISOString(), closesAt: closesAt.toISOString() },
    dates: [
      date(
        day(1),
        day(15),
        'Jurors read each file',
        'Le jury lit chaque dossier',
        'Without your name',
        'Sans votre nom',
      ),
      date(day(19), null, 'You hear from us', 'Vous avez notre réponse', 'With reasons', 'Avec ses raisons'),
      date(day(25), day(29), 'Interviews', 'Entretiens', '30 minutes by video', '30 minutes en visio'),
    ],
  });
  await calls.publish(actor, id, written.revision);
  return id;
}

const date = (on: string, until: string | null, en: string, fr: string, textEn: string, textFr: string) => ({
  ...{ on, until, title: { en, fr }, text: { en: textEn, fr: textFr } },
});

/** A file as it came to be: begun at an instant, handed in some hours later. Its letters went at that time; those to come wait. */
async function apply(
  { app, clock, random, now }: Stage,
  callId: string,
  begunAt: Date,
  email: string,
  answers: Answers,
  isDraft = false,
): Promise<void> {
  const applications = app.get(ApplicationsRepository);
  const call = await app.get(CallsRepository).byId(idOf(callId));
  if (!call?.closesAt) return;
  const { closesAt } = call;
  // Most who read a call do not answer it.
  await app.get(CallFiguresRepository).see(call._id, dayOf(begunAt, call.timeZone), random.between(4, 15));
  clock.set(begunAt);
  const begun = await applications.begin({
    ...{ callId: call._id, cohortId: call.cohortId, email, locale: random.pick(['fr', 'fr', 'en']) },
    ...{ timeZone: 'Europe/Paris', key: randomBytes(9).toString('hex'), version: call.version, createdAt: begunAt },
    eraseAt: begunAt,
  });
  const file = await applications.byId(begun._id);
  if (!file) return;
  await applications.save(file, answers, begunAt);
  await app.get(Transactions).run(async (session) => {
    await applications.open(file._id, begunAt, eraseAt({ ...file, openedAt: begunAt }, call), session);
    clock.set(now);
    if (isDraft) await app.get(ApplicationMails).remind([file._id], closesAt, session);
  });
  if (!isDraft)
    await handIn(app, file, new Date(Math.min(begunAt.getTime() + random.between(1, 5) * HOUR, now.getTime())));
}

async function handIn(app: Stage['app'], { _id, key }: ApplicationRow, handedAt: Date): Promise<void> {
  await app.get(Submitting).submit({ applicationId: String(_id), key }, 1, handedAt);
  await app.get(Transactions).run((session) => app.get(ApplicationMails).forget([_id], session));
}

function fellowOf({ random }: Stage, isDraft: boolean): Answers {
  const craft = random.pick(['developer', 'designer', 'data'] as const);
  const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
  const begun = { name, town: random.pick(towns), craft, skills: random.pick(skills[craft]) };
  if (isDraft) return begun;
  return {
    ...{ ...begun, status: random.pick(['employed', 'self', 'between']), proud: random.pick(proud) },
    ...{ failed: random.pick(failed), public: random.pick(publics), rules: true },
  };
}

function proposalOf({ random }: Stage, { title, problem }: (typeof proposals)[number]): Answers {
  return {
    ...{ agency: random.pick(agencies), name: `${random.pick(firstNames)} ${random.pick(lastNames)}`, title, problem },
    tried: 'Un tableur partagé, puis un marché qui n’a pas abouti.',
    crafts: random.some(['developer', 'designer', 'data'], 2),
    ...{ after: 'Deux personnes de la direction du numérique.', mandate: true },
  };
}
