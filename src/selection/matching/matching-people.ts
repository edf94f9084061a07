import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { type AcceptedFile, AcceptedFiles } from '../../calls/decisions/accepted-files.reader.js';
import { OwnFiles, ownFile } from '../../calls/own-files.js';
import { type PlacedProject, ProposedProjects } from '../../cohorts/projects/proposed-projects.service.js';
import type { CohortActor } from '../../common/actor.js';
import { foldedWords } from '../../common/texts/fold.js';
import { Line } from '../../contracts/primitives.js';
import type { Craft } from '../../contracts/roles.js';
import type { MatchingRules } from '../../contracts/selection/matching.js';
import { idOf } from '../../infra/mongo/ids.js';
import { craftOf, oneLine } from './from-proposal.js';
import type { Instance } from './model.js';
import type { ProjectWishRow } from './matching.schema.js';
import { ProjectWishesRepository } from './project-wishes.repository.js';

/** The longest name of somebody who is invited. */
const LONGEST_NAME = 120;

/** Somebody who is accepted, with what teams are made by. */
export interface Placeable {
  file: AcceptedFile;
  craft: Craft | null;
  skills: string;
  wishes: string[];
}

/** Who is to be placed, and where. */
export interface ToMatch {
  /** Each address once, by the file that was handed in last. */
  people: Placeable[];
  /** All files, also of who is accepted twice. */
  files: Placeable[];
  projects: PlacedProject[];
  /** Those that take nobody. */
  withoutPlaces: PlacedProject[];
}

/** Reads who is to be placed in a cohort: those who are accepted as fellows, and the projects that want somebody. */
@Injectable()
export class MatchingPeople {
  constructor(
    private readonly files: AcceptedFiles,
    private readonly projects: ProposedProjects,
    private readonly wishes: ProjectWishesRepository,
    private readonly own: OwnFiles,
  ) {}

  /** Whether somebody of the programme team is among those who are placed. */
  async isAmong(actor: CohortActor): Promise<boolean> {
    const files = await this.files.ofCohort(idOf(actor.cohortId), 'fellows');
    return files.some(await this.own.of(actor));
  }

  /** Throws 409 `own_file` for who is among those who are placed: others make the teams in which they stand. */
  async mustMatchOthers(actor: CohortActor): Promise<void> {
    if (await this.isAmong(actor)) throw ownFile();
  }

  async of(cohortId: Types.ObjectId): Promise<ToMatch> {
    const [files, projects, wishes] = await Promise.all([
      this.files.ofCohort(cohortId, 'fellows', { keys: ['skills'] }),
      this.projects.ofCohort(cohortId),
      this.wishes.ofCohort(cohortId),
    ]);
    const all = files.map((file) => placeable(file, wishes.get(String(file.id))));
    return {
      people: onePerAddress(all),
      files: all,
      projects: projects.filter(({ places }) => places.length > 0),
      withoutPlaces: projects.filter(({ places }) => places.length === 0),
    };
  }
}

function placeable(file: AcceptedFile, wish: ProjectWishRow | undefined): Placeable {
  const { known, answers } = file;
  const skills = answers['skills'];
  return {
    file,
    craft: known.craft === undefined ? null : craftOf(known.craft),
    skills: typeof skills === 'string' ? skills : '',
    wishes: (wish?.projectIds ?? []).map(String),
  };
}

/** Who is accepted in two calls is one person: their newest file stands for them, and their newest wishes. */
export function onePerAddress(all: readonly Placeable[]): Placeable[] {
  const newestFirst = all.toSorted((a, b) => b.file.submittedAt.getTime() - a.file.submittedAt.getTime());
  const newest = new Map<string, Placeable>();
  for (const one of newestFirst) {
    const { email } = one.file;
    const before = newest.get(email);
    if (!before) newest.set(email, one);
    else if (before.wishes.length === 0) newest.set(email, { ...before, wishes: one.wishes });
  }
  return all.flatMap(({ file }) => {
    const one = newest.get(file.email);
    return one && one.file === file ? [one] : [];
  });
}

/** The name under which somebody is invited: what they wrote, if anything of it can be seen, else their address. */
export function invitedName({ known, email }: Pick<AcceptedFile, 'known' | 'email'>): string {
  return Line(LONGEST_NAME).safeParse(oneLine(known.name, LONGEST_NAME)).data ?? email.slice(0, LONGEST_NAME);
}

/** What the solver and the reasons look at. */
export function instanceOf({ people, projects }: Pick<ToMatch, 'people' | 'projects'>, rules: MatchingRules): Instance {
  return {
    ...rules,
    people: people.map(({ file, craft, skills, wishes }) => ({
      ...{ id: String(file.id), craft, wishes, skills: new Set(foldedWords([skills])) },
    })),
    projects: projects.map(({ _id, places }) => ({ id: String(_id), places })),
  };
}
