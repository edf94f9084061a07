import type { WorkshopKind, WorkshopLevel } from '../../contracts/workshops/workshop-fields.js';

/** Twenty pairs of workshops of a cohort; every third has a small room, so that some are full with people waiting. */
export const workshops: readonly {
  title: string;
  /** What the second one is about, two months later, of the same kind and for the same people. */
  later: { title: string; description: string };
  description: string;
  kind: WorkshopKind;
  level?: WorkshopLevel;
  tags: string[];
  hours: number;
  capacity: number;
  place: string | null;
}[] = [
  {
    title: 'Arriver : la carte de mon administration',
    later: {
      title: 'La carte de mon administration, quatre mois après',
      description:
        'Reprenez la carte des premiers jours : qui a changé de place, qui manque encore. On la redessine à deux.',
    },
    description: 'Qui décide, qui sait, qui freine. Chacun repart avec **sa** carte et deux noms à appeler.',
    kind: 'workshop',
    level: 'beginner',
    tags: ['arrivée'],
    hours: 2,
    capacity: 80,
    place: 'Salle Garonne',
  },
  {
    title: 'Reading a public contract without fear',
    later: {
      title: 'Buying small: a contract for three months',
      description: 'How to buy a small thing quickly and cleanly. A buyer answers; bring the need, in three lines.',
    },
    description:
      'Bring the contract your agency works under. We read it together:\n\n- what is bought, and until when\n- who owns the code\n- what you may publish',
    kind: 'workshop',
    level: 'beginner',
    tags: ['procurement', 'law'],
    hours: 2,
    capacity: 20,
    place: 'Room Garonne',
  },
  {
    title: 'Framing user interviews',
    later: {
      title: 'From forty interviews to four findings',
      description: 'Sort, name, count, throw away. You leave with four sentences that your host can repeat.',
    },
    description: 'From a vague worry to six questions that do not steer. Half the time is practice in threes.',
    kind: 'workshop',
    tags: ['research'],
    hours: 3,
    capacity: 18,
    place: 'Room Vercors',
  },
  {
    title: 'Étude d’impact (AIPD), à la main',
    later: {
      title: 'Anonymiser pour de bon, données en main',
      description: 'Ce qui réidentifie, ce qui suffit, ce qu’il faut garder. Sur un vrai fichier de la promotion.',
    },
    description: 'On remplit une vraie étude d’impact sur un défi de la promotion, ligne par ligne.',
    kind: 'workshop',
    level: 'intermediate',
    tags: ['données personnelles'],
    hours: 2.5,
    capacity: 20,
    place: 'Salle Vercors',
  },
  {
    title: 'Accessible charts',
    later: {
      title: 'Accessible forms',
      description: 'Labels, errors, order. You bring a form; it leaves complete by keyboard and by ear.',
    },
    description: 'Colour is never enough. You bring a chart; it leaves readable by keyboard, by ear and in grey.',
    kind: 'workshop',
    level: 'intermediate',
    tags: ['accessibility', 'data'],
    hours: 2,
    capacity: 16,
    place: 'Room Écrins',
  },
  {
    title: 'Show and tell: six weeks in',
    later: {
      title: 'Show and tell: halfway',
      description: 'Five minutes a team: what runs, who uses it, what you stopped.',
    },
    description: 'Five minutes a team, no slides needed. What surprised you?',
    kind: 'talk',
    tags: ['show and tell'],
    hours: 1.5,
    capacity: 120,
    place: null,
  },
  {
    title: 'Tests qui survivent à la passation',
    later: {
      title: 'Revue de code croisée entre équipes',
      description: 'Deux équipes échangent une branche et la relisent à voix haute. On garde trois règles.',
    },
    description: 'Écrire les dix tests qui diront à votre successeur que tout va bien.',
    kind: 'workshop',
    level: 'advanced',
    tags: ['développement'],
    hours: 2,
    capacity: 24,
    place: 'Salle Belledonne',
  },
  {
    title: 'Hosting in a ministry: what to ask',
    later: {
      title: 'Logs, alerts and who gets up at night',
      description: 'What to write down, what to be woken for, and whom to call in a ministry at 3 in the morning.',
    },
    description: 'A head of infrastructure answers. Come with your own constraints on one page.',
    kind: 'seminar',
    tags: ['hosting', 'security'],
    hours: 1.5,
    capacity: 60,
    place: null,
  },
  {
    title: 'Field notes: watching without steering',
    later: {
      title: 'Testing with five people who never asked for it',
      description: 'One task, one screen, no help. Half the afternoon at the counter, half to decide what changes.',
    },
    description: 'An afternoon at a real counter, then an hour to write down only what was seen.',
    kind: 'workshop',
    tags: ['research'],
    hours: 3,
    capacity: 14,
    place: 'Préfecture, guichet 4',
  },
  {
    title: 'From notebook to service',
    later: {
      title: 'A model in production: what to watch',
      description: 'Drift, silence and the day the input changes its format. Bring the one figure you look at.',
    },
    description: 'What has to change between a notebook that convinces and a service that runs at night.',
    kind: 'workshop',
    level: 'advanced',
    tags: ['data', 'développement'],
    hours: 2,
    capacity: 24,
    place: 'Room Écrins',
  },
  {
    title: 'Point d’équipe des données',
    later: {
      title: 'Point d’équipe des données : le chiffre du mois',
      description: 'Quinze minutes, un chiffre par équipe, et ce qu’il a changé.',
    },
    description: 'Un tour de table de quinze minutes, un chiffre auquel vous ne croyez pas.',
    kind: 'standup',
    tags: ['data'],
    hours: 0.5,
    capacity: 40,
    place: null,
  },
  {
    title: 'Mesurer l’impact sans se mentir',
    later: {
      title: 'Raconter l’impact en une page',
      description: 'Une page, un chiffre, une personne. On échange les pages et on raye ce que personne ne croit.',
    },
    description: 'Choisir un indicateur, écrire ce qu’il ne dit pas, et la date où on l’abandonnera.',
    kind: 'workshop',
    tags: ['impact'],
    hours: 2,
    capacity: 30,
    place: 'Salle Garonne',
  },
  {
    title: 'Design system de l’État, en pratique',
    later: {
      title: 'RGAA : corriger les dix erreurs qui reviennent',
      description: 'Contrastes, intitulés, titres, focus : on corrige en direct ce que vos audits ont trouvé.',
    },
    description: 'Composants, écarts permis, et comment demander celui qui manque.',
    kind: 'workshop',
    level: 'beginner',
    tags: ['design'],
    hours: 2,
    capacity: 24,
    place: 'Salle Vercors',
  },
  {
    title: 'Writing for agents, not for ourselves',
    later: {
      title: 'Error messages that help somebody',
      description: 'What happened, and what to do now. Bring your three worst; they leave shorter.',
    },
    description: 'Your longest help text becomes three sentences. Bring it printed.',
    kind: 'workshop',
    tags: ['content'],
    hours: 1.5,
    capacity: 18,
    place: 'Room Belledonne',
  },
  {
    title: 'Which licence, and who signs it?',
    later: {
      title: 'Opening a repository without regrets',
      description: 'History, secrets, names of people: what to look for before the switch, and who says yes.',
    },
    description: 'Open source in an administration: licences, contributor rules, and the one mail to send first.',
    kind: 'seminar',
    tags: ['open source', 'law'],
    hours: 1,
    capacity: 80,
    place: null,
  },
  {
    title: 'Prendre la parole devant un comité',
    later: {
      title: 'Répondre aux questions d’un comité',
      description: 'Les questions qui fâchent, posées par vos pairs. Trois minutes pour répondre, une pour respirer.',
    },
    description: 'Trois minutes chacun, filmées, revues à deux. On ne regarde pas la vidéo des autres.',
    kind: 'workshop',
    level: 'beginner',
    tags: ['prise de parole'],
    hours: 3,
    capacity: 12,
    place: 'Salle Oisans',
  },
  {
    title: 'SQL that another person can read',
    later: {
      title: 'Data quality: finding it before they do',
      description: 'Twelve checks that run each night, and the mail that nobody wants to get from a user.',
    },
    description: 'Refactor one query of yours with a stranger. Common table expressions, names, comments.',
    kind: 'workshop',
    level: 'intermediate',
    tags: ['data'],
    hours: 2,
    capacity: 20,
    place: 'Room Écrins',
  },
  {
    title: 'Sécurité : les dix questions de l’homologation',
    later: {
      title: 'Sécurité : une menace, une heure, un plan',
      description: 'On choisit une menace par équipe et on écrit ce qu’on fera ce jour-là.',
    },
    description: 'Ce que demande la commission, et ce qu’on peut préparer dès maintenant.',
    kind: 'seminar',
    tags: ['sécurité'],
    hours: 1.5,
    capacity: 60,
    place: null,
  },
  {
    title: 'Pair design: two hours, one flow',
    later: {
      title: 'Pair programming: two hours, one bug',
      description: 'A designer and a developer chase one bug together, from the screen to the line.',
    },
    description: 'A designer and a developer from different teams redesign one flow, to the pixel and to the code.',
    kind: 'workshop',
    tags: ['design', 'développement'],
    hours: 2,
    capacity: 20,
    place: 'Room Oisans',
  },
  {
    title: 'Geocoding old addresses',
    later: {
      title: 'Maps that load on a slow line',
      description: 'Fewer points, better tiles, and a list for who sees no map.',
    },
    description: 'Parcels, lost streets and spelling of 1930. We compare four ways on the same 200 lines.',
    kind: 'workshop',
    level: 'advanced',
    tags: ['data', 'geo'],
    hours: 2,
    capacity: 16,
    place: 'Room Belledonne',
  },
];

/** What workshops leave behind. */
export const aftermath = {
  materials: [
    { title: 'Enregistrement de la séance', url: 'https://video.example/atelier', phase: 'after', isRecording: true },
    { title: 'Les planches', url: 'https://files.example/planches.pdf', phase: 'after' },
    { title: 'Deux pages à lire avant', url: 'https://files.example/avant.pdf', phase: 'before' },
  ],
  minutes: [
    '- Trois exemples vus ensemble, un par administration.',
    '- **Décidé :** chacun refait l’exercice sur son propre dossier avant le prochain atelier.',
    '- Karim rassemble les dossiers et les met en commun ; Inès relit.',
    '- Question restée ouverte : que faire des dossiers sans adresse ?',
  ].join('\n'),
  question: {
    title: 'Que faire des dossiers sans adresse ?',
    body: 'La question est restée ouverte à l’atelier. Qui a déjà tranché, et comment l’avez-vous écrit dans la notice ?',
  },
} as const;
