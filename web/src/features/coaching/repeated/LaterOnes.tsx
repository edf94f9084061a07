import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatShortDay } from '../../../time/format';

interface LaterOnesProps {
  later: readonly MentoringSession[];
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

/** Whether a session is called off alone, or with all later ones of its series that are still to come; these with their days. */
export default function LaterOnes({ later, isChosen, onChoose }: LaterOnesProps) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const days = later.map(({ startsAt }) => formatShortDay(startsAt, zone, locale, now)).join(' · ');
  return (
    <Radio.Group
      mt="md"
      label={t('repeat.which')}
      value={isChosen ? 'all' : 'one'}
      onChange={(which) => onChoose(which === 'all')}
    >
      <div className="stackv g8 mt8">
        <Radio value="one" label={t('repeat.onlyThis')} />
        <Radio value="all" label={t('repeat.allLater', { count: later.length })} description={days} />
      </div>
    </Radio.Group>
  );
}
