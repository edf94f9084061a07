import type { Answers } from '../../../../../src/contracts/calls/answers';
import {
  type FieldKind,
  type FormField,
  hasOptions,
  lacksOfForm,
  NAME_FIELD,
  problemsOfForm,
} from '../../../../../src/contracts/calls/forms';
import type { Locale } from '../../../api/types';

/** In the order in which they are offered. */
export const ASKED_KINDS = [
  ...(['short', 'long', 'one', 'several', 'number', 'date', 'email', 'phone', 'link', 'file', 'statement'] as const),
] as const satisfies FieldKind[];

/** Kinds whose answers can be counted in characters. */
export const isText = (kind: FieldKind): kind is 'short' | 'long' => kind === 'short' || kind === 'long';
const FIRST_MAX: Partial<Record<FieldKind, number>> = { short: 160, long: 1200, file: 10 };

/** A name for a field or an option that nothing else has: its words may change. */
export const newKey = (letter: 'f' | 'o') => letter + crypto.randomUUID().replaceAll('-', '').slice(0, 11);

const empty = () => ({ en: '', fr: '' });
export const newOption = () => ({ key: newKey('o'), label: empty() });

export const newField = (kind: FieldKind): FormField => ({
  ...{ key: newKey('f'), kind, label: empty(), help: empty(), required: kind !== 'section', isHidden: false },
  ...{ max: FIRST_MAX[kind] ?? null, accept: 'any', shownIf: [] },
  options: hasOptions({ kind }) ? [newOption(), newOption()] : [],
});

/** The field with another kind: what the new one has no place for goes, and what it needs comes. `options`: those that it had once. */
export function ofKind(field: FormField, kind: FieldKind, options: FormField['options'] = []): FormField {
  const kept = field.options.length > 0 ? field.options : options;
  return {
    ...{ ...field, kind, max: maxAs(field, kind) },
    ...(kind === 'section' && { required: false, isHidden: false }),
    options: !hasOptions({ kind }) ? [] : kept.length > 0 ? kept : [newOption(), newOption()],
  };
}

/** Characters stay characters; megabytes are another thing. */
const maxAs = ({ kind: before, max }: FormField, kind: FieldKind) =>
  isText(kind) && isText(before) && max !== null ? max : (FIRST_MAX[kind] ?? null);

/** A field of the same shape under a name of its own, behind it. */
export function withCopy(fields: readonly FormField[], key: string): { fields: FormField[]; copy: string } {
  const at = fields.findIndex((one) => one.key === key);
  const field = fields[at];
  if (!field) return { fields: [...fields], copy: key };
  const copy = { ...field, key: newKey('f') };
  return { fields: fields.toSpliced(at + 1, 0, copy), copy: copy.key };
}

/** Without a field, nor the conditions that ask it; `back` puts all of it into what the form has become meanwhile. */
export function without(
  fields: readonly FormField[],
  key: string,
): { fields: FormField[]; freed: FormField[]; back: (now: readonly FormField[]) => FormField[] } {
  const at = fields.findIndex((one) => one.key === key);
  const gone = fields[at];
  const freed = fields.filter(({ shownIf }) => shownIf.some(({ field }) => field === key));
  const conditions = new Map(freed.map(({ key: name, shownIf }) => [name, shownIf]));
  return {
    freed,
    fields: fields
      .filter((one) => one.key !== key)
      .map((one) => ({ ...one, shownIf: one.shownIf.filter(({ field }) => field !== key) })),
    back: (now) => {
      if (!gone || now.some((one) => one.key === key)) return [...now];
      const asked = now.map((one) => ({ ...one, shownIf: conditions.get(one.key) ?? one.shownIf }));
      return asked.toSpliced(Math.min(at, now.length), 0, gone);
    },
  };
}

