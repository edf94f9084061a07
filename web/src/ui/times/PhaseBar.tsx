import classes from './PhaseBar.module.css';

export interface PhaseSpan {
  name: string;
  weeks: number;
}

interface PhaseBarProps {
  phases: readonly PhaseSpan[];
  /** Weeks gone, from 0 to the sum of all; halves are fine. Null before the first day. */
  week: number | null;
  /** The whole sentence: "Residency: week 7 of 44, phase 1 of 4". */
  label: string;
}

/** The way gone in the residency: the phases as spans of one line, a knot at each start, one where we are. */
export function PhaseBar({ phases, week: weeksGone, label }: PhaseBarProps) {
  // Before the first day nothing is behind us, not even the first knot.
  const week = weeksGone ?? -1;
  const total = phases.reduce((sum, phase) => sum + phase.weeks, 0);
  const starts = phases.map((_, index) => phases.slice(0, index).reduce((sum, phase) => sum + phase.weeks, 0));
  const current = starts.findLastIndex((start) => start <= week);
  const place = (weeks: number) => `clamp(6px, ${(weeks / total) * 100}%, calc(100% - 6px))`;
  return (
    <div className={classes.way} role="img" aria-label={label}>
      <div className={classes.bar}>
        {phases.map((phase, index) => (
          <span key={phase.name} className={classes.span} style={{ flex: phase.weeks }}>
            <i style={{ width: `${gone(week, starts[index] ?? 0, phase.weeks)}%` }} />
          </span>
        ))}
        {[...starts, total].map((start) => (
          <span key={start} className={classes.knot} data-past={start <= week} style={{ left: place(start) }} />
        ))}
        {weeksGone !== null && <span className={classes.knot} data-here style={{ left: place(week) }} />}
      </div>
      <div className={classes.names}>
        {phases.map((phase, index) => (
          <span key={phase.name} data-current={index === current} style={{ flex: `${phase.weeks} 0 0` }}>
            {index + 1} {phase.name}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Percent of one span that lies behind us. */
function gone(week: number, start: number, weeks: number): number {
  return Math.min(Math.max((week - start) / weeks, 0), 1) * 100;
}
