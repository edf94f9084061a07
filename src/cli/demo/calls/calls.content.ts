import type { UpdateCall } from '../../../contracts/calls/calls.js';

const words = (en: string, fr: string) => ({ en, fr });

/** The calls of the next cohort; all of it invented. */
export const fellowsCall = {
  title: words('Fellows, cohort 8', 'Promotion 8\u00a0: développement, design, science des données'),
  lead: words(
    'Ten months inside a public service, in a team of two or three.',
    'Dix mois dans un service public, en équipe de deux ou trois.',
  ),
  text: words(
    [
      '## The work',
      'Sixteen agencies have each put one problem on the table: a permit that takes nine months, a register nobody can search, a form that half of its readers give up on. You join one of them with a designer, a developer or a data scientist, and stay long enough to change it.',
      'A host inside the agency carries the project with you. A coach and the other fellows are one message away. What you write is open source, and somebody there keeps it when you leave.',
      '| Craft | Places | Gross a month |\n|---|---|---|\n| Developer | 14 | 3,600 to 4,300 € |\n| Designer | 11 | 3,400 to 4,100 € |\n| Data scientist | 9 | 3,600 to 4,300 € |',
      '## Who may apply',
      '- Anyone allowed to work in France, whatever the diploma.\n- Two years of practice in your craft, paid or not. Show us one piece of it.\n- Civil servants apply too: your service can second you.\n- You write French or English well enough to explain a choice to a host.',
      '## Your data',
      'Read by the programme team and your two or three jurors, by nobody else.',
    ].join('\n\n'),
    [
      '## Le travail',
      'Seize administrations ont chacune posé un problème sur la table\u00a0: un permis qui prend neuf mois, un registre où personne ne trouve rien, un formulaire que la moitié des gens abandonne. Vous rejoignez l’une d’elles à deux ou trois, et vous restez assez longtemps pour que cela change.',
      'Une personne de l’administration porte le défi avec vous. Une coach et les autres fellows sont à un message de vous. Ce que vous écrivez est libre, et quelqu’un sur place le garde quand vous partez.',
      '| Métier | Places | Brut par mois |\n|---|---|---|\n| Développement | 14 | 3\u202f600 à 4\u202f300\u00a0€ |\n| Design | 11 | 3\u202f400 à 4\u202f100\u00a0€ |\n| Science des données | 9 | 3\u202f600 à 4\u202f300\u00a0€ |',
      '## Qui peut candidater',
      '- Toute personne autorisée à travailler en France, quel que soit son diplôme.\n- Deux ans de pratique de votre métier, payée ou non. Montrez-nous-en un morceau.\n- Les agentes et agents publics aussi\u00a0: leur service peut les détacher.\n- Vous écrivez assez bien le français ou l’anglais pour expliquer un choix.',
      '## Vos données',
      'Lues par l’équipe du programme et vos deux ou trois jurés, par personne d’autre.',
    ].join('\n\n'),
  ),
} satisfies Partial<UpdateCall>;

export const projectsCall = {
  title: words('Projects, cohort 8', 'Appel à défis, promotion 8'),
  lead: words(
    'One problem of your agency, and a team that stays ten months.',
    'Un problème de votre administration, et une équipe qui reste dix mois.',
  ),
} satisfies Partial<UpdateCall>;

export const towns = [
  'Lyon',
  'Saint-Denis',
  'Brest',
  'Arras',
  'Perpignan',
  'Nantes',
  'Gap',
  'Lille',
  'Marseille',
  'Caen',
];

export const skills = {
  developer: ['Django, accessibility, tests', 'TypeScript, maps, offline', 'Données ouvertes, API, PostgreSQL'],
  designer: ['Service design, research', 'Rédaction claire, prototypes', 'Accessibilité, ateliers'],
  data: ['Statistics, R, plain figures', 'Python, texts, OCR', 'Cartographie, séries longues'],
} as const;

export const proud = [
  'Le guichet recevait 400 personnes par jour et ne gardait aucune trace de leur venue. J’ai passé trois semaines à côté des agents, compté sur papier, et vu que six sur dix venaient pour une page manquante. Nous avons mis cette page, en quatre langues, à la porte et sur la convocation. La file a baissé d’un tiers en deux mois.',
  'I rewrote the booking of a public swimming pool so that it works on a phone with no network. My part: the offline queue, the tests, and two mornings at the desk to see where people gave up.',
  'Un registre de 80\u202f000 fiches scannées où personne ne trouvait rien. J’ai entraîné un modèle modeste, mesuré ses erreurs avec les archivistes, et gardé la main humaine là où il se trompait.',
  'A letter about a debt that people took for a threat. We tested eleven versions with those who get it. Calls fell by 40 %, and so did the debts that were never answered.',
  'Une carte des arrêts de bus sans trottoir, faite avec une classe de lycée. La commune en a aménagé neuf dans l’année.',
  'I kept a small library for forms alive for six years: 120 releases, eleven people who merge, no burnout. The hardest part was saying no with a reason.',
];

export const failed = [
  'Un formulaire dont j’étais fier, que personne au guichet ne pouvait imprimer. Depuis, je teste d’abord sur leur imprimante.',
  'A dashboard nobody opened. I had asked what they wanted to see, not what they would do with it.',
  'J’ai livré deux semaines trop tard pour la rentrée. Maintenant je demande d’abord la date qui compte.',
  'We launched on a Friday. I am not doing that again, and I write the way back before the way out.',
];

export const publics = [
  'Les personnes qui rencontrent l’État à un guichet, parce que c’est là que se décide si elles reviennent.',
  'Farmers who file the same figures five times a year, on a phone, in a field.',
  'Les proches aidants, qui remplissent tout à la place de quelqu’un d’autre.',
  'People who write to a court without a lawyer.',
];

export const proposals: readonly { title: string; problem: string }[] = [
  {
    title: 'DélaiJuste',
    problem:
      'Personne ne sait dire à un usager quand son permis sera instruit. Nous avons les dates de 60\u202f000 dossiers et aucune estimation.',
  },
  {
    title: 'OuvrirLesQuais',
    problem: 'Les plaisanciers appellent trois capitaineries pour une place\u00a0; les agents tiennent un cahier.',
  },
  {
    title: 'PlainAct',
    problem:
      'Half of the people who get our decisions call to ask what they say. We want to rewrite the twelve that make up 80 % of them.',
  },
  {
    title: 'SecheresseProche',
    problem: 'Les maires apprennent une restriction d’eau par la presse. Ils devraient l’avoir deux semaines plus tôt.',
  },
  {
    title: 'RelaisSocial',
    problem: 'Social workers copy the same family into four systems. Nobody has drawn the map of these systems.',
  },
  {
    title: 'VigiePonts',
    problem: 'Des photos d’inspection par milliers, et pas de liste de travaux que les ingénieurs croient.',
  },
  { title: 'TroisClics', problem: 'Réserver une salle publique demande un fax dans onze communes sur vingt.' },
  { title: 'HerbierOuvert', problem: '1.2 million sheets are scanned and cannot be searched by place.' },
  { title: 'CantineLocale', problem: 'Les cantines veulent acheter à moins de 50\u00a0km et ne savent pas chez qui.' },
  {
    title: 'PremierRendezVous',
    problem:
      'Quatre personnes sur dix reviennent parce qu’il manquait une pièce. La liste des pièces tient sur neuf pages.',
  },
];
