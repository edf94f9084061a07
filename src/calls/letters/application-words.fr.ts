import type { ApplicationFacts, ByKind } from './application-words.js';

/** What letters say in French. */
export function french({
  title,
  until,
  number,
  hours,
  days,
  isNew,
  isHandedIn,
  isAdded,
  isClosed,
  text,
  decision,
  place,
  confirmBy,
  asked,
}: ApplicationFacts): ByKind {
  const notYet = 'Pas encore déposée.';
  const left = hours >= 48 ? `${Math.round(hours / 24)}\u00a0jours` : `${hours}\u00a0heures`;
  const daysLeft = hours === 24 ? 'un jour' : left;
  return {
    link: {
      subject: isNew ? `Votre candidature\u00a0: ${title}` : `Votre lien\u00a0: ${title}`,
      lines: [
        ...(isHandedIn ? [`Déposée, numéro ${number}.`] : [notYet]),
        isClosed
          ? `L’appel est clos depuis le ${until}.`
          : `Vous pouvez la déposer, et la modifier, jusqu’au ${until}.`,
        ...(isNew ? ['Si vous n’avez pas demandé ce lien, ne faites rien\u00a0: il est oublié dans un jour.'] : []),
      ],
      action: isNew ? 'Commencer ma candidature' : 'Ouvrir ma candidature',
    },
    closing: {
      subject: `Pas encore déposée, il reste ${left}\u00a0: ${title}`,
      lines: [notYet, `L’appel ferme le ${until}, à la seconde près. Ce qui manque est dit sur la page.`],
      action: 'Ouvrir ma candidature',
    },
    closed: {
      subject: `Fermé sans votre candidature\u00a0: ${title}`,
      lines: [
        'Votre candidature n’a pas été déposée avant la fermeture\u00a0: personne ne la lit.',
        `Ce que vous avez écrit se lit encore ${days}\u00a0jours, puis est effacé.`,
      ],
      action: 'Lire ce que j’ai écrit',
    },
    extended: {
      subject: `Pas encore déposée, et plus de temps\u00a0: ${title}`,
      lines: [notYet, `L’appel ferme plus tard que prévu\u00a0: le ${until}.`],
      action: 'Ouvrir ma candidature',
    },
    receipt: {
      subject: `Déposée, numéro ${number}\u00a0: ${title}`,
      lines: [
        isAdded
          ? 'L’équipe du programme a ajouté votre candidature telle que vous l’avez envoyée. Elle se trouve ci-dessous.'
          : 'Nous avons reçu votre candidature. Ce que vous avez déposé se trouve ci-dessous.',
        isClosed
          ? 'L’appel est clos\u00a0: elle reste telle qu’elle est ici.'
          : `Vous pouvez la modifier jusqu’au ${until}\u00a0; la dernière déposée compte.`,
      ],
      action: 'Ouvrir ma candidature',
    },
    withdrawn: {
      subject: `Retirée\u00a0: ${title}`,
      lines: [
        'Vous avez retiré votre candidature. Plus personne ne peut lire vos réponses.',
        `Elle est entièrement effacée dans ${days}\u00a0jours.`,
      ],
      action: 'Ouvrir ma candidature',
    },
    message: {
      subject: `L’équipe du programme vous a écrit\u00a0: ${title}`,
      lines: [text],
      action: 'Lire et répondre',
    },
    decision: {
      subject: `${{ accepted: 'Retenue', waiting: 'Sur liste d’attente', declined: 'Notre réponse', lapsed: 'Notre réponse' }[decision]}\u00a0: ${title}`,
      lines: [
        text,
        ...(place === 'open'
          ? [
              `Dites-nous d’ici le ${confirmBy} si vous prenez la place. Sans réponse d’ici là, elle ne sera plus la vôtre.`,
            ]
          : []),
      ],
      action: place === 'open' ? 'Prendre la place, ou la rendre' : 'Ouvrir ma candidature',
    },
    'to-confirm': {
      subject: `Votre place n’est pas encore confirmée, il reste ${daysLeft}\u00a0: ${title}`,
      lines: [
        `Dites-nous d’ici le ${confirmBy} si vous prenez la place. Sans réponse d’ici là, elle ne sera plus la vôtre.`,
      ],
      action: 'Prendre la place, ou la rendre',
    },
    'place-taken': {
      subject: `Votre place est confirmée\u00a0: ${title}`,
      lines: ['Vous prenez la place. Nous nous en réjouissons, et vous écrivons pour la suite.'],
      action: 'Ouvrir ma candidature',
    },
    'place-lost': {
      subject: `${place === 'given-back' ? 'Vous avez rendu votre place' : 'Votre place n’a pas été confirmée'}\u00a0: ${title}`,
      lines: [
        place === 'given-back'
          ? 'Vous avez rendu la place. Merci de nous l’avoir dit\u00a0: quelqu’un d’autre peut l’avoir.'
          : `Sans réponse de votre part avant le ${confirmBy}, la place n’est plus la vôtre.`,
      ],
      action: 'Ouvrir ma candidature',
    },
    asked: {
      subject: `Nous vous demandons un complément\u00a0: ${title}`,
      lines: [
        ...(asked.words === '' ? [] : [asked.words]),
        'Ces questions vous sont de nouveau ouvertes\u00a0:',
        ...asked.questions.map((question) => `– ${question}`),
        `Répondez-y, et déposez de nouveau, d’ici le ${asked.until}.${isClosed ? ' Le reste demeure tel que vous l’avez déposé.' : ''}`,
      ],
      action: 'Répondre',
    },
  };
}
