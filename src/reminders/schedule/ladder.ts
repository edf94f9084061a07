import { DAY, HOUR, MINUTE } from '../../common/times/clock.js';
import type { OwnWords, RungSetting } from '../../contracts/reminders/reminder-ladder.js';
import type { ReminderKind, ReminderSubjectType } from '../../contracts/reminders/reminders.js';
import { REQUEST_HOURS } from '../../contracts/mentoring/requests.js';
import type { Channel } from '../../notifications/rules/preferences.js';

/** From which instant of a subject hours after are counted: when it was asked, since when who is to act has it, when it ended. */
export type Anchor = 'asked' | 'waiting' | 'ended';

/**
 * When a rung is due: in exact time before the start (`exact`), at the same time of the wall so many days of the calendar before it
 * (`wall`), at 09:00 in the subject's zone so many days before its day (`morning`) or after it (`morningAfter`), or in exact time after
 * something (`since`).
 */
export type RungTime = { by: 'exact' | 'wall' | 'morning' | 'morningAfter' } | { by: 'since'; anchor: Anchor };

/** A rung as the programme has it by default. */
export interface DefaultRung {
  kind: ReminderKind;
  subject: ReminderSubjectType;
  /** What the content and the words of its notice know it by, whatever time staff give it (`h24`). */
  name: string;
  time: RungTime;
  unit: 'minutes' | 'hours' | 'days';
  count: number;
  /** How far staff may move it. */
  bounds: readonly [min: number, max: number];
  /** Quiet hours delay it. */
  canWait: boolean;
  /** Of days on which the cohort is closed it goes on the working day before them; what else can wait goes after them. */
  early?: true;
  /** Only for who is reminded for one of these reasons. */
  onlyFor?: readonly string[];
  /** Only for who joins by a link, which it brings. */
  byLink?: true;
  /** There is no other way: who is invited, or comes as a guest, has no inbox. */
  byMailOnly?: true;
}

/** A rung as it holds for a cohort. */
export interface Rung extends DefaultRung {
  on: boolean;
  channels: readonly Channel[];
  text: OwnWords | null;
}

/** All rungs, those of a subject from the farthest to the nearest (of what waits: from the first to the last). */
export type Ladder = readonly Rung[];

const EXACT = { by: 'exact' } as const;
const WALL = { by: 'wall' } as const;
const MORNING = { by: 'morning' } as const;
const MORNING_AFTER = { by: 'morningAfter' } as const;
const since = (anchor: Anchor): RungTime => ({ by: 'since', anchor });

