import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Slot } from '../../../../../src/contracts/mentoring/mentoring';
import { Problem, isProblem } from '../../../api/problem';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { SlotButton } from '../../../ui/times/SlotButton';
import { Notice } from '../../../ui/page/State';
import classes from '../coaching.module.css';
import { dayAndTime } from '../sessions/session-words';

interface RefusedProps {
  problem: unknown;
  onChoose: (slot: Slot) => void;
}

/** Why a time could not be had ("just taken"), with the next free ones to choose from. */
export function Refused({ problem, onChoose }: RefusedProps) {
  const text = useProblemText('coaching');
  const booked = bookedIn(problem);
  if (!problem) return null;
  return (
    <div className="mt12">
      <Notice tone="alert">
        {booked ? <Booked sessionId={booked} /> : <p>{text(problem)}</p>}
        <NextSlots problem={problem} onChoose={onChoose} />
      </Notice>
    </div>
  );
}

/** The session in which the same people meet at that time already: booked in another tab, or on another device. */
const bookedIn = (problem: unknown): string | null =>
  isProblem(problem) && typeof problem.extras.sessionId === 'string' ? problem.extras.sessionId : null;

function Booked({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation('coaching');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId' });
  return (
    <p>
      {t('book.mine')}{' '}
      <Link to="/c/$cohortId/coaching/sessions/$sessionId" params={{ cohortId, sessionId }} className="link">
        {t('book.open')}
      </Link>
    </p>
  );
}

/** Whether a refusal says that this time is gone: nothing is left to be tried at it. */
export const isGone = (problem: unknown): boolean =>
  isProblem(problem) && (bookedIn(problem) !== null || ['slot_taken', 'day_cap', 'week_cap'].includes(problem.code));

/** The free times that a refusal names instead. */
export function NextSlots({ problem, onChoose }: RefusedProps) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const next = problem instanceof Problem && Array.isArray(problem.extras.next) ? (problem.extras.next as Slot[]) : [];
  if (next.length === 0) return null;
  return (
    <>
      <p className="mt8 t2">{t('book.next')}</p>
      <div className={`${classes.slots} mt8`}>
        {next.map((slot) => (
          <SlotButton
            key={slot.startsAt}
            label={dayAndTime(slot.startsAt, zone, locale, now)}
            onClick={() => onChoose(slot)}
          />
        ))}
      </div>
    </>
  );
}
