import type { AttendanceMark, AttendanceMode, RegistrationStatus } from '../../contracts/workshops/workshops.js';

/** The places of one way to take part. `capacity` may lie below what is taken: lowering it throws nobody out. */
export interface Pool {
  capacity: number;
  /** Of these places, those that hosts keep for people they name. */
  reserved: number;
  going: number;
  /** Held for who was offered one and has not answered. */
  offered: number;
  waitlisted: number;
}

/**
 * A workshop as far as its places go. Instants are in ms. `offerMs`: how long a free place is held for the next in line, who has to
 * accept it; null gives it at once. `opensAt`, `closesAt`: when one may join (`closesAt` is not in it). `lastOrder` is the highest
 * place in line ever given.
 */
export interface Places {
  state: 'open' | 'draft' | 'cancelled' | 'started' | 'over';
  now: number;
  startsAt: number;
  endsAt: number;
  pools: Record<AttendanceMode, Pool>;
  offersOnline: boolean;
  offerMs: number | null;
  opensAt: number | null;
  closesAt: number | null;
  hosts: ReadonlySet<string>;
  lastOrder: number;
  /** How many more guests may have a place or wait for one; absent: as many as come. */
  guestRoom?: Record<AttendanceMode, number>;
  /** Whether its page takes guests, and lets them bring somebody along; absent: both. */
  takes?: { guests: boolean; plusOne: boolean };
}

/**
 * Where one person stands; `until`: when the offer lapses, in ms, null for who has none. `party`: who came into the line
 * together with others of their team, and moves up with them: the order of the first of them; null for who is there alone.
 * `guest`: from outside, no member. `markedAt`: when it was said how the place was used, in ms; absent where nobody did.
 */
export interface Standing {
  userId: string;
  status: RegistrationStatus;
  mode: AttendanceMode;
  order: number;
  until: number | null;
  party: number | null;
  guest?: true | undefined;
  markedAt?: number | undefined;
}

/**
 * `mode` null: as I am, or on site; `fits`: what the workshop asks of who joins is there; `actId`: the act by which several dates were asked for at
 * once, which are told of together. `look` asks for nothing: what the clock has changed is settled. `admit`: a host gives one of the places they keep. `guest`:
 * who asks comes from outside; `others` of an `accept` or a `leave` is whom they bring along. `toHost`: they
 * hold the workshop from now on and need no place. `byId` of a `leave`: a host ends it.
 */
export type Ask =
  | ({
      kind: 'join';
      userId: string;
      mode: AttendanceMode | null;
      fits: boolean;
      actId?: string;
      guest?: true;
    } & Over)
  | TeamAsk
  | { kind: 'admit'; userId: string; byId: string }
  | ({ kind: 'accept'; userId: string; others?: readonly string[] } & Over)
  | { kind: 'leave'; userId: string; others?: readonly string[]; actId?: string; toHost?: true; byId?: string }
  | AttendanceAsk
  | { kind: 'look' };

/** `over`: who of those who would come has something else at that time; `despite`: they were told, or nobody is there to be asked. */
export interface Over {
  over?: ReadonlySet<string>;
  despite?: boolean | undefined;
}

/** The asker and `others` of their team (or whom a guest brings along) as one: all get a place, or all wait together. */
export interface TeamAsk extends Over {
  kind: 'join_team';
  userId: string;
  others: readonly string[];
  mode: AttendanceMode | null;
  fits: boolean;
  guest?: true;
}

/**
 * `check_in`: they gave the code, `scan`: they showed a host the pass of the place that they took as `order` (null: the host found them by name), `excuse`: they cannot come
 * (or can, after all), `mark`: staff or a host said at `at` (ms; absent: now) how it was; of two marks the one made last counts, whichever arrives last.
 */
export type AttendanceAsk =
  | { kind: 'check_in'; userId: string }
  | { kind: 'scan'; userId: string; order: number | null }
  | { kind: 'excuse'; userId: string; excused: boolean }
  | { kind: 'mark'; userId: string; as: AttendanceMark; at?: number; guest?: true };

/** Why an ask changed nothing; each is the code of a 409, but `not_offered` (422 for the mode). */
export type Refusal =
  | 'not_published'
  | 'cancelled'
  | 'started'
  | 'over'
  | 'hosting'
  | 'full'
  | 'guests_full'
  | 'no_guests'
  | 'no_plus_one'
  | 'not_offered'
  | 'not_open_yet'
  | 'registration_closed'
  | 'not_for_you'
  | 'offer_lapsed'
  | 'none_reserved'
  | 'team_too_large'
  | 'no_place'
  | 'given_back'
  | 'others_wait'
  | 'already_marked'
  | 'clash'
  | 'too_early'
  | 'too_late';

/** Whose standing an ask is about. */
export const peopleOf = (ask: Ask): string[] =>
  ask.kind === 'look' ? [] : 'others' in ask ? [ask.userId, ...(ask.others ?? [])] : [ask.userId];

/**
 * `position` is null where the asker waited before this batch: ask the line. `was`: how they stood before it was said how the place was used; `markedAt`: when that was said last,
 * in ms, absent where nobody did.
 */
export type Answer =
  | {
      kind: 'stands';
      status: RegistrationStatus;
      mode: AttendanceMode;
      until: number | null;
      party: number | null;
      position: number | null;
      was?: RegistrationStatus;
      markedAt?: number | undefined;
    }
  | { kind: 'left' }
  | { kind: 'refused'; because: Refusal };

export const refused = (because: Refusal): Extract<Answer, { kind: 'refused' }> => ({ kind: 'refused', because });

export const stands = ({ status, mode, until, party, markedAt }: Standing): Extract<Answer, { kind: 'stands' }> => ({
  kind: 'stands',
  status,
  mode,
  until,
  party,
  position: null,
  markedAt,
});

/** Which counter of its pool a standing is in: who came, or did not, had a place. */
export const countOf = (status: RegistrationStatus): 'going' | 'offered' | 'waitlisted' =>
  status === 'waitlisted' || status === 'offered' ? status : 'going';

/** With a place: held, used or not. */
export const HOLDS_A_PLACE: ReadonlySet<RegistrationStatus> = new Set([
  'going',
  'offered',
  'attended',
  'absent',
  'excused',
]);

/** One person's registration before and after. */
export interface Change {
  userId: string;
  from: RegistrationStatus | null;
  to: RegistrationStatus;
  mode: AttendanceMode;
  order: number;
  until: number | null;
  /** They got a place without asking again. */
  promoted: boolean;
  /** Their offer was not answered in time. */
  lapsed: boolean;
  /** Who did it for them: of their team, or a host; null: they did, or it came to them. */
  byId: string | null;
  party: number | null;
  guest?: true | undefined;
  markedAt?: number | undefined;
}

/** What is to be written. `short`: a free place was left since not enough of the line was given; give more of it and decide again. */
export interface Settlement {
  answers: Answer[];
  changes: Change[];
  pools: Record<AttendanceMode, Pool>;
  lastOrder: number;
  short: boolean;
}
