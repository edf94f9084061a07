import { z } from 'zod';
import { Line, Text } from '../primitives.js';

/** What a form holds at most, and what an answer does, whatever its field says. */
export const FORM_LIMITS = { fields: 120, options: 60, conditions: 3, characters: 20_000, whole: 400_000 } as const;

/** One line in both languages. Empty where nothing is said yet: what goes out says both. */
export const LineInBoth = (max: number) => z.strictObject({ en: Line(max, 0), fr: Line(max, 0) });
/** Text in both languages; markdown where the field says so. */
export const TextInBoth = (max: number) => z.strictObject({ en: Text(max), fr: Text(max) });
/** The same words in both languages. */
export const InBoth = z.object({ en: z.string(), fr: z.string() });
export type InBoth = z.infer<typeof InBoth>;

/** The name of a field within its form, made by who writes it: answers are kept under it. What every object has anyway can keep none. */
export const FieldKey = z.string().regex(/^(?!constructor$)[a-z][a-z0-9]{0,23}$/);

/**
 * What a field asks for. `section` begins a part of the form and asks nothing; `short` is one line, `long` several; `one` and `several` are of its options; `statement` is to
 * be agreed to; `date` is a day; `file` is one file.
 */
export const FieldKind = z.enum([
  'section',
  'short',
  'long',
  'one',
  'several',
  'number',
  'date',
  'email',
  'phone',
  'link',
  'statement',
  'file',
]);

/** What a field takes: any file, a PDF, or an image, told from its content. */
export const FileAccept = z.enum(['any', 'pdf', 'image']);
export type FileAccept = z.infer<typeof FileAccept>;

/** A file of a form is so many megabytes (millions of bytes) at most, if its field does not say less. */
export const MAX_FILE_MB = 25;
export type FieldKind = z.infer<typeof FieldKind>;

/** One of the choices of a field. */
export const FieldOption = z.strictObject({ key: FieldKey, label: LineInBoth(200) });
export type FieldOption = z.infer<typeof FieldOption>;

/** A field is shown if the answer to one before it is this option, or has it among others; `yes` of a statement that is agreed to. */
export const FieldCondition = z.strictObject({ field: FieldKey, is: FieldKey });
export type FieldCondition = z.infer<typeof FieldCondition>;

/**
 * A field of a form. `required`: when it is shown. `isHidden`: from jurors. `max`: characters of a `short` or `long` one, megabytes of a `file`. `accept`: what a `file` may be. `shownIf`: all of them hold; none: always.
 * The keys `name`, `town`, `craft`, `agency` and `title` are known: what is answered there is shown in lists, and goes on into the cohort.
 */
export const FormField = z.strictObject({
  key: FieldKey,
  kind: FieldKind,
  label: LineInBoth(300),
  help: LineInBoth(500),
  required: z.boolean(),
  isHidden: z.boolean(),
  max: z.number().int().min(1).max(FORM_LIMITS.characters).nullable(),
  accept: FileAccept.default('any'),
  options: z.array(FieldOption).max(FORM_LIMITS.options),
  shownIf: z.array(FieldCondition).max(FORM_LIMITS.conditions),
});
export type FormField = z.infer<typeof FormField>;

/** The fields of a form, in their order. What is wrong with them as a whole is said by `problemsOfForm`. */
export const FormFields = z.array(FormField).max(FORM_LIMITS.fields);
export type FormFields = z.infer<typeof FormFields>;

/** A form as it was published; answers keep the version in which they were given. */
export const PublishedForm = z.object({ version: z.number(), fields: z.array(FormField) });
export type PublishedForm = z.infer<typeof PublishedForm>;

/** The field whose answer names who applies: every form has it, and nobody deletes it. */
export const NAME_FIELD = 'name';

const choices: ReadonlySet<FieldKind> = new Set(['one', 'several']);

/** Whether a field is answered by choosing among options. */
export const hasOptions = ({ kind }: Pick<FormField, 'kind'>): boolean => choices.has(kind);

/** What is wrong with a form: `field` is the key of the field. */
export interface FormProblem {
  field: string;
  code: 'no_name' | 'doubled' | 'too_few_options' | 'doubled_options' | 'not_above' | 'unknown_option';
}

/**
 * What must hold of a form as a whole, even while it is being written: a short field `name` that is always asked; no two fields or options of one key; conditions look at
 * fields above them alone, so that there is no loop, and at options that are there.
 */
export function problemsOfForm(fields: readonly FormField[]): FormProblem[] {
  const problems: FormProblem[] = [];
  const above = new Map<string, FormField>();
  for (const field of fields) {
    const say = (code: FormProblem['code']) => problems.push({ field: field.key, code });
    if (above.has(field.key)) say('doubled');
    const keys = field.options.map(({ key }) => key);
    if (hasOptions(field) && new Set(keys).size !== keys.length) say('doubled_options');
    for (const { field: asked, is } of field.shownIf) {
      const other = above.get(asked);
      if (!other) say('not_above');
      else if (!isAnswerOf(other, is)) say('unknown_option');
    }
    above.set(field.key, field);
  }
  const name = above.get(NAME_FIELD);
  if (name?.kind !== 'short' || !name.required || name.shownIf.length > 0)
    problems.push({ field: NAME_FIELD, code: 'no_name' });
  return problems;
}

const isAnswerOf = (field: FormField, is: string) =>
  field.kind === 'statement' ? is === 'yes' : hasOptions(field) && field.options.some(({ key }) => key === is);

/** What a form still lacks before it goes out: words in both languages, and two options where one chooses. */
export function lacksOfForm(
  fields: readonly FormField[],
): { field: string; code: 'no_en' | 'no_fr' | 'too_few_options' }[] {
  return fields.flatMap(({ key, kind, label, help, options }) => {
    const said = [label, ...options.map((option) => option.label)];
    const needsHelp = help.en !== '' || help.fr !== '';
    const words = needsHelp ? [...said, help] : said;
    return [
      ...(words.some(({ en }) => en === '') ? [{ field: key, code: 'no_en' as const }] : []),
      ...(words.some(({ fr }) => fr === '') ? [{ field: key, code: 'no_fr' as const }] : []),
      ...(choices.has(kind) && options.length < 2 ? [{ field: key, code: 'too_few_options' as const }] : []),
    ];
  });
}
