/** The rules of a forum until staff write their own: markdown, in both languages. Without schemas, so that a page does not load the library of these for a text. */
export const USUAL_RULES = {
  en: `Few rules, so that everybody dares to ask. The programme team keeps them with you.

# Be kind

- Speak as you would at one table: about ideas, never about persons.
- Assume good will. A text has no tone of voice.
- Write in the words and the language that are yours. Nobody is corrected for their spelling.

# Be useful

- One topic for one question. Say what you have tried, and what you expected.
- Answer with what you know, and say how you know it. “I do not know” helps, too.
- Thank who helped you, and choose the answer: the next one who asks will find it.

# Be careful

- Personal data, passwords and what was said in confidence stay out of the forum.
- All of the cohort and its alumni read here. Ask before you repeat elsewhere what somebody wrote.

# When something goes wrong

- Flag the post. The programme team reads it, and nobody else is told.
- Is it getting heated? A break helps. The team may slow a topic down, close it or hide a post, and says why.
- Harassment and discrimination have no place here. Write to somebody of the team whom you trust.`,
  fr: `Peu de règles, pour que chacun ose demander. L’équipe du programme y veille avec vous.

# Restons bienveillants

- Parlez comme autour d’une même table\u00a0: des idées, jamais des personnes.
- Supposez la bonne foi. Un texte n’a pas de ton de voix.
- Écrivez avec vos mots et dans votre langue. Personne n’est repris sur son orthographe.

# Soyons utiles

- Un sujet par question. Dites ce que vous avez essayé, et ce que vous attendiez.
- Répondez avec ce que vous savez, et dites comment vous le savez. «\u00a0Je ne sais pas\u00a0» aide aussi.
- Remerciez qui vous a aidé, et choisissez la réponse\u00a0: la prochaine personne la trouvera.

# Soyons prudents

- Les données personnelles, les mots de passe et les confidences restent hors du forum.
- Toute la promotion et ses alumni lisent ici. Demandez avant de répéter ailleurs ce que quelqu’un a écrit.

# Quand quelque chose ne va pas

- Signalez le message. L’équipe du programme le lit, et personne d’autre n’est prévenu.
- Le ton monte\u00a0? Une pause aide. L’équipe peut ralentir un sujet, le fermer ou masquer un message, et dit pourquoi.
- Le harcèlement et la discrimination n’ont pas leur place ici. Écrivez à une personne de l’équipe en qui vous avez confiance.`,
};
