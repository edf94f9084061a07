import { type Problem, conflict, invalidField } from '../../common/problem.js';
import type { Refusal } from './places.js';

const REFUSALS: Record<Exclude<Refusal, 'not_offered'>, string> = {
  not_published: 'It is a draft.',
  cancelled: 'It was cancelled.',
  started: 'It has started.',
  over: 'It is over.',
  hosting: 'You host it: you need no place.',
  no_guests: 'It takes no guests any more.',
  no_plus_one: 'Guests bring nobody along any more: register again for one.',
  guests_full: 'Other guests have the places that guests may have.',
  full: 'No place is left there. You keep the one you have.',
  not_open_yet: 'One cannot join yet.',
  registration_closed: 'One can no longer join.',
  not_for_you: 'It is for others: it asks for a role or a craft.',
  offer_lapsed: 'No place is held for you any more.',
  team_too_large: 'There are fewer places than you are: join one by one.',
  none_reserved: 'You keep no place any more. Keep one first.',
  no_place: 'There is no place: a host can add who came.',
  given_back: 'The place was given back.',
  others_wait: 'Others wait for the place: leave it to them.',
  clash: 'There is something else at that time.',
  already_marked: 'It was said already who came.',
  too_early: 'It is too early to say who came.',
  too_late: 'The code counts no more: ask a host.',
};

/** The answer to a refused ask: 409 with its code, 422 for a mode that is not offered. */
export function refusal(because: Refusal): Problem {
  return because === 'not_offered' ? invalidField('/mode', 'not_offered') : conflict(because, REFUSALS[because]);
}
