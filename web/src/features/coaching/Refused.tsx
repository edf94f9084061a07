import { useTranslation } from 'react-i18next';
import type { Slot } from '../../../../src/contracts/mentoring';
import { Problem } from '../../api/problem';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatRelative } from '../../time/format';
import { useProblemText } from '../../ui/ProblemAlert';
import { SlotButton } from '../../ui/SlotButton';
import { Notice } from '../../ui/State';
import classes from './coaching.module.css';

/** Why a time could not be had ("just taken"), with the next free ones to choose from. */
export function Refused({ problem, onChoose }: { problem: unknown; onChoose: (slot: Slot) => void }) {
  const { t } = useTranslation('coaching');
  const text = useProblemText('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  if (!problem) return null;
  const next = problem instanceof Problem && Array.isArray(problem.extras.next) ? (problem.extras.next as Slot[]) : [];
  return (
    <div className="mt12">
      <Notice tone="alert">
        <p>{text(problem)}</p>
        {next.length > 0 && (
          <>
            <p className="mt8 t2">{t('book.next')}</p>
            <div className={`${classes.slots} mt8`}>
              {next.map((slot) => (
                <SlotButton
                  key={slot.startsAt}
                  label={formatRelative(slot.startsAt, zone, locale, now)}
                  onClick={() => onChoose(slot)}
                />
              ))}
            </div>
          </>
        )}
      </Notice>
    </div>
  );
}
