/** What takes a person's time already: a coaching session, a workshop that they host or go to, something in a calendar elsewhere. */
export type TakenBy = 'session' | 'hosting' | 'going' | 'outside';

/** What a person would be in what is planned: of a session its coach, second coach or fellow, of a workshop its host or somebody who goes there. */
export type Part = 'coach' | 'second_coach' | 'fellow' | 'host' | 'attendee';

/** Book or move a session; move, join or publish a workshop; get a place by moving up in its line. */
export type Act = 'book' | 'move' | 'join' | 'publish' | 'promote';

/** `refused`: it cannot be. `asked`: it can, once who acts was shown what is there and says so. `told`: it is done, and the person hears of it. */
export type Verdict = 'refused' | 'asked' | 'told';

/**
 * What becomes of a plan that lies over something else in one person's time. Sessions claim the time of all their people, workshops that of
 * their hosts: no two of these lie over each other. Going somewhere claims nothing, but is never passed over in silence.
 *
 * @param decides whether who acts decides on this person's time: the person, or staff. Others never book over what a coach goes to.
 */
export function verdictOf(act: Act, part: Part, by: TakenBy, decides: boolean): Verdict {
  // Who waits in line has asked for the place, and who goes to what is moved did not ask: neither is there to be asked.
  if (part === 'attendee') return act === 'promote' || act === 'move' ? 'told' : 'asked';
  if (by === 'session' || by === 'hosting') return 'refused';
  const coaches = part === 'coach' || part === 'second_coach';
  if (by === 'outside') return coaches ? 'refused' : 'asked';
  return coaches && !decides ? 'refused' : 'asked';
}

/** Whether a plan does not go on as things are: refused, or asked about and not yet said. */
export const isStopped = (verdict: Verdict, despite: boolean) =>
  verdict === 'refused' || (verdict === 'asked' && !despite);
