import { z } from 'zod';
import { Email, Id, PlainDate, TypedText, VISIBLE, WebLink } from '../primitives.js';
import { FORM_LIMITS, FieldKey, type FormField, hasOptions } from './forms.js';

/** A file that was added to a field. Its bytes are asked for by its id: by who applies at `/api/applications/:id/files/:fileId`, by staff at `/files/uploads/:fileId`. */
export const FileAnswer = z.object({ fileId: Id, name: z.string(), size: z.number(), type: z.string() });
export type FileAnswer = z.infer<typeof FileAnswer>;

/**
 * What was answered to a field: words (also a day, an address, the key of an option), a number, the keys of several options, yes, or a file. A text is kept as it was typed while it is a
 * draft, also where it is too long or half an address: nothing is lost, and what is wrong is said before it is handed in.
 */
export const Answer = z.union([
  TypedText(FORM_LIMITS.characters),
  z.number().min(-1e12).max(1e12),
  z.array(FieldKey).max(FORM_LIMITS.options),
  z.boolean(),
  FileAnswer,
]);
export type Answer = z.infer<typeof Answer>;

/** Answers by the key of their field; null takes one away. */
export const Answers = z.record(FieldKey, Answer);
export type Answers = z.infer<typeof Answers>;

/** What is missing or wrong before a file can be handed in: `field` is the key of the field. `too_long` says by how much in `over`. */
export interface Missing {
  field: string;
  code: 'required' | 'too_long' | 'wrong_format' | 'unknown_option';
  over?: number;
}

/** Phone numbers as people write them: digits, with what they set between. ITU-T E.164 knows fifteen digits at most. */
const PHONE = /^\+?(?:[\s().-]*\d){6,15}[\s().-]*$/;

/** Whether an answer is a file. */
export const isFile = (answer: Answer | null | undefined): answer is FileAnswer =>
  typeof answer === 'object' && answer !== null && 'fileId' in answer;

/** Whether nothing was answered: a text of which nothing can be seen (spaces, signs without a width) is no answer. */
export function isEmptyAnswer(answer: Answer | undefined): boolean {
  if (answer === undefined || answer === false) return true;
  return typeof answer === 'string' ? !VISIBLE.test(answer) : Array.isArray(answer) && answer.length === 0;
}

/** The fields that somebody who answered so far is asked, in their order: those whose conditions hold. A field whose own question is not shown shows nothing. */
export function shownFields(fields: readonly FormField[], answers: Answers): FormField[] {
  const shown = new Map<string, FormField>();
  for (const field of fields)
    if (
      field.shownIf.every(({ field: asked, is }) => {
        const other = shown.get(asked);
        return other !== undefined && holds(other, answers[asked], is);
      })
    )
      shown.set(field.key, field);
  return [...shown.values()];
}

function holds({ kind }: FormField, answer: Answer | undefined, is: string): boolean {
  if (kind === 'statement') return answer === true && is === 'yes';
  return Array.isArray(answer) ? answer.includes(is) : answer === is;
}

/** All that is missing or wrong in what is shown, in the order of the form: none, and the file can be handed in. */
export function missingIn(fields: readonly FormField[], answers: Answers): Missing[] {
  return shownFields(fields, answers).flatMap((field) => {
    const problem = problemOf(field, answers[field.key]);
    return problem ? [{ field: field.key, ...problem }] : [];
  });
}

/** What is handed in: the answers to what is shown, without what was answered to questions that are not asked any more. */
export function handedIn(fields: readonly FormField[], answers: Answers): Answers {
  const asked = shownFields(fields, answers).flatMap(({ key }): [string, Answer][] => {
    const answer = answers[key];
    return answer === undefined || isEmptyAnswer(answer) ? [] : [[key, tidied(answer)]];
  });
  return Object.fromEntries(asked);
}

const tidied = (answer: Answer): Answer => (typeof answer === 'string' ? answer.trim() : answer);

function problemOf(field: FormField, answer: Answer | undefined): Omit<Missing, 'field'> | null {
  if (field.kind === 'section') return null;
  if (answer === undefined || isEmptyAnswer(answer)) return field.required ? { code: 'required' } : null;
  if (!fits(field, answer)) return { code: hasOptions(field) ? 'unknown_option' : 'wrong_format' };
  const over = field.max !== null && typeof answer === 'string' ? answer.trim().length - field.max : 0;
  return over > 0 ? { code: 'too_long', over } : null;
}

function fits({ kind, options }: FormField, answer: Answer): boolean {
  const isOption = (key: string) => options.some((option) => option.key === key);
  switch (kind) {
    case 'number':
      return typeof answer === 'number';
    case 'statement':
      return answer === true;
    case 'file':
      return isFile(answer);
    case 'several':
      return Array.isArray(answer) && answer.every(isOption);
    case 'one':
      return typeof answer === 'string' && isOption(answer);
    default:
      return typeof answer === 'string' && isWritten(kind, answer.trim());
  }
}

function isWritten(kind: FormField['kind'], text: string): boolean {
  switch (kind) {
    case 'date':
      return PlainDate.safeParse(text).success;
    case 'email':
      return Email.safeParse(text).success;
    case 'link':
      return WebLink.safeParse(text).success;
    case 'phone':
      return PHONE.test(text);
    default:
      return kind !== 'short' || !text.includes('\n');
  }
}

/** What may be written into a draft under a field: the shape that its kind has, though not yet what it asks for. A file comes by a way of its own. */
export function mayBeKept({ kind }: Pick<FormField, 'kind'>, answer: Answer): boolean {
  switch (kind) {
    case 'section':
    case 'file':
      return false;
    case 'number':
      return typeof answer === 'number';
    case 'statement':
      return typeof answer === 'boolean';
    case 'several':
      return Array.isArray(answer);
    default:
      return typeof answer === 'string';
  }
}
