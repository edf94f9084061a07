import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { ApplicantTokens } from '../../../calls/applications/applicant-tokens.js';
import { type AcceptedFile, AcceptedFiles } from '../../../calls/decisions/accepted-files.reader.js';
import { CohortsRepository } from '../../../cohorts/cohorts.repository.js';
import { TeamInvitations } from '../../../cohorts/invited/team-invitations.js';
import { ProposedProjects } from '../../../cohorts/projects/proposed-projects.service.js';
import { applicationErased } from '../../../calls/calls.events.js';
import { CONFIG, type Config } from '../../../config/config.js';
import { Deliveries } from '../../../infra/deliveries/deliveries.js';
import type { DeliveryKind, Prepared } from '../../../infra/deliveries/delivery-kind.js';
import type { DeliveryRow } from '../../../infra/deliveries/delivery.schema.js';
import { renderLetter } from '../../../infra/mail/letter.js';
import { Mailer } from '../../../infra/mail/mailer.js';
import { idOf } from '../../../infra/mongo/ids.js';
import { Outbox } from '../../../infra/outbox/outbox.js';
import { teamsPublished } from '../matching.events.js';
import { inTeamsOf } from '../in-teams.js';
import { MatchingPeople, type Placeable, type ToMatch, invitedName } from '../matching-people.js';
import type { MatchingRow } from '../matching.schema.js';
import { MatchingsRepository } from '../matchings.repository.js';
import { type TeamLetterKind, teamWords } from './team-words.js';

/** Of which published teams an accepted file is told. */
interface AboutTeams {
  matchingId: Types.ObjectId;
}

/** What there is to say to who handed in a file. */
interface News {
  kind: TeamLetterKind;
  project: string;
  team: readonly Placeable[];
}

const OVER = { skip: 'over' };

/**
 * Teams that are published are told to all whom they concern, at the time at which those in them are invited: agencies hear who comes to their project, or that nobody does, and who is accepted and in
 * no team hears that. What a letter says is read as it is written.
 */
@Injectable()
export class TeamMails implements OnModuleInit {
  private readonly kind: DeliveryKind<AboutTeams> = {
    name: 'team',
    way: 'letters',
    prepare: (delivery) => this.write(delivery),
  };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly outbox: Outbox,
    private readonly deliveries: Deliveries,
    private readonly matchings: MatchingsRepository,
    private readonly toMatch: MatchingPeople,
    private readonly files: AcceptedFiles,
    private readonly projects: ProposedProjects,
    private readonly invitations: TeamInvitations,
    private readonly cohorts: CohortsRepository,
    private readonly tokens: ApplicantTokens,
    private readonly mailer: Mailer,
  ) {}

  onModuleInit(): void {
    this.deliveries.register(this.kind);
    this.outbox.on(teamsPublished, 'told', ({ cohortId, matchingId }) => this.tell(idOf(cohortId), idOf(matchingId)));
    this.outbox.on(applicationErased, 'team-letters', ({ applicationId }) =>
      this.deliveries.forget(this.kind, [idOf(applicationId)]),
    );
  }

  /** The accepted files that nobody invites by publishing a version: agencies with a project, and who is in no team and not in the cohort. */
  async toTell(row: MatchingRow): Promise<{ proposals: AcceptedFile[]; withoutPlace: Placeable[] }> {
    const { cohortId } = row;
    const [proposals, projects, toMatch] = await Promise.all([
      this.files.ofCohort(cohortId, 'projects'),
      this.projects.ofCohort(cohortId),
      this.toMatch.of(cohortId),
    ]);
    const adopted = new Set(projects.map(({ applicationId }) => String(applicationId)));
    const seated = addressesIn(row, toMatch);
    const left = toMatch.people.filter(({ file }) => !seated.has(file.email));
    const becoming = await this.invitations.becoming(
      cohortId,
      left.map(({ file }) => ({
        ...{ email: file.email, name: invitedName(file), locale: file.locale, timeZone: file.timeZone },
        ...{ role: 'fellow' as const, projectIds: [], applicationIds: [file.id] },
      })),
    );
    return {
      proposals: proposals.filter(({ id }) => adopted.has(String(id))),
      withoutPlace: left.filter(({ file }) => (becoming.get(file.email) ?? 'invited') === 'invited'),
    };
  }

  private async tell(cohortId: Types.ObjectId, matchingId: Types.ObjectId): Promise<void> {
    const row = await this.matchings.inCohort(cohortId, matchingId);
    if (!row?.publishedBy) return;
    const { proposals, withoutPlace } = await this.toTell(row);
    const ids = [...proposals.map(({ id }) => id), ...withoutPlace.map(({ file }) => file.id)];
    await this.deliveries.write(
      this.kind,
      ids.map((of) => ({ key: `${String(of)}-${String(matchingId)}`, of, about: { matchingId } })),
    );
  }

  private async write({ _id, of, about }: DeliveryRow<AboutTeams>): Promise<Prepared> {
    const file = await this.files.one(of);
    const cohort = file && (await this.cohorts.byId(file.cohortId));
    const row = file && (await this.matchings.inCohort(file.cohortId, about.matchingId));
    const news = row && cohort?.state === 'running' ? await this.newsFor(file, row) : null;
    if (!file || !cohort || !news) return OVER;
    const { locale, known } = file;
    const words = teamWords(news.kind, { cohortName: cohort.name, project: news.project }, locale);
    const facts = news.team.map(({ file: one }) => ({
      ...{ label: one.known.craftName?.[locale] ?? '', value: invitedName(one) },
    }));
    const url = new URL(`/application/${this.tokens.link({ _id: file.id, key: file.key })}`, this.config.PUBLIC_URL)
      .href;
    const { subject, lines, footer, action } = words;
    const letter = {
      to: { name: known.name ?? '', address: file.email },
      subject,
      messageId: this.mailer.messageId(`team-${String(_id)}`),
      ...(await renderLetter({ locale, heading: subject, lines, facts, footer, action: { label: action, url } })),
    };
    return { letter };
  }

  /** Null where there is nothing to say any more. */
  private async newsFor({ id, email, cohortId }: AcceptedFile, row: MatchingRow): Promise<News | null> {
    const projects = await this.projects.ofCohort(cohortId);
    const toMatch = await this.toMatch.of(cohortId);
    if (toMatch.files.some(({ file }) => file.id.equals(id)))
      return addressesIn(row, toMatch).has(email) ? null : { kind: 'no-place', project: '', team: [] };
    const project = projects.find(({ applicationId }) => applicationId?.equals(id));
    if (!project) return null;
    const team = inTeamsOf(row, toMatch).flatMap(({ projectId, person }) =>
      person && projectId === String(project._id) ? [person] : [],
    );
    return { kind: team.length > 0 ? 'team' : 'no-team', project: project.name, team };
  }
}

/** Whoever is in a team, whichever of their files that is by. */
const addressesIn = (row: MatchingRow, toMatch: ToMatch): ReadonlySet<string> =>
  new Set(inTeamsOf(row, toMatch).flatMap(({ person }) => person?.file.email ?? []));
