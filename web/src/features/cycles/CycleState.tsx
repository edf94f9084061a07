import { useTranslation } from 'react-i18next';
import type { Cycle } from '../../../../src/contracts/mentoring/cycles';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatDate } from '../../time/format';
import { State, type Tone } from '../../ui/page/State';
import { timeOf } from './cycle-words';

const tones: Partial<Record<Cycle['state'], Tone>> = { completed: 'ok', lapsed: 'alert' };
const SOON_DAYS = 7;

/** The time that an open cycle has left, or how it ended. */
export function CycleState({ cycle }: { cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const locale = useLocale();
  const today = useToday();
  if (cycle.state !== 'open') return <State tone={tones[cycle.state]}>{t(`states.${cycle.state}`)}</State>;
  const { kind, days } = timeOf(cycle, today);
  const missing = cycle.of - cycle.sessions.length;
  const isLate = kind === 'over' || kind === 'last';
  const isSoon = kind === 'days' && days <= SOON_DAYS && missing > 0;
  return (
    <State tone={isLate ? 'alert' : isSoon ? 'wait' : undefined}>
      {t(`time.${kind}`, { days, until: formatDate(cycle.window.until, locale) })}
    </State>
  );
}

/** The day it is where I am, `YYYY-MM-DD`. */
export function useToday(): string {
  const zone = useZone();
  return Temporal.Instant.fromEpochMilliseconds(useNow()).toZonedDateTimeISO(zone).toPlainDate().toString();
}
