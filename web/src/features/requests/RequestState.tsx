import { useTranslation } from 'react-i18next';
import type { RequestSummary } from '../../../../src/contracts/mentoring/requests';
import { useNow } from '../../time/clock';
import { State, type Tone } from '../../ui/page/State';
import { ageOf } from './age';

const LATE_HOURS = 96;
const tones: Partial<Record<RequestSummary['state'], Tone>> = { accepted: 'ok', declined: 'alert' };

/** Where a request stands: for a waiting one how long it has waited, in red once that is too long. */
export function RequestState({ request }: { request: RequestSummary }) {
  const { t } = useTranslation('requests');
  const now = useNow();
  const { state, askedAt } = request;
  if (state !== 'open' && state !== 'asked_back') return <State tone={tones[state]}>{t(`states.${state}`)}</State>;
  const { unit, count } = ageOf(askedAt, now);
  const isLate = now - Date.parse(askedAt) >= LATE_HOURS * 3_600_000;
  return <State tone={isLate ? 'alert' : 'wait'}>{t(`waits.${unit}`, { count })}</State>;
}