/** What moves together: a heading with all that stands under it, else the field alone. */
function blockAt(fields: readonly FormField[], at: number): FormField[] {
  if (fields[at]?.kind !== 'section') return fields.slice(at, at + 1);
  const next = fields.findIndex((field, index) => index > at && field.kind === 'section');
  return fields.slice(at, next === -1 ? undefined : next);
}

/** A field, or a heading with its fields, before another one; before none it comes last. */
export function movedBefore(fields: readonly FormField[], key: string, before: string | null): FormField[] {
  const at = fields.findIndex((one) => one.key === key);
  const block = blockAt(fields, at);
  if (at === -1 || block.some((one) => one.key === before)) return [...fields];
  const rest = fields.filter((one) => !block.includes(one));
  const to = before === null ? -1 : rest.findIndex((one) => one.key === before);
  return rest.toSpliced(to === -1 ? rest.length : to, 0, ...block);
}

/** One place up or down: a field over its neighbour, a heading with its fields over a whole part. */
export function movedBy(fields: readonly FormField[], key: string, by: 1 | -1): FormField[] {
  const at = fields.findIndex((one) => one.key === key);
  const field = fields[at];
  if (!field) return [...fields];
  const end = at + blockAt(fields, at).length;
  if (by === 1) {
    const next = fields[end];
    if (!next) return [...fields];
    const behind = fields[end + (field.kind === 'section' ? blockAt(fields, end).length : 1)];
    return movedBefore(fields, key, behind?.key ?? null);
  }
  const before =
    field.kind === 'section'
      ? fields.slice(0, at).findLastIndex(({ kind }, index) => kind === 'section' || index === 0)
      : at - 1;
  return before < 0 ? [...fields] : movedBefore(fields, key, fields[before]?.key ?? null);
}

/** Fields that a condition of this one may ask: those above it that are answered by a choice. */
export function askable(fields: readonly FormField[], key: string): FormField[] {
  const at = fields.findIndex((one) => one.key === key);
  return fields.slice(0, at).filter((field) => hasOptions(field) || field.kind === 'statement');
}

/** The answers by which a condition on a field holds. */
export const choicesOf = ({ kind, options }: FormField): string[] =>
  kind === 'statement' ? ['yes'] : options.map(({ key }) => key);

/** What is wrong with a field, and what it lacks before it goes out. */
export function troublesOf(fields: readonly FormField[]): Map<string, string[]> {
  const troubles = new Map<string, string[]>();
  for (const { field, code } of [...problemsOfForm(fields), ...lacksOfForm(fields)])
    troubles.set(field, [...new Set([...(troubles.get(field) ?? []), code])]);
  return troubles;
}

/** Who is always asked for the name of who applies cannot delete that. */
export const isFixed = ({ key }: Pick<FormField, 'key'>) => key === NAME_FIELD;
export const KNOWN = ['name', 'town', 'craft', 'agency', 'title'] as const;
export const isKnown = (key: string): key is (typeof KNOWN)[number] => (KNOWN as readonly string[]).includes(key);

/** What somebody would have answered to be asked a field: the answers so far, changed where its conditions, and theirs, say so. */
export function answersThatShow(fields: readonly FormField[], key: string, answers: Answers): Answers {
  const field = fields.find((one) => one.key === key);
  return (field?.shownIf ?? []).reduce<Answers>((so, { field: asked, is }) => {
    const other = fields.find((one) => one.key === asked);
    if (!other || other.key === key) return so;
    const before = answersThatShow(fields.slice(0, fields.indexOf(other) + 1), asked, so);
    const chosen = before[asked];
    if (other.kind === 'statement') return { ...before, [asked]: true };
    if (other.kind === 'one') return { ...before, [asked]: is };
    return { ...before, [asked]: [...new Set([...(Array.isArray(chosen) ? chosen : []), is])] };
  }, answers);
}

/** How a field is called where its question is not written yet in the language of the page. */
export const labelOf = ({ label }: Pick<FormField, 'label'>, locale: Locale): string =>
  label[locale] || label[locale === 'fr' ? 'en' : 'fr'];
