import type { Goal, GoalMark } from '../../../../src/contracts/mentoring/goals';

export const WIDTH = 640;
export const HEIGHT = 160;
/** The room around, so that a dot at an edge is whole. */
const EDGE = 8;

type Drawn = Pick<Goal, 'measure' | 'until' | 'createdAt'> & { course: Pick<GoalMark, 'on' | 'value'>[] };

interface Plot {
  /** Where each mark stands, in the order of the course. */
  points: { x: number; y: number }[];
  /** The height of the start and of the target. */
  start: number;
  target: number;
  /** The first and the last day that the chart holds. */
  from: string;
  to: string;
}

const dayNumber = (day: string) => Date.parse(day) / 86_400_000;
const rounded = (value: number) => Math.round(value * 10) / 10;

/** The ends between which a goal is worked on: of yes or no, from 0 to 1. */
export const endsOf = (measure: Goal['measure']) =>
  measure.kind === 'number' ? { start: measure.start, target: measure.target } : { start: 0, target: 1 };

/** Lays a course out in a picture: days from left to right, more above less. It holds its first day, its last, and the day by which it is to be reached. */
export function plotOf({ measure, until, createdAt, course }: Drawn): Plot {
  const { start, target } = endsOf(measure);
  const days = [createdAt.slice(0, 10), ...course.map(({ on }) => on), ...(until ? [until] : [])].toSorted();
  const [from = '', to = from] = [days[0], days.at(-1)];
  const values = [start, target, ...course.map(({ value }) => value)];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(1, dayNumber(to) - dayNumber(from));
  const x = (day: string) => rounded(EDGE + ((dayNumber(day) - dayNumber(from)) / span) * (WIDTH - 2 * EDGE));
  const y = (value: number) => rounded(HEIGHT - EDGE - ((value - least) / (most - least)) * (HEIGHT - 2 * EDGE));
  return {
    points: course.map(({ on, value }) => ({ x: x(on), y: y(value) })),
    ...{ start: y(start), target: y(target), from, to },
  };
}
