import { IntlMessageFormat } from 'intl-messageformat';
import { channelName } from '../../common/texts/channel-names.js';
import { withGroupWords } from '../../common/texts/groups.js';
import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import type { Locale } from '../../contracts/primitives.js';
import { formatDate, formatInstant, formatSpan } from '../../common/times/instants.js';
import { oneStop } from '../../common/one-stop.js';
import type { NoticeParams } from '../inbox/notification.schema.js';
import { en } from './words.en.js';
import { fr } from './words.fr.js';

/** The words of notices and their mails in one language, as ICU messages. */
export interface NoticeWords {
  /** `title` is the whole sentence, `body` what helps; `act` names the way to the page. */
  kinds: Record<NotificationKind, { title: string; body: string; act: string }>;
  /** Why a notice came, by its key; `kind.key` where a kind says it otherwise. */
  why: Record<string, string>;
  /** How long before or after a reminder comes, of `unit` (d, h, m) and `count`. */
  lead: Record<'early' | 'soon' | 'waited', string>;
  /** The names of the template's milestones, by their key. */
  milestones: Record<string, string>;
  /** The names of the template's phases. */
  phases: Record<string, string>;
  facts: Record<'when' | 'link' | 'need' | 'cancelBy', string>;
  mail: Record<'answer' | 'change' | 'stop' | 'leaveLine' | 'leavePlace' | 'moveOrCancel', string>;
  stopPage: Record<'title' | 'ask' | 'act' | 'done' | 'dead' | 'deadBody', string>;
  groups: Record<'workshops' | 'sessions' | 'milestones' | 'forum' | 'chat', string>;
}

const WORDS: Record<Locale, NoticeWords> = { en, fr };

/** The words of a language. */
export const wordsOf = (locale: Locale): NoticeWords => WORDS[locale];

/** A reader: their language and zone. */
export interface Reader {
  locale: Locale;
  timeZone: string;
}

/** A notice in the reader's language, its times in the reader's zone with the zone named. */
export interface NoticeText {
  title: string;
  body: string;
  why: string;
  act: string;
}

/** Writes a notice for a reader. */
export function noticeText(
  notice: { kind: NotificationKind; params: NoticeParams; why: string },
  reader: Reader,
): NoticeText {
  const words = WORDS[reader.locale];
  const values = valuesOf(notice.params, reader);
  const { title, body, act } = words.kinds[saidAs(notice)];
  return {
    title: fill(title, reader.locale, values),
    body: (ownWords(notice.params, reader.locale, values) ?? fill(body, reader.locale, values)).trim(),
    why: words.why[`${notice.kind}.${notice.why}`] ?? words.why[notice.why] ?? '',
    act: fill(act, reader.locale, values),
  };
}

/** A trial of a reminder reads as the reminder. */
function saidAs({ kind, params }: { kind: NotificationKind; params: NoticeParams }): NotificationKind {
  return kind === 'reminder.trial' && typeof params.trialOf === 'string' ? (params.trialOf as NotificationKind) : kind;
}

/** What staff wrote in the place of the built-in words: plain sentences, with names in braces. */
function ownWords(params: NoticeParams, locale: Locale, values: NoticeParams): string | null {
  const own = params[locale === 'fr' ? 'ownFr' : 'ownEn'];
  return typeof own === 'string' ? own.replace(/\{([^{}]*)\}/g, (_, name: string) => String(values[name] ?? '')) : null;
}

/** Fills an ICU message. */
export function fill(message: string, locale: Locale, values: NoticeParams): string {
  // A word that is missing leaves a gap in a sentence; it must not keep a mail from going out.
  const gaps = new Proxy(values, { has: () => true, get: (target, name) => target[String(name)] ?? '' });
  return oneStop(String(formatOf(message, locale).format(gaps)), values);
}

const formats = new Map<string, IntlMessageFormat>();

function formatOf(message: string, locale: Locale): IntlMessageFormat {
  const key = `${locale}|${message}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
  formats.set(key, made);
  return made;
}

/**
 * Params with instants and days as this reader reads them; `when` is the whole span, `milestone` a template's name in their language, and so
 * is `channel` where `channelKey` says which of ours it is.
 */
export function valuesOf(params: NoticeParams, { locale, timeZone }: Reader): NoticeParams {
  const read = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, readable(name, value, { locale, timeZone })]),
  );
  const { startsAt, endsAt, titleKey, title } = params;
  const span = typeof startsAt === 'string' && typeof endsAt === 'string';
  return {
    // Those of before they were counted say none.
    actions: 0,
    ...read,
    ...leadWords(params, locale),
    ...(span && { when: formatSpan(new Date(startsAt), new Date(endsAt), timeZone, locale) }),
    ...(typeof params.milestoneOn === 'string' && { milestoneDay: formatDate(params.milestoneOn, locale) }),
    ...(typeof params.channelKey === 'string' && { channel: channelName(named(params), locale) }),
    ...(typeof params.phaseOn === 'string' && { phaseDay: formatDate(params.phaseOn, locale) }),
    // Beside a milestone `title` is that one's.
    ...(typeof params.phaseKey === 'string' && {
      phase: ('phaseName' in params ? params.phaseName : title) ?? WORDS[locale].phases[params.phaseKey] ?? null,
    }),
    milestone: (typeof titleKey === 'string' && WORDS[locale].milestones[titleKey]) || (title ?? null),
  };
}

const named = ({ channel, channelKey }: NoticeParams) => ({ name: String(channel), nameKey: String(channelKey) });

/** How long before or after, from `h24`: the cohort's own (`lead`), or what the kind is known by (`rung`). */
function leadWords({ lead, rung }: NoticeParams, locale: Locale): NoticeParams {
  const [, unit, count] = /^([dhm])(\d+)$/.exec(String(lead ?? rung ?? '')) ?? [];
  if (unit === undefined) return {};
  const values = { unit, count: Number(count) };
  const { early, soon, waited } = WORDS[locale].lead;
  return { early: fill(early, locale, values), soon: fill(soon, locale, values), waited: fill(waited, locale, values) };
}

function readable(name: string, value: NoticeParams[string], { locale, timeZone }: Reader): string | number {
  if (value === null) return '';
  if (typeof value === 'string' && name.endsWith('At') && value !== 'none')
    return formatInstant(new Date(value), timeZone, locale);
  if (typeof value === 'string' && name === 'excerpt') return withGroupWords(value, locale);
  return typeof value === 'string' && name === 'on' ? formatDate(value, locale) : value;
}
