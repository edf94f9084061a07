import type { CallKind } from '../contracts/calls/calls.js';
import { type FieldKind, type FormField, FormFields, type InBoth } from '../contracts/calls/forms.js';
import type { CallRow } from './call.schema.js';

/** What a call begins with: words and questions that a programme goes on from. */
type Template = Pick<CallRow, 'lead' | 'text' | 'criteria' | 'fields'>;

const words = (en: string, fr: string): InBoth => ({ en, fr });
const NOTHING = words('', '');

const field = (
  key: string,
  kind: FieldKind,
  label: InBoth,
  { help = NOTHING, required = true, isHidden = false, max = null, accept = 'any', ...more }: Partial<FormField> = {},
): FormField => ({ ...{ key, kind, label, help, required, isHidden, max, accept, options: [], shownIf: [] }, ...more });

const section = (key: string, label: InBoth): FormField => field(key, 'section', label, { required: false });
const option = (key: string, en: string, fr: string) => ({ key, label: words(en, fr) });

const CRAFTS = [
  option('developer', 'Developer', 'Développement'),
  option('designer', 'Designer', 'Design'),
  option('data', 'Data scientist', 'Science des données'),
];

const FELLOWS: Template = {
  lead: words(
    'Ten months inside a public service, in a small team.',
    'Dix mois dans un service public, en petite équipe.',
  ),
  text: words(
    [
      '## The work\nYou join an agency with one or two others, and stay long enough to change something.',
      '## Who may apply\n- Anyone with two years of practice in their craft, paid or not.\n- Civil servants too: your service can second you.',
      '## What you hand in\nShort answers, about 40 minutes. No motivation letter, no photo.',
      '## Your data\nRead by the programme team and the jury, by nobody else.',
    ].join('\n\n'),
    [
      '## Le travail\nVous rejoignez une administration à deux ou trois, et vous restez assez longtemps pour y changer quelque chose.',
      '## Qui peut candidater\n- Toute personne ayant deux ans de pratique de son métier, payée ou non.\n- Les agentes et agents publics aussi\u00a0: leur service peut les détacher.',
      '## Ce que vous déposez\nDes réponses courtes, environ 40\u00a0minutes. Pas de lettre de motivation, pas de photo.',
      '## Vos données\nLues par l’équipe du programme et le jury, par personne d’autre.',
    ].join('\n\n'),
  ),
  criteria: [
    [
      'craft',
      40,
      'Craft',
      'Métier',
      'A real piece of work, and your part in it',
      'Un vrai travail, et votre part dans ce travail',
    ],
    [
      'judgement',
      25,
      'Judgement',
      'Discernement',
      'What you chose, what failed',
      'Ce que vous avez choisi, ce qui a échoué',
    ],
    [
      'interest',
      20,
      'Public interest',
      'Intérêt général',
      'Whom it served, and how you know',
      'Qui cela a servi, et comment vous le savez',
    ],
    [
      'others',
      15,
      'Working with others',
      'Travail avec d’autres',
      'People unlike you',
      'Des personnes différentes de vous',
    ],
  ].map(([key, weight, en, fr, helpEn, helpFr]) => ({
    ...{ key: String(key), weight: Number(weight), name: words(String(en), String(fr)) },
    help: words(String(helpEn), String(helpFr)),
  })),
  fields: [
    section('you', words('You', 'Vous')),
    field('name', 'short', words('First and last name', 'Prénom et nom'), { isHidden: true, max: 120 }),
    field('town', 'short', words('Town where you live', 'Ville où vous habitez'), { isHidden: true, max: 80 }),
    field('phone', 'phone', words('Phone', 'Téléphone'), { isHidden: true, required: false }),
    section('yourcraft', words('Your craft', 'Votre métier')),
    field('craft', 'one', words('What would you work as?', 'Quel métier exerceriez-vous\u00a0?'), { options: CRAFTS }),
    field('skills', 'short', words('What are you good at?', 'Dans quoi excellez-vous\u00a0?'), { max: 200 }),
    section('work', words('Your work', 'Votre travail')),
    field('status', 'one', words('How do you work today?', 'Comment travaillez-vous aujourd’hui\u00a0?'), {
      options: [
        option('employed', 'Employed', 'En entreprise'),
        option('public', 'Civil servant or public contract', 'Dans la fonction publique'),
        option('self', 'Self-employed', 'À mon compte'),
        option('between', 'Studying or between two jobs', 'En études ou entre deux postes'),
      ],
    }),
    field(
      'service',
      'short',
      words('Your service, and until when it can second you', 'Votre service, et jusqu’à quand il peut vous détacher'),
      { max: 160, shownIf: [{ field: 'status', is: 'public' }] },
    ),
    field(
      'proud',
      'long',
      words(
        'A piece of work you are proud of, and what you did in it',
        'Un travail qui compte pour vous, et votre part dans ce travail',
      ),
      { max: 2000 },
    ),
    field(
      'failed',
      'long',
      words(
        'What failed, and what do you do otherwise since?',
        'Qu’est-ce qui a échoué, et que faites-vous autrement depuis\u00a0?',
      ),
      { max: 1200, help: words('One example is enough.', 'Un exemple suffit.') },
    ),
    field(
      'link',
      'link',
      words('A link to your work, if it is online', 'Un lien vers votre travail, s’il est en ligne'),
      { required: false, isHidden: true },
    ),
    section('why', words('Why you', 'Pourquoi vous')),
    field(
      'public',
      'long',
      words('Which public would you like to serve, and why?', 'Quel public aimeriez-vous servir, et pourquoi\u00a0?'),
      { max: 600 },
    ),
    section('files', words('Files', 'Fichiers')),
    field('cv', 'file', words('CV', 'CV'), {
      ...{ max: 10, accept: 'pdf' as const, isHidden: true },
      help: words(
        'Take your name and photo out: jurors read without them.',
        'Retirez nom et photo : le jury lit sans eux.',
      ),
    }),
    section('agree', words('To agree', 'À accepter')),
    field('rules', 'statement', words('I have read the rules of the call', 'J’ai lu le règlement de l’appel')),
  ],
};

