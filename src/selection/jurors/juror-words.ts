import type { Locale } from '../../contracts/primitives.js';

/** What a letter to a juror is about: that they are invited, that files wait for them, that the day comes near, or that staff remind them. */
export type JurorLetterKind = 'invited' | 'asked' | 'due' | 'reminded';

/** What the words are made from. `files`: how many wait for them; `until`: the day of the step in words, null for none. `hasJoined`: they followed their link before. */
export interface JurorFacts {
  title: string;
  cohortName: string;
  step: string;
  files: number;
  until: string | null;
  hasJoined: boolean;
}

interface Words {
  subject: string;
  lines: string[];
  action: string;
  footer: string;
}

/** The words of one letter to a juror. */
export const jurorWords = (kind: JurorLetterKind, facts: JurorFacts, locale: Locale): Words =>
  locale === 'fr' ? french(kind, facts) : english(kind, facts);

function english(kind: JurorLetterKind, { title, cohortName, step, files, until, hasJoined }: JurorFacts): Words {
  const waiting = files === 1 ? '1 file waits for your review' : `${files} files wait for your review`;
  const what = `${waiting}: ${step}${until === null ? '.' : `, until ${until}.`}`;
  const footer = `${cohortName}. This email is for jurors of the call${hasJoined ? '' : '; nobody else has this link'}.`;
  const action = hasJoined ? 'Open my files' : 'Take part';
  const subjects: Record<JurorLetterKind, string> = {
    invited: `You are invited to the jury: ${title}`,
    asked: `${waiting}: ${title}`,
    due: `${waiting}: ${title}`,
    reminded: `A reminder, ${waiting}: ${title}`,
  };
  const lines =
    kind === 'invited'
      ? [
          `The programme team of ${cohortName} invites you to read files of “${title}” as a juror.`,
          'You see your files and nothing else of the programme. If you know somebody, or have an interest in a file, say so there: it goes to another juror.',
          ...(files > 0 ? [what] : []),
        ]
      : [what, 'What you began is kept. If you cannot read a file, abstain there: another juror takes it.'];
  return { subject: subjects[kind], lines, action, footer };
}

function french(kind: JurorLetterKind, { title, cohortName, step, files, until, hasJoined }: JurorFacts): Words {
  const waiting = files === 1 ? '1 dossier attend votre avis' : `${files} dossiers attendent votre avis`;
  const what = `${waiting}\u00a0: ${step}${until === null ? '.' : `, jusqu’au ${until}.`}`;
  const footer = `${cohortName}. Ce courriel est destiné au jury de l’appel${hasJoined ? '' : '\u00a0; personne d’autre n’a ce lien'}.`;
  const action = hasJoined ? 'Ouvrir mes dossiers' : 'Participer';
  const subjects: Record<JurorLetterKind, string> = {
    invited: `Vous faites partie du jury\u00a0: ${title}`,
    asked: `${waiting}\u00a0: ${title}`,
    due: `${waiting}\u00a0: ${title}`,
    reminded: `Rappel, ${waiting}\u00a0: ${title}`,
  };
  const lines =
    kind === 'invited'
      ? [
          `L’équipe du programme ${cohortName} vous invite à lire des dossiers de «\u00a0${title}\u00a0» au sein du jury.`,
          'Vous voyez vos dossiers et rien d’autre du programme. Si vous connaissez la personne, ou avez un intérêt dans un dossier, dites-le sur place\u00a0: il ira à quelqu’un d’autre.',
          ...(files > 0 ? [what] : []),
        ]
      : [
          what,
          'Ce que vous avez commencé est gardé. Si vous ne pouvez pas lire un dossier, abstenez-vous sur place\u00a0: quelqu’un d’autre le prendra.',
        ];
  return { subject: subjects[kind], lines, action, footer };
}
