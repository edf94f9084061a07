import { type Instance, type Opening, lockedAt, pairKey, placesOf, smallestTeam, worthOf } from './model.js';
import { seeded } from './seeded.js';

/** A linear program in integers, in the LP format of CPLEX, and which pair each of its columns is. */
export interface Program {
  text: string;
  pairs: ReadonlyMap<string, { applicationId: string; projectId: string }>;
}

/** Among teams of one worth the seed chooses: each pair gets so little more that all of them together are less than the smallest difference of worth. */
const THROWN = 16;
/** A locked person with nobody beside them costs more than anything that could be won by it. */
const ALONE = 10_000;
/** The reader of the format wants short lines. */
const TERMS_A_LINE = 12;

interface Column {
  name: string;
  applicationId: string;
  worth: number;
}

/**
 * The teams of an instance as a program: a column for each pair that may be (1: it is), one for each project (1: it has a team), and one for each project with a locked person (1: they
 * are alone there). People and projects are taken in the order of their ids, so that only the seed decides between teams of one worth.
 */
export function programOf(instance: Instance, seed: number): Program {
  const people = [...instance.people].sort(byId);
  const projects = [...instance.projects].sort(byId);
  const thrown = seeded(seed);
  const scale = THROWN * Math.max(1, people.length);
  const forbidden = new Set(
    instance.forbidden.map(({ applicationId, projectId }) => pairKey(applicationId, projectId)),
  );
  const locked = lockedAt(instance);
  const lockedProjects = new Set(locked.values());

  const pairs = new Map<string, { applicationId: string; projectId: string }>();
  const objective: string[] = [];
  const rows: string[] = [];
  const binaries: string[] = [];
  const columns = new Map<string, string>();
  const ofProject = new Map<string, Column[]>(projects.map(({ id }) => [id, []]));
  const row = (terms: readonly string[], is: string) => {
    if (terms.length > 0) rows.push(` r${rows.length}: ${lines(terms)} ${is}`);
  };

  people.forEach((person, index) => {
    const own: string[] = [];
    projects.forEach((project, at) => {
      const throwing = thrown() % THROWN;
      const key = pairKey(person.id, project.id);
      const lock = locked.get(person.id);
      const worth = forbidden.has(key) || (lock !== undefined && lock !== project.id) ? null : worthOf(person, project);
      if (worth === null) return;
      const name = `x${index}_${at}`;
      pairs.set(name, { applicationId: person.id, projectId: project.id });
      columns.set(key, name);
      objective.push(`+ ${worth * scale + throwing} ${name}`);
      binaries.push(name);
      own.push(`+ ${name}`);
      ofProject.get(project.id)?.push({ name, applicationId: person.id, worth });
    });
    row(own, locked.has(person.id) ? '= 1' : '<= 1');
  });

  const crafts = new Map(people.map(({ id, craft }) => [id, craft]));
  projects.forEach((project, at) => {
    const own = ofProject.get(project.id) ?? [];
    if (own.length === 0) return;
    for (const craft of new Set(project.places.map((place) => place.craft))) {
      const theirs = own.filter(({ applicationId }) => crafts.get(applicationId) === craft);
      row(
        theirs.map(({ name }) => `+ ${name}`),
        `<= ${placesOf(project, craft)}`,
      );
    }
    sizeOf(project, at, own);
  });

  function sizeOf(project: Opening, at: number, own: readonly Column[]): void {
    const all = own.map(({ name }) => `+ ${name}`);
    const team = `t${at}`;
    binaries.push(team);
    row([...all, `- ${project.places.length} ${team}`], '<= 0');
    const least = Math.min(2, project.places.length);
    if (smallestTeam(project, lockedProjects) < least) {
      binaries.push(`a${at}`);
      objective.push(`- ${ALONE * scale} a${at}`);
      row([...all, `- ${least} ${team}`, `+ a${at}`], '>= 0');
    } else row([...all, `- ${least} ${team}`], '>= 0');
  }

  for (const project of projects) {
    const at = (id: string) => columns.get(pairKey(id, project.id));
    for (const [one, other] of instance.together) {
      const [a, b] = [at(one), at(other)];
      row([...(a ? [`+ ${a}`] : []), ...(b ? [`- ${b}`] : [])], '= 0');
    }
    for (const [one, other] of instance.apart) {
      const [a, b] = [at(one), at(other)];
      if (a && b) row([`+ ${a}`, `+ ${b}`], '<= 1');
    }
  }

  // A program without a column is none: this one stands for nothing.
  binaries.push('nothing');
  objective.push('+ 0 nothing');
  row(['+ nothing'], '<= 1');
  const text = `Maximize\n worth: ${lines(objective)}\nSubject To\n${rows.join('\n')}\nBinary\n${lines(binaries)}\nEnd\n`;
  return { text, pairs };
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

function lines(terms: readonly string[]): string {
  const cut: string[] = [];
  for (let from = 0; from < terms.length; from += TERMS_A_LINE)
    cut.push(terms.slice(from, from + TERMS_A_LINE).join(' '));
  return cut.join('\n');
}
