import type {
  AttendanceMode,
  MyRegistration,
  Registration,
  Workshop,
} from '../../../../../src/contracts/workshops/workshops';

/** Places of a workshop that are for all, both ways together. */
export const placesOf = ({ capacity, reserved, onlineCapacity }: Workshop) =>
  capacity - reserved + (onlineCapacity ?? 0);

/** Who has no place yet: they wait, or one is held for them. */
export const waits = ({ status }: Pick<Registration, 'status'>): boolean =>
  status === 'waitlisted' || status === 'offered';

/** Free places, in one way or in all, those held for somebody or kept by hosts left out; never below 0, though capacity may have been lowered. */
export function placesLeft(workshop: Workshop, mode?: AttendanceMode): number {
  if (!mode && workshop.onlineCapacity !== null) return placesLeft(workshop, 'onsite') + placesLeft(workshop, 'online');
  const online = mode === 'online';
  const capacity = online ? (workshop.onlineCapacity ?? 0) : workshop.capacity - workshop.reserved;
  const taken = online
    ? workshop.goingOnline + workshop.offeredOnline
    : workshop.going - workshop.goingOnline + (workshop.offered - workshop.offeredOnline);
  return Math.max(0, capacity - taken);
}

/** Places taken and held of all: in my way to take part where I have chosen one, else in both. */
export function takenOf(workshop: Workshop): { going: number; held: number; all: number } {
  const mode = workshop.mine?.mode;
  const { going, goingOnline, offered, offeredOnline, capacity, reserved, onlineCapacity } = workshop;
  if (!mode) return { going, held: offered, all: placesOf(workshop) };
  return mode === 'online'
    ? { going: goingOnline, held: offeredOnline, all: onlineCapacity ?? 0 }
    : { going: going - goingOnline, held: offered - offeredOnline, all: capacity - reserved };
}

/** Where fewer places are wanted than people go: how many go, and the places there would be. Lowering throws nobody out. */
export function tooFew(
  { going, goingOnline }: Pick<Workshop, 'going' | 'goingOnline'>,
  { capacity, reserved, onlineCapacity }: Pick<Workshop, 'capacity' | 'reserved' | 'onlineCapacity'>,
): { going: number; places: number } | null {
  // Where one way is left only, all take part in it.
  const ways =
    onlineCapacity === null
      ? [{ going, places: capacity - reserved }]
      : [
          { going: going - goingOnline, places: capacity - reserved },
          { going: goingOnline, places: onlineCapacity },
        ];
  return ways.find((way) => way.going > way.places) ?? null;
}

/** How many wait for a way to take part. */
export const waitingFor = (workshop: Workshop, mode: AttendanceMode) =>
  mode === 'online' ? workshop.waitlistedOnline : workshop.waitlisted - workshop.waitlistedOnline;

/** What the server will most probably answer, shown before it does. */
export function expected(workshop: Workshop, mode: AttendanceMode = 'onsite'): MyRegistration {
  const both = workshop.onlineCapacity !== null ? { mode } : {};
  const waiting = waitingFor(workshop, mode);
  if (placesLeft(workshop, mode) > 0 && waiting === 0) return { status: 'going', ...both };
  return { status: 'waitlisted', position: waiting + 1, ...both };
}

/** Whether it has begun: whoever leaves from then on is excused and keeps the place, and nobody joins any more. */
export const hasBegun = ({ startsAt }: Pick<Workshop, 'startsAt'>, now: number): boolean => Date.parse(startsAt) <= now;

/** Where I stand once I left. */
export function onceLeft({ mine, startsAt }: Workshop, now: number): MyRegistration | null {
  if (!mine || waits(mine) || !hasBegun({ startsAt }, now)) return null;
  return { status: 'excused', ...(mine.mode !== undefined && { mode: mine.mode }) };
}

/** The workshop once I stand so; null: once I left. Counts and what I may do next follow. */
export function standing(workshop: Workshop, mine: MyRegistration | null, now: number): Workshop {
  const abilities = {
    ...workshop.abilities,
    join: mine === null && !hasBegun(workshop, now),
    joinAsTeam: false,
    leave: mine !== null && !(mine.status === 'excused' && hasBegun(workshop, now)),
    accept: mine?.status === 'offered',
  };
  return { ...counted(counted(workshop, workshop.mine, -1), mine, 1), mine, abilities };
}

function counted(workshop: Workshop, mine: MyRegistration | null, by: 1 | -1): Workshop {
  if (
    mine?.status !== 'going' &&
    mine?.status !== 'excused' &&
    mine?.status !== 'waitlisted' &&
    mine?.status !== 'offered'
  )
    return workshop;
  const online = mine.mode === 'online' ? by : 0;
  if (mine.status === 'offered')
    return { ...workshop, offered: workshop.offered + by, offeredOnline: workshop.offeredOnline + online };
  return mine.status !== 'waitlisted'
    ? { ...workshop, going: workshop.going + by, goingOnline: workshop.goingOnline + online }
    : {
        ...workshop,
        waitlisted: workshop.waitlisted + by,
        waitlistedOnline: workshop.waitlistedOnline + online,
      };
}
