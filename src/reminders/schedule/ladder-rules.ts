import type { RungSetting } from '../../contracts/reminders/reminder-ladder.js';
import type { FieldProblem } from '../../contracts/primitives.js';
import {
  LADDER,
  type Ladder,
  type Rung,
  isSameSetting,
  ladderWith,
  lengthOf,
  placeholdersOf,
  settingOf,
} from './ladder.js';

/** A rung that was another one before. */
export interface RungChange {
  kind: Rung['kind'];
  before: RungSetting;
  after: RungSetting;
}

/** Of these each rung counts from a day of its own: none stands in the way of another. */
const APART: ReadonlySet<Rung['subject']> = new Set(['residency', 'letter']);

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Those settings that say something else than the default, in the order of the ladder. */
export function unlikeDefault(settings: readonly RungSetting[]): RungSetting[] {
  const usual = new Map(LADDER.map((rung) => [rung.kind, settingOf(rung)]));
  return ladderWith(settings)
    .map(settingOf)
    .filter((setting) => !isSameSetting(setting, usual.get(setting.kind) ?? setting));
}

/** What differs between two ladders, in their order. */
export function changesBetween(before: readonly RungSetting[], after: readonly RungSetting[]): RungChange[] {
  const then = new Map(ladderWith(before).map((rung) => [rung.kind, settingOf(rung)]));
  return ladderWith(after).flatMap((rung) => {
    const [was, is] = [then.get(rung.kind), settingOf(rung)];
    return was && !isSameSetting(was, is) ? [{ kind: rung.kind, before: was, after: is }] : [];
  });
}

/**
 * What is wrong with settings, by JSON pointers into the body: a kind named twice, a time out of its bounds, a rung that is not
 * between its neighbours, words with a name in braces that nothing fills.
 */
export function problemsOf(settings: readonly RungSetting[]): FieldProblem[] {
  const at = new Map(settings.map(({ kind }, index) => [kind, `/rungs/${index}`]));
  const doubles = settings.flatMap(({ kind }, index) =>
    settings.findIndex((other) => other.kind === kind) < index
      ? [{ field: `/rungs/${index}/kind`, code: 'double' }]
      : [],
  );
  if (doubles.length > 0) return doubles;
  const ladder = ladderWith(settings);
  const own = ladder.filter(({ kind }) => at.has(kind));
  const unreachable = own
    .filter(({ byMailOnly, channels }) => byMailOnly && channels.includes('inbox'))
    .map(({ kind }) => ({ field: `${at.get(kind)}/channels`, code: 'mail_only' }));
  const outside = own.filter(isOutOfBounds).map(({ kind, unit, bounds: [min, max] }) => ({
    field: `${at.get(kind)}/count`,
    code: 'out_of_bounds',
    params: { min, max, unit },
  }));
  return [
    ...unreachable,
    ...outside,
    ...(outside.length > 0 ? [] : outOfOrder(ladder, at)),
    ...own.flatMap((rung) => wordsThatNothingFills(rung, at.get(rung.kind) ?? '')),
  ];
}

const isOutOfBounds = ({ count, bounds: [min, max] }: Rung) => count < min || count > max;

/** Each rung that is on lies nearer than the one before it (of what waits: later). Named where staff said something of one of the two. */
function outOfOrder(ladder: Ladder, at: ReadonlyMap<string, string>): FieldProblem[] {
  const on = ladder.filter((rung) => rung.on);
  return on.flatMap((rung, index) => {
    const before = on.slice(0, index).findLast(({ subject }) => subject === rung.subject);
    if (!before || APART.has(rung.subject) || isBetween(before, rung)) return [];
    // Of two that staff set, the one they name first: what was set last, on the page.
    const [named = rung] = [...at.keys()].flatMap((kind) => [rung, before].filter((one) => one.kind === kind));
    const other = named === rung ? before : rung;
    return [{ field: `${at.get(named.kind) ?? '/rungs'}/count`, code: 'out_of_order', params: { other: other.kind } }];
  });
}

/** What comes after its subject comes after what comes before it. */
function isBetween(before: Rung, rung: Rung): boolean {
  const placeOf = (one: Rung) => (one.time.by === 'since' || one.time.by === 'morningAfter' ? 1 : -1) * lengthOf(one);
  return placeOf(rung) > placeOf(before);
}

/** Plain sentences: braces hold one of the known names, and nothing else. */
function wordsThatNothingFills({ subject, text }: Rung, at: string): FieldProblem[] {
  if (!text) return [];
  const known = placeholdersOf(subject);
  return (['en', 'fr'] as const).flatMap((locale) => {
    const names = [...text[locale].matchAll(PLACEHOLDER)].map(([, name = '']) => name);
    const unknown = names.find((name) => !known.includes(name));
    const hasLooseBrace = /[{}]/.test(text[locale].replace(PLACEHOLDER, ''));
    if (unknown === undefined && !hasLooseBrace) return [];
    const params = { name: unknown ?? '', known: known.join(', ') };
    return [{ field: `${at}/text/${locale}`, code: 'unknown_placeholder', params }];
  });
}
