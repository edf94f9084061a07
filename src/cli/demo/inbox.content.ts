/** Replies that name one of the demo's accounts, in the order of these; `{person}` is their name. */
export const forumCalls = [
  '{person}, you had this in your first month: what did you do in the end?',
  '{person}, est-ce que votre équipe a gardé cette bibliothèque ?',
  'I think {person} tried this at a counter. Did it hold?',
  '{person} nous en avait parlé en séance : je peux citer votre exemple ?',
  '{person}, would you read our draft before we send it?',
  '{person}, côté administration, qui signe ce genre de document ?',
];

/** The same for the channel of the cohort. */
export const chatCalls = [
  '{person} can you bring the printed forms on Thursday?',
  '{person} ta branche est relue, deux questions dedans.',
  '{person} thanks for the counter notes, we stole the template.',
  '{person} merci pour la séance d’hier, la carte est refaite.',
  '{person} is your slot on Friday still free?',
  '{person} le badge est prêt à l’accueil.',
];
