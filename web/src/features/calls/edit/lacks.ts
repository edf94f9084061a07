import { lacksOfForm, problemsOfForm } from '../../../../../src/contracts/calls/forms';
import { WHOLE_WEIGHT, lacksOfWords, weightOf } from '../../../../../src/contracts/calls/whole';
import type { FieldProblem } from '../../../api/problem';
import type { Locale } from '../../../api/types';
import type { Draft } from './draft';

export const TABS = [
  'text',
  'form',
  'criteria',
  'applications',
  'reviews',
  'results',
  'interviews',
  'figures',
] as const;
export type Tab = (typeof TABS)[number];

/** Something without which a call does not go out: where it is said (`tab`, and the id of what takes the focus), and what it is. */
export interface Lack {
  tab: Tab;
  /** The id of the input; of a form the one that `field` opens. */
  id: string;
  /** The key of the field of a form. */
  field?: string;
  /** The part of the call, by its word. */
  part: string;
  code: string;
  language?: Locale;
  /** Where it stands in the call. */
  pointer: string;
}

/** The input of a field of the form in which one writes what is lacking. */
export const inputOf = (key: string, code: string): string => {
  if (code === 'no_en' || code === 'no_fr') return `f-${key}-label-${code === 'no_en' ? 'en' : 'fr'}`;
  if (code === 'not_above' || code === 'unknown_option') return `f-${key}-conditions`;
  return code.includes('options') ? `f-${key}-options` : `f-${key}`;
};

/** What the server says is lacking, with the way there. */
export function lackOf(
  { field: pointer, code }: FieldProblem,
  { fields, criteria }: Pick<Draft, 'fields' | 'criteria'>,
): Lack {
  const [part = '', at = '', ...rest] = pointer.split('/').slice(1);
  const language = languageOf(rest.at(-1) ?? at) ?? languageOf(code.replace('no_', ''));
  const lack = { part, code, pointer, ...(language && { language }) };
  const field = part === 'fields' ? fields[Number(at)] : undefined;
  if (field) return { ...lack, tab: 'form', id: inputOf(field.key, code), field: field.key };
  if (part === 'fields') return { ...lack, tab: 'form', id: 'add-field' };
  if (part === 'criteria') {
    const key = criteria[Number(at)]?.key;
    return { ...lack, tab: 'criteria', id: at !== '' && key ? `c-${key}-${rest.join('-')}` : 'criteria' };
  }
  if (part === 'dates' && rest.length > 0) return { ...lack, tab: 'text', id: `date-${at}-${rest.join('-')}` };
  return { ...lack, tab: 'text', id: language ? `call-${part}-${language}` : `call-${part}` };
}

const languageOf = (word: string): Locale | undefined => (word === 'en' || word === 'fr' ? word : undefined);

/** Whether something is lacking still, as far as can be told here: what was written meanwhile is not said to be missing. */
export function isLacking(lack: Lack, draft: Draft): boolean {
  const { field, code, pointer } = lack;
  if (field !== undefined)
    return [...lacksOfForm(draft.fields), ...problemsOfForm(draft.fields)].some(
      (one) => one.field === field && one.code === code,
    );
  if (code === 'not_hundred') return draft.criteria.length > 0 && weightOf(draft) !== WHOLE_WEIGHT;
  if (code === 'in_the_past') return draft.closesAt === null || Date.parse(draft.closesAt) <= Date.now();
  if (code === 'end_before_start') return lacksOfWords(draft).some((one) => one.field === pointer && one.code === code);
  if (code === 'not_after')
    return draft.opensAt !== null && draft.closesAt !== null && Date.parse(draft.closesAt) <= Date.parse(draft.opensAt);
  if (code === 'required' || code.startsWith('no_')) {
    const said = valueAt(draft, pointer);
    return said === null || said === undefined || (typeof said === 'string' && said.trim() === '');
  }
  return true;
}

/** What stands at a JSON pointer (RFC 6901). */
function valueAt(root: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' ? (at as Record<string, unknown> | null)?.[name] : undefined),
      root,
    );
}
