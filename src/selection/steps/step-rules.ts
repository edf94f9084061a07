import { type FormField, NAME_FIELD, type InBoth } from '../../contracts/calls/forms.js';
import type { CohortActor } from '../../common/actor.js';
import type { FieldProblem } from '../../contracts/primitives.js';
import type { Step } from '../../contracts/selection/steps.js';
import type { StepRow } from './step.schema.js';

const ALL = 100;

/** The words of a new scale. */
export const USUAL_SCALE: readonly InBoth[] = [
  { en: 'Absent', fr: 'Absent' },
  { en: 'Thin', fr: 'Mince' },
  { en: 'Solid', fr: 'Solide' },
  { en: 'Rare', fr: 'Rare' },
];

/** Kinds of fields that say who it is. */
const CONTACTS: ReadonlySet<FormField['kind']> = new Set(['email', 'phone']);

/** Whether a field is hidden where staff have not chosen: those that the form hides from jurors, the name, and addresses and numbers of people. */
export const isHiddenAtFirst = ({ key, isHidden, kind }: Pick<FormField, 'key' | 'isHidden' | 'kind'>): boolean =>
  isHidden || key === NAME_FIELD || CONTACTS.has(kind);

/** The fields of a call from which staff choose: those of all versions of its form, the newest words of each, and those of the next one. */
export function fieldsOf(forms: readonly { fields: readonly FormField[] }[], next: readonly FormField[]): FormField[] {
  const newest = [...next, ...forms.flatMap(({ fields }) => fields)].filter(({ kind }) => kind !== 'section');
  const byKey = new Map<string, FormField>();
  for (const field of newest) if (!byKey.has(field.key)) byKey.set(field.key, field);
  return [...byKey.values()];
}

/** All that a step lacks before jurors may read: words in both languages, criteria with weights that are 100 together. `field` is a JSON pointer into the step. */
export function lacksOfStep({ name, scale, criteria }: Pick<StepRow, 'name' | 'scale' | 'criteria'>): FieldProblem[] {
  const total = criteria.reduce((sum, { weight }) => sum + weight, 0);
  const keys = criteria.map(({ key }) => key);
  return [
    ...lacksOf('/name', name),
    ...scale.flatMap((word, index) => lacksOf(`/scale/${index}`, word)),
    ...(criteria.length === 0 ? [{ field: '/criteria', code: 'required' }] : []),
    ...criteria.flatMap((criterion, index) => lacksOf(`/criteria/${index}/name`, criterion.name)),
    ...(new Set(keys).size !== keys.length ? [{ field: '/criteria', code: 'doubled' }] : []),
    ...(criteria.length > 0 && total !== ALL ? [{ field: '/criteria', code: 'not_hundred', params: { total } }] : []),
  ];
}

function lacksOf(field: string, { en, fr }: InBoth): FieldProblem[] {
  return [
    ...(en === '' ? [{ field: `${field}/en`, code: 'required' }] : []),
    ...(fr === '' ? [{ field: `${field}/fr`, code: 'required' }] : []),
  ];
}

/** What staff may do with a step, while its cohort is not closed. Files are read once their call is over. */
export function stepAbilities(
  { cohortState }: Pick<CohortActor, 'cohortState'>,
  { state }: Pick<StepRow, 'state'>,
  isCallOver: boolean,
): Step['abilities'] {
  const runs = cohortState === 'running';
  return {
    edit: runs && state !== 'closed',
    open: runs && state !== 'open' && isCallOver,
    close: runs && state === 'open',
    assign: runs && state !== 'closed' && isCallOver,
  };
}
