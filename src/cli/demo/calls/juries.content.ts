/** Who reads the proposals of the next cohort; invented. The first signs in as `juror@`. */
export const jurors: readonly { name: string; email: string; organisation: string; locale: 'en' | 'fr' }[] = [
  {
    name: 'Rosalie Brémond',
    email: 'juror@demo.cordee.example',
    organisation: 'Observatoire des services publics',
    locale: 'en',
  },
  {
    name: 'Gilles Sauvan',
    email: 'gilles.sauvan@logement.cordee.example',
    organisation: 'Agence du logement',
    locale: 'fr',
  },
  {
    name: 'Mina Dahmani',
    email: 'mina.dahmani@rivage.cordee.example',
    organisation: 'Coopérative Rivage',
    locale: 'fr',
  },
  {
    name: 'Piotr Kowal',
    email: 'piotr.kowal@brest.cordee.example',
    organisation: 'École du numérique de Brest',
    locale: 'en',
  },
  {
    name: 'Alix Verdier',
    email: 'alix.verdier@observatoire.cordee.example',
    organisation: 'Observatoire des services publics',
    locale: 'fr',
  },
  {
    name: 'Soline Tardy',
    email: 'soline.tardy@guichet.cordee.example',
    organisation: 'Association Guichet Ouvert',
    locale: 'fr',
  },
];

/** What they write to each other. */
export const comments = [
  'Un problème précis, et quelqu’un qui le porte. Demander qui maintient après.',
  'Good, if the data are really theirs. Ask to see ten rows before the interview.',
  'Trop large pour dix mois. La première étape suffirait.',
  'The host has time, and says so. That decides most of it.',
  'Utile, mais un outil existe déjà dans deux régions.',
  'I like that they counted first.',
];

/** Who talks to those who handed in, where, and to how many of them. */
export const panels: readonly {
  name: string;
  members: readonly string[];
  place: string;
  phone: string;
  invites: number;
}[] = [
  {
    ...{ name: 'Écrins', members: ['Mina Dahmani'], place: 'Salle Écrins', phone: '04 00 00 00 00', invites: 4 },
  },
  {
    ...{ name: 'Garonne', members: ['Piotr Kowal', 'Alix Verdier'], place: 'https://visio.cordee.example/garonne' },
    ...{ phone: '', invites: 2 },
  },
];
