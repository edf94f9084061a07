import { z } from 'zod';
import { composed } from './composed.js';

/**
 * Schemas that every contract is made of. A schema and its type share one name.
 * Refinements carry `params.code`: the stable code that a 422 answer names for the field.
 */

/** An id as the API speaks it: 24 hex digits. A malformed id is an unknown id, so the shape is not validated. */
export const Id = z.string().min(1).max(64);
export type Id = z.infer<typeof Id>;

/** An instant: ISO 8601 in UTC, with `Z`, from the year 1 to 9999: what every engine can hold. */
export const Instant = z.iso.datetime().regex(/^(?!0000)/, { error: 'must lie between the years 1 and 9999' });
export type Instant = z.infer<typeof Instant>;

/**
 * What one names a thing that one writes, before it is sent: sent again after a lost answer, it is the same and kept once. Of each
 * person their own.
 */
export const ClientId = z.string().regex(/^[\w-]{8,64}$/);

const FIVE_MINUTES = 5 * 60 * 1000;

/** The start or end of something planned: an instant on the 5-minute grid. */
export const PlannedInstant = Instant.refine((value) => Date.parse(value) % FIVE_MINUTES === 0, {
  params: { code: 'off_grid' },
  error: 'must lie on a 5-minute grid',
});

/** A day on the calendar, `2026-09-01`, without a zone. */
export const PlainDate = z.iso.date();
export type PlainDate = z.infer<typeof PlainDate>;

/** A time on the wall, `09:00` (24 h), meant in the zone named beside it. */
export const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5][05]$/, { error: 'must be HH:MM on a 5-minute grid' });

/** The languages of the product. */
export const Locale = z.enum(['en', 'fr']);
export type Locale = z.infer<typeof Locale>;

// eslint-disable-next-line no-control-regex -- control characters are what this takes out
const CONTROL_OR_SPACE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\s]+/g;
/** A letter, digit, sign or emoji. */
const SIGN = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** What something must have so that there is anything to see. Some letters are blank: the fillers of Hangul, and the braille sign without dots. */
export const VISIBLE = new RegExp(`(?![\\p{Default_Ignorable_Code_Point}\\u2800])${SIGN.source}`, 'u');

/**
 * What the API's description says of a line or text that must not be empty: something is left of it when it was tidied. Descriptions in
 * `meta` are what OpenAPI can say of a rule that zod sees only by running it.
 */
export const SOMETHING = {
  line: { pattern: SIGN.source },
  text: { pattern: '[^\\s\\u0000-\\u001f\\u007f]' },
};

/** Half a character (a surrogate without its other half) has no place in a database: it would come back as another one. */
const HALF_CHARACTER = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * One line of text: line breaks, control characters (those that turn the direction of writing, too) and runs of space become one
 * space, so that no header or ICS line can be smuggled in and no name reads as another. What shows nothing is empty.
 */
export const Line = (max: number, min = 1) =>
  z
    .string()
    // Nothing is tidied that is too long anyway.
    .max(max * 4, { abort: true })
    .overwrite((value) =>
      VISIBLE.test(value)
        ? composed(value.replace(HALF_CHARACTER, '\ufffd')).replace(CONTROL_OR_SPACE, ' ').trim()
        : '',
    )
    .min(min)
    .max(max)
    .meta(min > 0 ? SOMETHING.line : {});

// eslint-disable-next-line no-control-regex -- NUL and friends have no place in text
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Text of several lines, as typed; markdown where the field says so. */
export const Text = (max: number, min = 0) =>
  z
    .string()
    .max(max * 2, { abort: true })
    .overwrite((value) =>
      composed(value.replace(HALF_CHARACTER, '\ufffd')).replace(/\r\n?/g, '\n').replace(CONTROL_BUT_LINES, '').trim(),
    )
    .min(min)
    .max(max)
    .meta(min > 0 ? SOMETHING.text : {});

/** Text that is kept while it is typed: as it stands, also with a space at its end. */
export const TypedText = (max: number) =>
  z
    .string()
    .max(max)
    .overwrite((value) => value.replace(/\r\n?/g, '\n').replace(CONTROL_BUT_LINES, ''));

/** Nobody reads mail at `.invalid` (RFC 6761, section 6.4): accounts without an address stand there, and nobody is to stand in their place. */
const ADDRESS = new RegExp(z.regexes.email.source.replace('^', '^(?!.*\\.invalid$)'));

/** A mail address, lower-cased: the name under which a person is known. */
export const Email = z
  .string()
  .max(254)
  .overwrite((value) => value.trim().toLowerCase())
  .pipe(z.email({ pattern: ADDRESS }))
  .meta({ pattern: ADDRESS.source });

/** A new password: length is what counts (NIST SP 800-63B, section 3.1.1.2). */
export const NewPassword = z.string().min(12).max(200);

/** A country of ISO 3166-1 alpha-2, whose public holidays are meant. */
export const Country = z.string().regex(/^[A-Z]{2}$/);

/** A web address a person may follow: https, or http for rooms inside a house network. */
export const WebLink = z.url({ protocol: /^https?$/ }).max(2000);

/** A person as others see them: enough for a face and a name. */
export const Person = z.object({ id: Id, name: z.string(), avatarUrl: z.string().nullable() });
export type Person = z.infer<typeof Person>;

/** One kind of emoji on a message or a post, and who put it there: PUT and DELETE `.../reactions/:emoji`. */
export const Reaction = z.object({ emoji: z.string(), userIds: z.array(Id) });
export type Reaction = z.infer<typeof Reaction>;

/** Query of a list: `limit` (default 50, at most 200) and the opaque `cursor` of the page before. A page of long texts ends before its limit; it then has a next one. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .max(2000)
    .regex(/^[\w-]+$/)
    .optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** A page of a list; `nextCursor` is null on the last one. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** A boolean in a query string: `true` or `1`. */
export const QueryFlag = z
  .enum(['true', 'false', '1', '0', ''])
  .transform((value) => value === 'true' || value === '1' || value === '');

/** One problem of one field: `field` is a JSON pointer (RFC 6901), `code` is stable, `params` fill the sentence. */
export const FieldProblem = z.object({
  field: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
});
export type FieldProblem = z.infer<typeof FieldProblem>;

/** An error answer, `application/problem+json` (RFC 9457) with a stable `code`; more members may say what is next. */
export const ProblemBody = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(FieldProblem).optional(),
});
export type ProblemBody = z.infer<typeof ProblemBody>;
