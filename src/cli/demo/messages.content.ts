/** Exchanges in channels: each line is said by the next speaker. `{project}`, `{place}`, `{n}`, `{hour}` are filled in. */
export const exchanges: readonly (readonly string[])[] = [
  [
    'Bonjour tout le monde, premier jour chez {project} !',
    'Bienvenue ! La machine à café du 3e est la bonne.',
    'Et le badge ne marche pas avant {hour}, prévoyez un livre.',
  ],
  [
    'Who is at the office today?',
    'I am, desk by the window.',
    'Moi à partir de {hour}.',
    'Remote, but around all day.',
  ],
  [
    'Quelqu’un a déjà obtenu un accès au registre ?',
    'Oui, il faut passer par le formulaire bleu, pas le mail.',
    'Compte {n} jours.',
    'Merci, je tente.',
  ],
  ['Our read-out moved to {hour}, same room.', 'Thanks, on my way.', 'Can somebody bring the adapter?', 'I have one.'],
  [
    'Petite victoire : {n} dossiers traités ce matin avec le prototype, zéro retour.',
    'Bravo !',
    'Tu montreras vendredi ?',
    'Avec plaisir.',
  ],
  [
    'The export has {n} duplicate rows again.',
    'Same key?',
    'Same key, other date.',
    'Then it is the Monday job that runs twice. I will ask them.',
  ],
  ['On déjeune à {hour} à la cantine ?', 'Partant.', 'Moi aussi, gardez-moi une place.'],
  [
    'Has anybody a good intro to the RGAA for agents?',
    'The one-page list from the workshop, shall I post it?',
    'Please!',
    '- [x] clavier\n- [x] titres\n- [ ] étiquettes de formulaire',
  ],
  [
    'Le comité de suivi demande une démonstration de {n} minutes.',
    'Montrez un seul parcours.',
    'Et commencez par la fin.',
    'Bonne idée, on répète à {hour} ?',
  ],
  ['`npm test` is green at last.', 'What was it?', 'A test that only failed in another time zone.', 'They always do.'],
  [
    'J’ai {n} entretiens transcrits, qui veut relire la synthèse ?',
    'Moi.',
    'Envoie, je la lis dans le train.',
    'Merci à vous deux.',
  ],
  [
    'Reminder: the room {place} is booked for somebody else at {hour}.',
    'We can move to the small one.',
    'Done, I put a note on the door.',
  ],
  ['Comment vous appelez ça en français, a “backlog” ?', 'La liste.', 'Le reste à faire.', 'Adopté : la liste.'],
  [
    'The agents asked for a print button.',
    'A real one?',
    'They print to sign. So yes.',
    'Then let us make the print page good.',
  ],
  [
    'Question bête : qui signe les ordres de mission ?',
    'Ton hôte, puis le secrétariat du {place}.',
    'Pas bête du tout, on a tous demandé.',
  ],
  [
    'I pushed a small map of the cohort: who works on addresses.',
    'Oh nice, {project} is on it twice.',
    'They are that good.',
    'Fixed.',
  ],
  ['Panne du VPN ?', 'Oui, ici aussi.', 'Revenu à {hour}.', 'Confirmé, ça remarche.'],
  [
    'Our host said yes to open source!',
    'Congratulations!',
    'How did you do it?',
    'A one-page note and one good lunch.',
  ],
  [
    'On cherche {n} testeurs pour vingt minutes, {place}, à {hour}.',
    'Je viens.',
    'Moi aussi, avec mon lecteur d’écran.',
    'Parfait, merci.',
  ],
  [
    'What do you use to compare two CSV files?',
    '```sh\ncsvdiff old.csv new.csv --key id\n```',
    'Thanks, that is exactly it.',
  ],
  [
    'La réunion avec la DSI a duré {n} minutes de moins que prévu.',
    'Bon signe ?',
    'Ils ont dit oui.',
    'Alors très bon signe.',
  ],
  ['Can I borrow a designer for half an hour?', 'At {hour}?', 'Perfect.', 'Bring the screen that hurts.'],
  [
    'Le train de {hour} est supprimé, je suis en visio ce matin.',
    'Pas de souci, on ouvre la salle.',
    'Le lien est dans la page de la session.',
  ],
  [
    'Found the 1998 encoding bug.',
    'No!',
    'Two imports, one of them through a spreadsheet.',
    'It is always a spreadsheet.',
  ],
  [
    'Rappel : pensez à écrire le besoin avant de réserver votre coach, deux lignes suffisent.',
    'Fait.',
    'Fait aussi, merci du rappel.',
  ],
  ['We have {n} open seats in the workshop on contracts.', 'I take one.', 'Can my host come?', 'Hosts are welcome.'],
  ['Qui va à la démonstration de {project} ?', 'Moi, j’y serai à {hour}.', 'Je prends des notes pour les absents.'],
  ['The office closes at {hour} today, works on the stairs.', 'Thanks for the warning.', 'Home office then.'],
  [
    'J’ai réécrit le courrier type : 4 phrases au lieu de {n}.',
    'On peut le lire ?',
    'Oui, il est épinglé au mur et dans le dossier partagé.',
    'C’est limpide.',
  ],
  [
    'Anybody else who cannot reach the geocoder?',
    'Works here.',
    'Rate limit. We ask too fast, sorry.',
    'Put a cache in front, we did.',
  ],
  [
    'Petit sondage : point d’équipe à {hour} ou plus tard ?',
    'Plus tôt me va.',
    'Comme vous voulez.',
    'Gardons {hour}.',
  ],
  [
    'I wrote down who decides what at {project}.',
    'That is gold.',
    'It fits on one page, and two names are missing.',
    'I know one of them.',
  ],
  [
    'Le formulaire passe de {n} à 14 champs.',
    'Qu’est-ce que vous avez enlevé ?',
    'Tout ce que l’administration sait déjà.',
    'Bravo, vraiment.',
  ],
  ['Lunch talk on licences tomorrow, {place}.', 'Recorded?', 'No, come.', 'I will.'],
  [
    'Le stagiaire du guichet a trouvé le bogue que nous cherchions depuis une semaine.',
    'Embauchez-le.',
    'Il commence lundi comme testeur officiel.',
  ],
  ['Do we have a template for the impact note?', 'In the forum, the topic on measuring impact.', 'Found it, thanks.'],
  ['Nuit calme : aucune alerte.', 'La première depuis {n} jours.', 'Ne le dis pas trop fort.'],
  ['How many of you deploy on Fridays?', 'Before {hour}, yes.', 'Never.', 'Only text.'],
  [
    'Merci pour le coup de main hier, la passation est plus claire.',
    'Avec plaisir, on refait un point dans deux semaines.',
    'Je réserve.',
  ],
  [
    'The minister’s office asks for one number by {hour}.',
    'Which one?',
    'They said “a good one”.',
    'Send the honest one with its doubt.',
  ],
];

/** Said to one person. */
export const directExchanges: readonly (readonly string[])[] = [
  [
    'Salut, tu as deux minutes pour relire mon besoin avant la session ?',
    'Oui, envoie.',
    'C’est clair. Ajoute juste ce que tu as déjà essayé.',
    'Merci !',
  ],
  [
    'Are you coming to the workshop at {hour}?',
    'On the waiting list, second in line.',
    'I may leave my place, I will tell you.',
    'You are kind.',
  ],
  ['Je crois que notre hôte n’a pas reçu l’invitation.', 'Je lui renvoie le lien tout de suite.', 'Reçu, merci.'],
  ['Quick one: may I quote your note in the read-out?', 'Yes, without the name of the agent please.', 'Of course.'],
  ['Tu prends le train de {hour} vendredi ?', 'Oui, on travaille dans le wagon-bar ?', 'Parfait.'],
  [
    'Thank you for yesterday, it helped a lot.',
    'Glad it did. Tell me how the meeting goes.',
    'Went well! They agreed on March.',
  ],
];
export const places = ['Garonne', 'Vercors', 'Écrins', 'Belledonne', 'Oisans'] as const;
export const hours = ['9 h 30', '11:00', '12 h 15', '14:00', '16 h', '17:30'] as const;
