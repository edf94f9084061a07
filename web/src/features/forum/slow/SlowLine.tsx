import { IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Topic } from '../../../../../src/contracts/forums';
import { useLocale } from '../../../time/clock';
import { formatFullDate } from '../../../time/format';
import { Icon } from '../../../ui/Icon';
import { When } from '../../../ui/times/When';
import classes from '../moderation/moderation.module.css';

/** Above a topic: that it is slow, how much, by whom, until when and why. */
export function SlowLine({ slow }: { slow: NonNullable<Topic['slow']> }) {
  const { t } = useTranslation('forum');
  const locale = useLocale();
  const { by, at, why, minutes, until } = slow;
  const time = t('slow.time', { minutes });
  return (
    <div className={classes.standing}>
      <Icon of={IconHourglass} size={16} />
      <div>
        {t('slow.says', { name: by.name || t('common:formerMember'), time })}
        {until !== null && ` ${t('slow.saysUntil', { until: formatFullDate(until, locale) })}`}{' '}
        <When at={at} className="t3" />
        {why !== null && <p className="t3">{why}</p>}
      </div>
    </div>
  );
}
