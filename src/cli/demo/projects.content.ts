import type { SetGoal } from '../../contracts/mentoring/goals.js';

/** Twenty agencies and the thirty-five projects (défis) they host; invented. */
export const agencies = [
  'Direction des routes du Centre',
  'Agence de l’eau Rhône-Alpes',
  'Rectorat de Lyon',
  'Préfecture de l’Isère',
  'Caisse des allocations de la Drôme',
  'Office national des sols',
  'Archives départementales',
  'Institut des statistiques locales',
  'Direction des affaires maritimes',
  'Centre hospitalier de Valence',
  'Service des permis de construire',
  'Agence du logement',
  'Direction du travail',
  'Inspection des ouvrages d’art',
  'Mission transition énergétique',
  'Observatoire de la biodiversité',
  'Direction des achats publics',
  'Service civil des douanes',
  'Agence de l’alimentation',
  'Médiation numérique du Puy-de-Dôme',
] as const;

export const projects: readonly { name: string; agency: number; summary: string }[] = [
  {
    name: 'PermisClair',
    agency: 10,
    summary: 'Quatre dossiers sur dix reviennent incomplets. Rendre le formulaire de permis lisible du premier coup.',
  },
  {
    name: 'EauVive',
    agency: 1,
    summary: 'Warn the 1,200 mayors of the basin about low water two weeks earlier than today.',
  },
  {
    name: 'BailNet',
    agency: 11,
    summary: 'Repérer les annonces de location discriminatoires avec les agents qui les instruisent.',
  },
  {
    name: 'TriAppel',
    agency: 4,
    summary: 'Sort 3,000 calls a week so that urgent families are called back the same day.',
  },
  { name: 'CartoGel', agency: 0, summary: 'Cartographier le verglas route par route pour saler moins et mieux.' },
  { name: 'SignalSol', agency: 5, summary: 'One page on the state of the soil of any parcel, readable by a notary.' },
  { name: 'Filiation', agency: 6, summary: 'Relier 1,4 million d’actes numérisés pour que chacun retrouve les siens.' },
  { name: 'PlacesLibres', agency: 2, summary: 'Show parents the school places that are really free in June.' },
  { name: 'QuaiOuvert', agency: 8, summary: 'Réserver une place de port sans appeler trois capitaineries.' },
  { name: 'LitDispo', agency: 9, summary: 'Know at 7 in the morning which hospital beds will be free at noon.' },
  { name: 'GuichetDoux', agency: 3, summary: 'Préparer le rendez-vous en préfecture pour qu’un seul suffise.' },
  {
    name: 'StatProche',
    agency: 7,
    summary: 'Publish local figures that a town councillor can quote without a phone call.',
  },
  { name: 'HeuresJustes', agency: 12, summary: 'Aider les inspecteurs à lire 40,000 bulletins de paie par an.' },
  { name: 'PontSûr', agency: 13, summary: 'From inspection photos to a repair list that engineers trust.' },
  { name: 'RénovSimple', agency: 14, summary: 'Un seul dossier pour les cinq aides à la rénovation.' },
  { name: 'AileBleue', agency: 15, summary: 'Let volunteers count birds once and three databases agree.' },
  { name: 'AchatClair', agency: 16, summary: 'Écrire un marché public de 40 pages en deux jours au lieu de dix.' },
  { name: 'PassageVert', agency: 17, summary: 'Cut the waiting time of organic produce at the border.' },
  { name: 'AssietteSûre', agency: 18, summary: 'Cibler les contrôles d’hygiène là où ils protègent le plus.' },
  { name: 'AidantsNum', agency: 19, summary: 'Give digital mediators one notebook instead of six forms.' },
  { name: 'RouteDite', agency: 0, summary: 'Transformer les appels radio des patrouilleurs en événements routiers.' },
  { name: 'NappeOuverte', agency: 1, summary: 'Groundwater levels as open data, with the doubts written beside them.' },
  { name: 'MonBahut', agency: 2, summary: 'Choisir son lycée avec des chiffres qui ne classent pas.' },
  { name: 'TitreSéjour+', agency: 3, summary: 'Tell people where their file is before they ask.' },
  {
    name: 'DroitsVifs',
    agency: 4,
    summary: 'Détecter les familles qui n’ont pas demandé l’aide à laquelle elles ont droit.',
  },
  { name: 'Terramémo', agency: 5, summary: 'Keep the memory of old industrial sites in one map.' },
  { name: 'Manuscrit', agency: 6, summary: 'Lire l’écriture du XVIIIe siècle avec ceux qui la connaissent.' },
  { name: 'ZoneFine', agency: 7, summary: 'Estimates for places of 200 people without unmasking one of them.' },
  { name: 'MaréeBasse', agency: 8, summary: 'Dire aux pêcheurs à pied où et quand, sur leur téléphone.' },
  { name: 'Garde7', agency: 9, summary: 'A duty roster that night nurses do not rewrite by hand.' },
  { name: 'PlanVoisin', agency: 10, summary: 'Expliquer un plan local d’urbanisme à ses voisins.' },
  { name: 'ToitRapide', agency: 11, summary: 'Match empty flats with emergency requests within a day.' },
  {
    name: 'ChantierSain',
    agency: 12,
    summary: 'Prévenir les accidents de chantier à partir des déclarations passées.',
  },
  { name: 'OuvrageVu', agency: 13, summary: 'See how a bridge aged, photo over photo.' },
  { name: 'CompteurVrai', agency: 14, summary: 'Mesurer ce que la rénovation a vraiment économisé.' },
];