/** The ladder of the ten months. */
const DEFAULTS: readonly DefaultRung[] = [
  {
    ...{ kind: 'workshop.7d', subject: 'workshop', name: 'd7', time: WALL, unit: 'days', count: 7, bounds: [2, 30] },
    ...{ canWait: true, onlyFor: ['registered'] },
  },
  {
    ...{ kind: 'workshop.24h', subject: 'workshop', name: 'h24', time: EXACT, unit: 'hours', count: 24 },
    ...{ bounds: [4, 72], canWait: true, onlyFor: ['registered'] },
  },
  {
    ...{ kind: 'workshop.1h', subject: 'workshop', name: 'h1', time: EXACT, unit: 'minutes', count: 60 },
    ...{ bounds: [30, 180], canWait: false },
  },
  {
    ...{ kind: 'workshop.10min', subject: 'workshop', name: 'm10', time: EXACT, unit: 'minutes', count: 10 },
    ...{ bounds: [5, 30], canWait: false, byLink: true },
  },
  {
    ...{ kind: 'workshop.offer', subject: 'offer', name: 'h24', time: EXACT, unit: 'hours', count: 24 },
    ...{ bounds: [1, 72], canWait: true },
  },
  {
    ...{ kind: 'workshop.feedback', subject: 'feedback', name: 'h1', time: since('ended'), unit: 'minutes', count: 60 },
    ...{ bounds: [10, 2880], canWait: true },
  },
  {
    ...{ kind: 'session.24h', subject: 'session', name: 'h24', time: EXACT, unit: 'hours', count: 24 },
    ...{ bounds: [4, 72], canWait: true },
  },
  {
    ...{ kind: 'session.1h', subject: 'session', name: 'h1', time: EXACT, unit: 'minutes', count: 60 },
    ...{ bounds: [10, 180], canWait: false },
  },
  {
    ...{ kind: 'session.notes', subject: 'notes', name: 'h1', time: since('ended'), unit: 'minutes', count: 60 },
    ...{ bounds: [10, 2880], canWait: true },
  },
  {
    ...{ kind: 'action.2d', subject: 'action', name: 'd2', time: MORNING, unit: 'days', count: 2 },
    ...{ bounds: [1, 14], canWait: true },
  },
  {
    ...{ kind: 'action.day', subject: 'action', name: 'd0', time: MORNING, unit: 'days', count: 0 },
    ...{ bounds: [0, 0], canWait: true },
  },
  {
    ...{ kind: 'action.overdue', subject: 'action', name: 'd1', time: MORNING_AFTER, unit: 'days', count: 1 },
    ...{ bounds: [1, 14], canWait: true },
  },
  {
    ...{ kind: 'request.48h', subject: 'request', name: 'h48', time: since('waiting'), unit: 'hours' },
    ...{ count: REQUEST_HOURS.nudge, bounds: [12, 168], canWait: true },
    onlyFor: ['asked', 'staff_asked', 'asker_asked'],
  },
  {
    ...{ kind: 'request.96h', subject: 'request', name: 'h96', time: since('asked'), unit: 'hours' },
    ...{ count: REQUEST_HOURS.staff, bounds: [24, 240], canWait: true, onlyFor: ['staff', 'staff_asked'] },
  },
  {
    ...{ kind: 'request.7d', subject: 'request', name: 'd7', time: since('asked'), unit: 'days' },
    ...{ count: REQUEST_HOURS.others / 24, bounds: [2, 28], canWait: true, onlyFor: ['asker', 'asker_asked'] },
  },
  {
    ...{ kind: 'cycle.7d', subject: 'cycle', name: 'd7', time: MORNING, unit: 'days', count: 7 },
    ...{ bounds: [2, 21], canWait: true },
  },
  {
    ...{ kind: 'topic.48h', subject: 'topic', name: 'h48', time: since('asked'), unit: 'hours', count: 48 },
    ...{ bounds: [12, 168], canWait: true, onlyFor: ['craft', 'watching'] },
  },
  {
    ...{ kind: 'topic.96h', subject: 'topic', name: 'h96', time: since('asked'), unit: 'hours', count: 96 },
    ...{ bounds: [24, 240], canWait: true, onlyFor: ['staff'] },
  },
  {
    ...{ kind: 'contact.4w', subject: 'contact', name: 'd28', time: MORNING_AFTER, unit: 'days', count: 28 },
    ...{ bounds: [14, 60], canWait: true },
  },
  {
    ...{ kind: 'milestone.14d', subject: 'milestone', name: 'd14', time: MORNING, unit: 'days', count: 14 },
    ...{ bounds: [4, 60], canWait: true, early: true },
  },
  {
    ...{ kind: 'milestone.3d', subject: 'milestone', name: 'd3', time: MORNING, unit: 'days', count: 3 },
    ...{ bounds: [1, 13], canWait: true, early: true },
  },
  {
    ...{ kind: 'milestone.day', subject: 'milestone', name: 'd0', time: MORNING, unit: 'days', count: 0 },
    ...{ bounds: [0, 0], canWait: true },
  },
  {
    ...{ kind: 'phase.committee', subject: 'phase', name: 'd21', time: MORNING, unit: 'days', count: 21 },
    ...{ bounds: [5, 60], canWait: true, early: true, onlyFor: ['staff'] },
  },
  {
    ...{ kind: 'phase.14d', subject: 'phase', name: 'd14', time: MORNING, unit: 'days', count: 14 },
    ...{ bounds: [4, 45], canWait: true, early: true },
  },
  {
    ...{ kind: 'phase.3d', subject: 'phase', name: 'd3', time: MORNING, unit: 'days', count: 3 },
    ...{ bounds: [1, 13], canWait: true, early: true },
  },
  {
    ...{ kind: 'phase.day', subject: 'phase', name: 'd0', time: MORNING, unit: 'days', count: 0 },
    ...{ bounds: [0, 0], canWait: true },
  },
  ...(
    [
      ['residency.first', 'first_day'],
      ['residency.half', 'half_way'],
      ['residency.last_month', 'last_month'],
      ['residency.end', 'last_day'],
    ] as const
  ).map(([kind, moment]): DefaultRung => ({
    ...{ kind, subject: 'residency', name: 'd0', time: MORNING, unit: 'days', count: 0 },
    ...{ bounds: [0, 30], canWait: true, onlyFor: [moment] },
  })),
  ...(
    [
      ['letter.weekly', 'week'],
      ['letter.monthly', 'month'],
    ] as const
  ).map(([kind, reason]): DefaultRung => ({
    ...{ kind, subject: 'letter', name: 'd0', time: MORNING, unit: 'days', count: 0 },
    ...{ bounds: [0, 6], canWait: true, onlyFor: [reason] },
  })),
  {
    ...{ kind: 'invitation.3d', subject: 'invitation', name: 'd3', time: since('asked'), unit: 'days', count: 3 },
    ...{ bounds: [1, 20], canWait: true, byMailOnly: true },
  },
  {
    ...{ kind: 'invitation.7d', subject: 'invitation', name: 'd7', time: since('asked'), unit: 'days', count: 7 },
    ...{ bounds: [2, 50], canWait: true, byMailOnly: true },
  },
  {
    ...{ kind: 'guest.24h', subject: 'guest', name: 'h24', time: EXACT, unit: 'hours', count: 24 },
    ...{ bounds: [4, 72], canWait: true, byMailOnly: true },
  },
  {
    ...{ kind: 'guest.1h', subject: 'guest', name: 'h1', time: EXACT, unit: 'minutes', count: 60 },
    ...{ bounds: [30, 180], canWait: false, byMailOnly: true },
  },
];

