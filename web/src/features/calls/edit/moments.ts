import { instantOf, momentOf } from '../../../ui/times/moments';

/** The instant at which clocks in another zone say the same: who corrects the zone of a call means the hours that stand there. */
export function sameHourIn(at: string | null, from: string, to: string): string | null {
  const moment = momentOf(at, from);
  return moment && instantOf(moment, to);
}

interface Times {
  opensAt: string | null;
  closesAt: string | null;
  timeZone: string;
}

/** A call in another zone: its hours stay as they stand there, but of what is published, which has told everybody its instants. */
export const inZone = ({ opensAt, closesAt, timeZone }: Times, zone: string, isPublic: boolean): Partial<Times> =>
  isPublic
    ? { timeZone: zone }
    : {
        timeZone: zone,
        opensAt: sameHourIn(opensAt, timeZone, zone),
        closesAt: sameHourIn(closesAt, timeZone, zone),
      };
