import { useTranslation } from 'react-i18next';
import { isProblem } from '../../../api/problem';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { Notice } from '../../../ui/page/State';
import { dayAndTime } from '../sessions/session-words';

/** Why several sessions were not booked, and which of them could not be: none was. */
export function SeriesRefused({ problem }: { problem: unknown }) {
  const { t } = useTranslation('coaching');
  const text = useProblemText('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  if (!problem) return null;
  const date = isProblem(problem) && typeof problem.extras.date === 'string' ? problem.extras.date : null;
  return (
    <div className="mt12">
      <Notice tone="alert">
        {date && <p className="bold">{dayAndTime(date, zone, locale, now)}</p>}
        <p>{text(problem)}</p>
        <p className="mt4">{t('repeat.noneBooked')}</p>
      </Notice>
    </div>
  );
}