/** Needs that a fellow writes when booking, in two lines. */
export const needs = [
  'Our officers say the form is clear, yet 4 files in 10 come back incomplete. How do I watch them without steering?',
  'Le porteur du défi change en janvier. Comment préparer la passation sans repartir de zéro ?',
  'The two registers disagree in 1 case out of 6. Which one do we believe, and who decides?',
  'Je dois présenter nos résultats au directeur dans dix jours et je n’ai qu’un tableau.',
  'We chose a library two months ago and regret it. Is now the time to change?',
  'L’hébergeur du ministère refuse notre base. Quelles questions poser à la réunion ?',
  'I have interviews with twelve agents and no idea how to bring them together.',
  'Nous livrons chaque semaine mais personne n’utilise. Par où commencer ?',
  'Our host wants a dashboard, the agents want their evenings back. How do I say no?',
  'Mon modèle est bon à 92 %, et l’équipe n’y croit pas. Que montrer d’autre ?',
  'The accessibility audit gave 43 points. Which ones first, with two weeks left?',
  'Comment écrire une étude d’impact (AIPD) quand on n’est pas juriste ?',
  'We are two in the team and do not agree on what “done” means.',
  'Je voudrais préparer la suite : qui maintiendra le service après juin ?',
  'Three teams solve the same geocoding problem. How do we share without a committee?',
  'Le comité de suivi approche : que faut-il dire, et surtout taire ?',
  'I would like a second pair of eyes on our data model before we freeze it.',
  'Les utilisateurs du guichet n’osent pas critiquer devant leur cheffe.',
] as const;

export const noteTexts = [
  'Strong pair, clear question. They will watch five agents without speaking and bring the notes next time.',
  'On a démêlé deux sujets : la qualité du registre (court terme) et la décision d’hébergement (mars). Rien ne bloque.',
  'The register is filled from paper, one to three days late. Do not clean before you know why it is late.',
  'Beaucoup de fatigue ce mois-ci. Proposé de réduire le périmètre de la prochaine démonstration à un seul parcours.',
  'Prepared the read-out: three slides, one number each. The host opens, the team shows, the agent concludes.',
  'L’accord avec la DSI est verbal. À écrire avant la fin du mois, avec une date de revue.',
  'Good progress on tests. Next: one person who is not in the team must be able to deploy.',
  'Le modèle sert à ordonner la file, pas à décider. Cette phrase doit figurer en tête du document.',
] as const;

/** The goals of two cycles, what is asked for in their sessions, and the closing note of the one that ended. */
export const cycleTexts = [
  {
    goal: 'Lire le code des autres sans le réécrire,\net dire pourquoi dans une revue',
    needs: [
      'Une revue de code que je n’ose pas envoyer : par où commencer ?',
      'Lire ensemble le module des paiements, une heure, à voix haute.',
      'Dire non à une modification sans fâcher personne.',
    ],
    note: '',
    word: '',
  },
  {
    goal: 'Tenir un comité de pilotage de vingt minutes',
    needs: [],
    word: 'Le comité suivant a été tenu sans aide.',
    note: 'Quatre séances, trois comités tenus à l’heure. **Acquis :** une question par comité, la décision écrite avant de lever la séance. **La suite :** laisser quelqu’un d’autre animer le prochain.',
  },
] as const;

export const goalTexts: readonly (Pick<SetGoal, 'title' | 'why' | 'measure'> & {
  setDaysAgo: number;
  untilDays: number;
  marks: { daysAgo: number; value: number; said: string }[];
})[] = [
  {
    title: 'Dix revues de code envoyées',
    why: 'Je relis beaucoup, et je n’envoie rien.',
    measure: { kind: 'number', unit: 'revues', start: 0, target: 10 },
    setDaysAgo: 60,
    untilDays: 30,
    marks: [
      { daysAgo: 52, value: 1, said: 'La première, avec Bastien à côté.' },
      { daysAgo: 38, value: 3, said: '' },
      { daysAgo: 20, value: 6, said: 'Une a été discutée deux jours.' },
      { daysAgo: 5, value: 8, said: '' },
    ],
  },
  {
    title: 'Un comité animé par quelqu’un d’autre',
    why: '',
    measure: { kind: 'yes_no' },
    setDaysAgo: 30,
    untilDays: 45,
    marks: [{ daysAgo: 10, value: 0, said: 'Reporté d’un mois.' }],
  },
];

export const actionTexts = [
  'Send the anonymised sample of 400 files',
  'Écrire qui décide de l’hébergement',
  'Book three agents for interviews',
  'Compter les dates manquantes par secteur',
  'Write the one-page impact note',
  'Demander l’accès en lecture au registre',
  'Try the form with a screen reader',
  'Préparer trois diapositives, un chiffre chacune',
  'Ask the host for a successor’s name',
  'Publier le dépôt avec une licence',
  'Draft the data protection sheet',
  'Appeler le responsable du guichet',
] as const;
