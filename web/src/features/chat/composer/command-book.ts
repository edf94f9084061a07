import type { Channel } from '../../../../../src/contracts/chat/chat';
import type { Page, Member } from '../../../api/types';
import type { Slots } from '../../../../../src/contracts/mentoring/mentoring';
import type { SetStatus } from '../../../../../src/contracts/auth/standing';
import type { WorkshopList } from '../../../../../src/contracts/workshops/workshops';
import { fold } from '../../../../../src/common/texts/fold';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { queryClient } from '../../../api/query';
import type { Locale, Me } from '../../../api/types';
import { formatShortDay, formatTime } from '../../../time/format';
import { fitting } from '../../../ui/naming/mentions';
import { readWish } from './remind';
import { cancelScheduled, planId, scheduleNote } from '../later/scheduled';

/** Where a command is given, and by whom. */
export interface Place {
  channel: Channel;
  cohortId: string;
  zone: string;
  locale: Locale;
  go: (path: string) => void;
}

/** Something a command offers: it puts a text in the place of the command, or does something. */
export type Option = { key: string; label: string; detail?: string } & (
  | { text: string }
  | { act: () => void }
  | { runs: true }
);

/** What came of a command. `key` names the words that say so; `undo` takes it back. */
export type Outcome =
  | { text: string }
  | { done: string; values?: Record<string, string>; undo?: () => Promise<void> }
  | { refused: string; values?: Record<string, string> };

/** A command. Its shape and what it does are the words `commands.<key>`. */
export interface Command {
  key: 'help' | 'workshop' | 'slot' | 'remind' | 'topic' | 'invite' | 'away';
  /** How it is called in each language; both are understood. */
  names: Record<Locale, string>;
  isFor?: (place: Place) => boolean;
  options?: (args: string, place: Place) => Promise<Option[]>;
  run: (args: string, place: Place) => Outcome | Promise<Outcome>;
}

const DAY_MS = 86_400_000;
const MOST = 6;

/** All commands; a new one is one entry, and its words. */
export const COMMANDS: readonly Command[] = [
  { key: 'help', names: { en: 'help', fr: 'aide' }, run: () => ({ text: '/' }) },
  {
    key: 'workshop',
    names: { en: 'workshop', fr: 'atelier' },
    isFor: inCohort,
    options: findWorkshops,
    run: () => ({ refused: 'noWorkshop' }),
  },
  {
    key: 'slot',
    names: { en: 'slot', fr: 'créneau' },
    isFor: inCohort,
    options: findSlots,
    run: () => ({ refused: 'noSlot' }),
  },
  { key: 'remind', names: { en: 'remind', fr: 'rappel' }, options: previewWish, run: remind },
  {
    key: 'topic',
    names: { en: 'topic', fr: 'sujet' },
    isFor: ({ channel }) => channel.abilities.edit,
    run: async (topic, { channel }) => {
      if (topic.length > 200) return { refused: 'topicTooLong' };
      await api.patch(`/channels/${channel.id}`, { topic });
      await queryClient.invalidateQueries({ queryKey: keys.channels });
      return { done: 'topicSet' };
    },
  },
  {
    key: 'invite',
    names: { en: 'invite', fr: 'inviter' },
    isFor: ({ channel }) => channel.abilities.addMembers,
    options: findStrangers,
    run: invite,
  },
  {
    key: 'away',
    names: { en: 'away', fr: 'absence' },
    run: async (text) => {
      if (text.length > 80) return { refused: 'awayTooLong' };
      const status: SetStatus = { emoji: null, text, away: true, clears: 'today' };
      queryClient.setQueryData(keys.me, await api.put<Me>('/me/status', status));
      const back = async () => void queryClient.setQueryData(keys.me, await api.delete<Me>('/me/status'));
      return { done: 'awaySet', undo: back };
    },
  },
];

/** The command of this name, in either language, accents and case ignored. */
export const commandOf = (name: string): Command | undefined =>
  COMMANDS.find(({ names }) => Object.values(names).some((one) => fold(one) === fold(name)));

/** Commands that may be given here and whose name, in either language, begins so. */
export const commandsFor = (name: string, place: Place): Command[] =>
  COMMANDS.filter(
    ({ names, isFor }) =>
      (isFor?.(place) ?? true) && Object.values(names).some((one) => fold(one).startsWith(fold(name))),
  );

function inCohort({ cohortId }: Place): boolean {
  return cohortId !== '';
}