/** What own words may name, besides what all of a subject's notices have. */
const NAMED: Record<ReminderSubjectType, readonly string[]> = {
  workshop: ['title', 'startsAt', 'when', 'place'],
  offer: ['title', 'untilAt', 'startsAt', 'when', 'place'],
  feedback: ['title'],
  session: ['with', 'startsAt', 'when', 'openActions'],
  notes: ['with', 'startsAt', 'when'],
  action: ['about', 'on', 'with'],
  request: ['by', 'owner', 'about', 'sinceAt'],
  cycle: ['with', 'about', 'on'],
  topic: ['title', 'by', 'sinceAt'],
  contact: ['fellow', 'on'],
  milestone: ['milestone', 'on'],
  phase: ['phase', 'on'],
  residency: ['cohort', 'on'],
  letter: ['cohort', 'on', 'workshops', 'questions', 'milestone', 'project'],
  invitation: [],
  guest: [],
};

export const ALL_CHANNELS: readonly Channel[] = ['inbox', 'mail'];

/** What holds for a cohort whose staff changed nothing. */
export const LADDER: Ladder = DEFAULTS.map((rung) => ({
  ...rung,
  on: true,
  channels: rung.byMailOnly ? ['mail'] : ALL_CHANNELS,
  text: null,
}));

const UNIT_MS = { minutes: MINUTE, hours: HOUR, days: DAY };

/** The length of a rung in ms: exact, or days of 24 hours. */
export const lengthOf = ({ unit, count }: Pick<Rung, 'unit' | 'count'>) => count * UNIT_MS[unit];

/** The names that own words of a kind of subject may hold in braces. */
export const placeholdersOf = (subject: ReminderSubjectType): readonly string[] => NAMED[subject];

/** How long before (or after) as the words of notices read it: `d7`, `h24`, `m10`; full hours are said as hours. */
export function leadOf({ unit, count }: Pick<Rung, 'unit' | 'count'>): string {
  if (unit === 'days') return `d${count}`;
  const minutes = unit === 'hours' ? count * 60 : count;
  return minutes > 0 && minutes % 60 === 0 ? `h${minutes / 60}` : `m${minutes}`;
}

/** The default ladder with what staff set; what they said nothing of stays as it is. */
export function ladderWith(settings: readonly RungSetting[]): Ladder {
  const own = new Map(settings.map((setting) => [setting.kind, setting]));
  return LADDER.map((rung) => ({ ...rung, ...own.get(rung.kind) }));
}

/** A rung as staff set it. */
export const settingOf = ({ kind, on, count, channels, text }: Rung): RungSetting => ({
  ...{ kind, on, count },
  channels: ALL_CHANNELS.filter((channel) => channels.includes(channel)),
  text: text && { en: text.en, fr: text.fr },
});

/** Whether two settings of one kind mean the same. */
export const isSameSetting = (a: RungSetting, b: RungSetting) =>
  a.on === b.on &&
  a.count === b.count &&
  [...a.channels].sort().join() === [...b.channels].sort().join() &&
  a.text?.en === b.text?.en &&
  a.text?.fr === b.text?.fr;
