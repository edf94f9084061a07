import type { TopicTemplate } from './templates.js';

const headed = (...headings: string[]) => headings.map((one) => `# ${one}`).join('\n\n\n\n');

/** The templates of a forum until staff write their own, in both languages. Without schemas, so that a page does not load the library of these for a text. */
export const USUAL_TEMPLATES: readonly TopicTemplate[] = [
  {
    ...{ id: 'question', kind: 'question', tags: [] },
    names: { en: 'Question', fr: 'Question' },
    texts: {
      en: headed('What I want to do', 'What I have tried', 'What happens instead'),
      fr: headed('Ce que je veux faire', 'Ce que j’ai essayé', 'Ce qui se passe à la place'),
    },
  },
  {
    ...{ id: 'lesson-learnt', kind: 'discussion', tags: [] },
    names: { en: 'Lesson learnt', fr: 'Retour d’expérience' },
    texts: {
      en: headed('What happened', 'What we learnt', 'What we would do next time'),
      fr: headed('Ce qui s’est passé', 'Ce que nous avons appris', 'Ce que nous ferions la prochaine fois'),
    },
  },
  {
    ...{ id: 'decision', kind: 'discussion', tags: [] },
    names: { en: 'Decision', fr: 'Décision' },
    texts: {
      en: headed('What is decided', 'Why', 'What else was considered', 'Who does what, until when'),
      fr: headed('Ce qui est décidé', 'Pourquoi', 'Ce qui a été envisagé', 'Qui fait quoi, et pour quand'),
    },
  },
  {
    ...{ id: 'event-report', kind: 'discussion', tags: [] },
    names: { en: 'Event report', fr: 'Compte rendu d’événement' },
    texts: {
      en: headed('What, when and where', 'Who was there', 'What was said', 'What follows'),
      fr: headed('Quoi, quand et où', 'Qui était là', 'Ce qui s’est dit', 'La suite'),
    },
  },
];
