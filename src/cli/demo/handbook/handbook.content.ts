interface DemoWords {
  title: string;
  body: string;
}

/** A page of the demo's handbook: what it says, how many days ago it was written, and the pages below it. A language that it has not yet is absent. */
export interface DemoPage {
  en?: DemoWords;
  fr?: DemoWords;
  daysAgo: number;
  below?: readonly DemoPage[];
}

export const handbookPages: readonly DemoPage[] = [
  {
    en: {
      title: 'First week',
      body: 'What to have done by Friday.\n\n## Monday\n\n- Collect your badge at the desk of your agency; bring an identity card.\n- Meet your host for half an hour: what hurts most in the service today?\n\n## By Wednesday\n\n- Ask for the accounts you need. They take a week.\n- Book your first session with a coach.\n\n## Friday\n\nWrite three lines in your team’s channel: what surprised you, what you do not understand, whom you want to meet.',
    },
    fr: {
      title: 'Première semaine',
      body: 'Ce qui devrait être fait vendredi.\n\n## Lundi\n\n- Récupérer son badge à l’accueil de l’administration\u00a0; apporter une pièce d’identité.\n- Voir son hôte une demi-heure\u00a0: qu’est-ce qui fait le plus mal dans le service aujourd’hui\u00a0?\n\n## D’ici mercredi\n\n- Demander les comptes dont on a besoin. Il faut compter une semaine.\n- Réserver une première séance avec un coach.\n\n## Vendredi\n\nÉcrire trois lignes dans le canal de l’équipe\u00a0: ce qui vous a surpris, ce que vous ne comprenez pas, qui vous voulez rencontrer.',
    },
    daysAgo: 80,
  },
  {
    en: { title: 'Working in an agency', body: 'Who decides, what one may buy, and how to publish.' },
    fr: { title: 'Travailler dans une administration', body: 'Qui décide, ce qu’on peut acheter, et comment publier.' },
    daysAgo: 75,
    below: [
      {
        en: {
          title: 'Who decides what',
          body: 'A sponsor opens doors, a host opens the calendar, and the head of the service signs.\n\n| Question | Ask first | Then |\n| --- | --- | --- |\n| May we talk to users? | Your host | Nobody |\n| May we change the form? | The service | Legal office |\n| May we go live? | The service | Security officer |',
        },
        fr: {
          title: 'Qui décide quoi',
          body: 'Le sponsor ouvre des portes, l’hôte ouvre l’agenda, et le chef de service signe.\n\n| Question | Demander d’abord | Puis |\n| --- | --- | --- |\n| Pouvons-nous parler aux usagers\u00a0? | Votre hôte | Personne |\n| Pouvons-nous changer le formulaire\u00a0? | Le service | Les juristes |\n| Pouvons-nous mettre en ligne\u00a0? | Le service | Le responsable sécurité |',
        },
        daysAgo: 60,
      },
      {
        en: {
          title: 'Publish code from inside an agency',
          body: 'Code written in a public service may be published unless a law forbids it. Somebody has to check four things: do the checking yourself, then ask for a signature on the result.\n\n## Before you ask\n\n- No secret in any version of the history.\n- No personal data, also in tests and pictures.\n- The names of servers and colleagues are gone.\n- You know who wrote it.\n\n## Who says yes\n\nThe host, because they answer for it; security, because they can stop it; the legal office, because they like to be last.\n\n## If somebody says no\n\nAsk for the article of law.',
        },
        fr: {
          title: 'Publier du code depuis une administration',
          body: 'Un code écrit dans un service public peut être publié, sauf si une loi l’interdit. Quelqu’un doit vérifier quatre choses\u00a0: faites la vérification, puis demandez une signature.\n\n## Avant de demander\n\n- Aucun secret dans aucune version de l’historique.\n- Aucune donnée personnelle, même dans les tests et les images.\n- Plus de noms de serveurs ni de collègues.\n- Vous savez qui l’a écrit.\n\n## Qui dit oui\n\nL’hôte, qui en répond\u00a0; la sécurité, qui peut l’arrêter\u00a0; les juristes, qui aiment être les derniers.\n\n## Si quelqu’un dit non\n\nDemandez l’article de loi.',
        },
        daysAgo: 40,
      },
    ],
  },
  {
    en: { title: 'Research with users', body: 'Five people, one question, no demonstration.' },
    fr: { title: 'Recherche auprès des usagers', body: 'Cinq personnes, une question, pas de démonstration.' },
    daysAgo: 50,
    below: [
      {
        fr: {
          title: 'Recruter sans fichier',
          body: 'Pas besoin d’une base de contacts\u00a0: le guichet suffit.\n\n- Passez une matinée à l’accueil, avec l’accord du service.\n- Demandez dix minutes, pas une heure.\n- Notez le prénom seulement, et rien d’autre.',
        },
        daysAgo: 30,
      },
      {
        en: {
          title: 'Testing with a screen reader',
          body: 'Half an hour with somebody who uses one every day tells more than a report.\n\n1. Let them choose their own device.\n2. Give a task, not a tour.\n3. Be silent for longer than you like.',
        },
        daysAgo: 20,
      },
    ],
  },
  {
    en: {
      title: 'Handing over',
      body: 'Begin in the seventh month.\n\n- [ ] Who goes on with the service is named\n- [ ] They have every account\n- [ ] They have deployed once, alone\n- [ ] The known faults are written down',
    },
    fr: {
      title: 'Transmettre',
      body: 'Commencer au septième mois.\n\n- [ ] Qui prend la suite est nommé\n- [ ] Cette personne a tous les comptes\n- [ ] Elle a déployé une fois, seule\n- [ ] Les défauts connus sont écrits',
    },
    daysAgo: 15,
  },
];
