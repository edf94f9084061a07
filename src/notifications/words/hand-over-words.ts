import type { Locale } from '../../contracts/primitives.js';
import type { NoticeParams } from '../inbox/notification.schema.js';
import { type Reader, fill, valuesOf } from './words.js';

/** What somebody has to hand over in the last month, and where in the product that is. */
export interface HandOverItem {
  title: string;
  body: string;
  /** A path of the web app. */
  path: string;
}

type ItemKey = 'actions' | 'fellows' | 'project' | 'projects' | 'materials' | 'session' | 'board' | 'committee';
type Said = Pick<HandOverItem, 'title' | 'body'>;

interface HandOverWords {
  head: string;
  items: Record<ItemKey, Said>;
}

/** What stands on the list of each, by what they are in the cohort, in order. */
const LISTS: Partial<Record<string, readonly ItemKey[]>> = {
  fellow: ['actions', 'project', 'materials', 'committee', 'session'],
  coach: ['fellows', 'actions', 'project', 'projects', 'committee'],
  host: ['project', 'projects', 'materials', 'committee'],
  staff: ['board', 'projects', 'materials', 'committee'],
};

const en: HandOverWords = {
  head: 'To hand over',
  items: {
    actions: {
      title: '{actions, plural, one {Your open action} other {Your # open actions}}',
      body: 'Do what you can still do, agree with the others on who goes on with the rest, and drop what nobody needs.',
    },
    fellows: {
      title: 'The fellows whom you accompany',
      body: 'Offer each of them a last session, and see what is still open.',
    },
    project: {
      title: 'The page of {project}',
      body: '{part, select, host {Name who goes on with it in your agency ({agency}), and who looks after the code, the documents and the accounts.} coach {Ask the team whether it says who goes on with it, and where the code, the documents and the accounts are.} other {Say on it who goes on with it in the agency ({agency}), and where the code, the documents and the accounts are.}}',
    },
    projects: {
      title: '{projects, plural, one {The page of the project} other {The pages of # projects}}',
      body: '{part, select, host {Name who goes on with each in your agency, and who looks after the code, the documents and the accounts.} other {See that each says who goes on with it, and where the code, the documents and the accounts are.}}',
    },
    materials: {
      title: 'The materials of the workshops',
      body: '{part, select, staff {Add what is still missing: the next cohort reads it, too.} host {Save what your agency goes on needing.} other {Save what you go on needing.}}',
    },
    session: { title: 'A last session with your coach', body: 'Look back, and settle what stays open.' },
    board: {
      title: 'The board of the cohort',
      body: 'Who has had no session for long, and which questions and requests still wait.',
    },
    committee: {
      title: 'The last committee, by {on}',
      body: '{part, select, staff {Say who sits in it, when, and what the teams show.} host {Agree with the team on what is decided there: to go on, to grow or to stop.} other {Agree with the team on what it shows.}}',
    },
  },
};

const fr: HandOverWords = {
  head: 'À transmettre',
  items: {
    actions: {
      title: '{actions, plural, one {Votre action ouverte} other {Vos # actions ouvertes}}',
      body: 'Faites ce qui peut encore l’être, convenez avec les autres de qui reprend le reste, et abandonnez ce qui ne sert plus.',
    },
    fellows: {
      title: 'Les fellows que vous accompagnez',
      body: 'Proposez à chaque personne une dernière séance, et voyez ce qui reste ouvert.',
    },
    project: {
      title: 'La page du défi «\u00a0{project}\u00a0»',
      body: '{part, select, host {Dites qui prend la suite dans votre administration ({agency}), et qui s’occupe du code, des documents et des accès.} coach {Voyez avec l’équipe si elle dit qui prend la suite, et où sont le code, les documents et les accès.} other {Dites-y qui prend la suite dans l’administration ({agency}), et où sont le code, les documents et les accès.}}',
    },
    projects: {
      title: '{projects, plural, one {La page du défi} other {Les pages de # défis}}',
      body: '{part, select, host {Dites qui prend la suite de chacun dans votre administration, et qui s’occupe du code, des documents et des accès.} other {Veillez à ce que chacune dise qui prend la suite, et où sont le code, les documents et les accès.}}',
    },
    materials: {
      title: 'Les supports des ateliers',
      body: '{part, select, staff {Ajoutez ce qui manque encore\u00a0: la prochaine promotion les lira aussi.} host {Gardez ce dont votre administration aura encore besoin.} other {Gardez ce dont vous aurez encore besoin.}}',
    },
    session: {
      title: 'Une dernière séance avec votre coach',
      body: 'Faites le point, et réglez ce qui reste ouvert.',
    },
    board: {
      title: 'Le tableau de bord de la promotion',
      body: 'Qui n’a pas eu de séance depuis longtemps, et quelles questions et demandes attendent encore.',
    },
    committee: {
      title: 'Le dernier comité, d’ici au {on}',
      body: '{part, select, staff {Dites qui y siège, quand, et ce que montrent les équipes.} host {Convenez avec l’équipe de ce qui s’y décide\u00a0: continuer, étendre ou arrêter.} other {Convenez avec l’équipe de ce qu’elle y montre.}}',
    },
  },
};

const WORDS: Record<Locale, HandOverWords> = { en, fr };

export const handOverWordsOf = (locale: Locale): HandOverWords => WORDS[locale];

/** The list of a notice that has one (`handOver` names whose it is), as its reader reads it; empty for all others. Pure. */
export function handOverItems(params: NoticeParams, reader: Reader): HandOverItem[] {
  const { handOver, cohortLink } = params;
  if (typeof handOver !== 'string' || typeof cohortLink !== 'string') return [];
  const { items } = WORDS[reader.locale];
  // The day of the committee is that of the last phase, which the notice is not about.
  const values = valuesOf({ ...params, on: params.committeeOn ?? null, part: handOver }, reader);
  return (LISTS[handOver] ?? [])
    .filter((key) => isOnIt(key, params))
    .map((key) => ({
      title: fill(items[key].title, reader.locale, values),
      body: fill(items[key].body, reader.locale, values),
      path: cohortLink + pathOf(key, params),
    }));
}

/** Nothing is said of what there is none of; one project is named, of more it says how many. */
function isOnIt(key: ItemKey, { handOver, actions, projects, coach }: NoticeParams): boolean {
  if (key === 'actions') return Number(actions) > 0;
  if (key === 'project') return projects === 1;
  if (key === 'projects') return Number(projects) > 1 || (handOver === 'staff' && projects === 1);
  if (key === 'fellows') return Number(projects) > 0;
  if (key === 'session') return coach !== 'none';
  return true;
}

function pathOf(key: ItemKey, { projectId }: NoticeParams): string {
  if (key === 'project') return `/projects/${String(projectId)}`;
  return PATHS[key];
}

const PATHS: Record<Exclude<ItemKey, 'project'>, string> = {
  actions: '/coaching?tab=actions',
  fellows: '/coaching/fellows',
  projects: '/projects',
  materials: '/workshops?show=past',
  session: '/coaching',
  board: '/board',
  committee: '/calendar',
};