const when = (instant: string, { zone, locale }: Place) =>
  `${formatShortDay(instant, zone, locale)}, ${formatTime(instant, zone, locale)}`;

async function findWorkshops(args: string, place: Place): Promise<Option[]> {
  const query = { when: 'upcoming', limit: MOST, ...(args !== '' && { q: args.slice(0, 100) }) };
  const { items } = await api.get<WorkshopList>(`/cohorts/${place.cohortId}/workshops`, { query });
  return items.map(({ id, title, startsAt }) => ({
    key: id,
    label: title,
    detail: when(startsAt, place),
    text: `[${title.replace(/[\\[\]]/g, '\\$&')}](${location.origin}/c/${place.cohortId}/workshops/${id}) `,
  }));
}

/** Coaches whose name fits; of one who is named whole, the next free slots. */
async function findSlots(args: string, place: Place): Promise<Option[]> {
  const from = new Date();
  const to = new Date(from.getTime() + 60 * DAY_MS);
  const query = { from: from.toISOString(), to: to.toISOString() };
  const { slots, people } = await queryClient.query({
    queryKey: keys.in(place.cohortId, 'command-slots'),
    queryFn: () => api.get<Slots>(`/cohorts/${place.cohortId}/slots`, { query }),
    staleTime: 30_000,
  });
  const wanted = args.replace(/^@/, '').trim();
  const coach = people.find(({ name }) => fold(name) === fold(wanted));
  if (!coach) {
    return fitting(people, wanted, MOST).map(({ id, name }) => {
      const next = slots.find((slot) => slot.coachId === id);
      return {
        key: id,
        label: name,
        ...(next && { detail: when(next.startsAt, place) }),
        text: `/slot @${name} `,
      };
    });
  }
  return slots
    .filter(({ coachId }) => coachId === coach.id)
    .slice(0, MOST)
    .map(({ startsAt }) => {
      const search = new URLSearchParams({ tab: 'slots', coach: coach.id, at: startsAt });
      return {
        key: startsAt,
        label: when(startsAt, place),
        detail: coach.name,
        act: () => place.go(`/c/${place.cohortId}/coaching?${search.toString()}`),
      };
    });
}

function previewWish(args: string, place: Place): Promise<Option[]> {
  const wish = readWish(args, place.zone, Date.now());
  if (!wish || wish.text === '') return Promise.resolve([]);
  return Promise.resolve([{ key: 'wish', label: wish.text, detail: when(wish.at, place), runs: true }]);
}

async function remind(args: string, place: Place): Promise<Outcome> {
  const wish = readWish(args, place.zone, Date.now());
  if (!wish) return { refused: 'noTime' };
  if (wish.text === '') return { refused: 'noWish' };
  if (wish.text.length > 500) return { refused: 'wishTooLong' };
  const note = { clientId: planId(), body: wish.text, dueAt: wish.at, channelId: place.channel.id };
  const { id, dueAt } = await scheduleNote(note);
  return { done: 'reminded', values: { when: when(dueAt, place) }, undo: () => cancelScheduled(id) };
}

async function strangers(args: string, { channel, cohortId }: Place) {
  const name = args.replace(/^@/, '').trim();
  const inside = new Set(channel.members.map(({ id }) => id));
  const query = { q: name, limit: 20 };
  const { items } = await api.get<Page<Member>>(`/cohorts/${channel.cohortId ?? cohortId}/members`, { query });
  return items.filter(({ userId }) => !inside.has(userId));
}

async function findStrangers(args: string, place: Place): Promise<Option[]> {
  const found = await strangers(args, place);
  const asked = fold(args.replace(/^@/, '').trim());
  // The name that stands there whole is chosen: now it can be run.
  if (found.some(({ name }) => fold(name) === asked)) return [];
  return found.slice(0, MOST).map(({ userId, name }) => ({ key: userId, label: name, text: `/invite @${name} ` }));
}

async function invite(args: string, place: Place): Promise<Outcome> {
  const asked = args.replace(/^@/, '').trim();
  const person =
    asked === '' ? undefined : (await strangers(args, place)).find(({ name }) => fold(name) === fold(asked));
  if (!person) return { refused: 'noStranger' };
  await api.put(`/channels/${place.channel.id}/members/${person.userId}`);
  await queryClient.invalidateQueries({ queryKey: keys.channels });
  return { done: 'invited', values: { name: person.name } };
}
