import type { Scope } from '../agenda/agenda';

/** What every view is given. */
export interface ViewProps {
  cohortId: string;
  scope: Scope;
  day: Temporal.PlainDate;
  today: Temporal.PlainDate;
  zone: string;
  onDay: (day: Temporal.PlainDate, as?: 'list') => void;
}