const PROJECTS: Template = {
  lead: words(
    'One problem of your agency, and a team that stays ten months.',
    'Un problème de votre administration, et une équipe qui reste dix mois.',
  ),
  text: words(
    [
      '## What you get\nTwo or three people, a developer, a designer or a data scientist, for ten months, with coaching.',
      '## What you give\nSomebody inside who carries the project, access to users and systems, and the right to publish what is made.',
      '## Your data\nRead by the programme team and the jury, by nobody else.',
    ].join('\n\n'),
    [
      '## Ce que vous recevez\nDeux ou trois personnes, en développement, design ou science des données, pendant dix mois, accompagnées.',
      '## Ce que vous donnez\nUne personne qui porte le défi en interne, l’accès aux usagers et aux systèmes, et le droit de publier ce qui est fait.',
      '## Vos données\nLues par l’équipe du programme et le jury, par personne d’autre.',
    ].join('\n\n'),
  ),
  criteria: [
    {
      key: 'problem',
      name: words('The problem', 'Le problème'),
      help: words('Real, and felt by people', 'Réel, et ressenti par des gens'),
      weight: 40,
    },
    {
      key: 'carried',
      name: words('Who carries it', 'Qui le porte'),
      help: words('Time, and a mandate', 'Du temps, et un mandat'),
      weight: 35,
    },
    {
      key: 'after',
      name: words('What lasts', 'Ce qui reste'),
      help: words('Who keeps it after ten months', 'Qui le garde après dix mois'),
      weight: 25,
    },
  ],
  fields: [
    section('who', words('Your agency', 'Votre administration')),
    field('agency', 'short', words('Agency', 'Administration'), { max: 120 }),
    field('name', 'short', words('First and last name of who carries it', 'Prénom et nom de qui le porte'), {
      max: 120,
    }),
    field('phone', 'phone', words('Phone', 'Téléphone'), { required: false }),
    section('project', words('The project', 'Le défi')),
    field('title', 'short', words('Its name', 'Son nom'), { max: 80 }),
    field('problem', 'long', words('Which problem, and for whom?', 'Quel problème, et pour qui\u00a0?'), { max: 2000 }),
    field('tried', 'long', words('What has been tried?', 'Qu’est-ce qui a été essayé\u00a0?'), { max: 1200 }),
    field('crafts', 'several', words('Which crafts do you need?', 'De quels métiers avez-vous besoin\u00a0?'), {
      options: CRAFTS,
    }),
    field('after', 'long', words('Who keeps it afterwards?', 'Qui le garde ensuite\u00a0?'), { max: 600 }),
    section('agree', words('To agree', 'À accepter')),
    field(
      'mandate',
      'statement',
      words('My hierarchy knows of this proposal', 'Ma hiérarchie connaît cette proposition'),
    ),
  ],
};

/** What a call of a kind begins with, tidied as what staff write is. */
export function templateOf(kind: CallKind): Template {
  const template = kind === 'fellows' ? FELLOWS : PROJECTS;
  return { ...template, fields: FormFields.parse(template.fields) };
}
