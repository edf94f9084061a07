/** What people of the demo want to learn: how many want it, how many can give it, and how many days ago it was written. */
export const wishTexts = [
  {
    subject: 'Tester avec un lecteur d’écran',
    text: 'NVDA et VoiceOver, sur nos propres écrans, avec quelqu’un qui s’en sert chaque jour.',
    wants: 11,
    gives: 2,
    daysAgo: 16,
  },
  {
    subject: 'SQL for people who do not code',
    text: 'Joins and grouping on the data of our agency, so that we need not ask for every figure.',
    wants: 7,
    gives: 1,
    daysAgo: 11,
  },
  {
    subject: 'Mener un entretien sans souffler la réponse',
    text: 'Écouter des extraits ensemble, et réécrire les questions.',
    wants: 5,
    gives: 0,
    daysAgo: 9,
  },
  {
    subject: 'Déployer sans couper le service',
    text: '',
    wants: 3,
    gives: 1,
    daysAgo: 6,
  },
  {
    subject: 'Reading a public tender',
    text: 'What binds us, what does not, and whom to ask before we sign.',
    wants: 2,
    gives: 0,
    daysAgo: 4,
  },
  {
    subject: 'Raconter son projet en trois minutes',
    text: 'Je peux animer un tour de table filmé : chacun repart avec sa vidéo.',
    wants: 0,
    gives: 1,
    daysAgo: 2,
  },
] as const;
