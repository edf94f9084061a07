import { IconAlertCircle, IconCircleCheck, IconCircleX, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../ui/Icon';
import classes from '../apply.module.css';

const ICONS = {
  ...{
    draft: IconAlertCircle,
    changed: IconAlertCircle,
    missed: IconCircleX,
    submitted: IconCircleCheck,
    withdrawn: IconCircleX,
  },
  ...{ accepted: IconCircleCheck, waiting: IconClock, declined: IconCircleX, lapsed: IconCircleX },
};

/** A draft is never mistaken for a file that was handed in. */
export function Stamp({ state }: { state: keyof typeof ICONS }) {
  const { t } = useTranslation('apply');
  return (
    <span className={classes.stamp} data-state={state}>
      <Icon of={ICONS[state]} />
      {t(`stamp.${state}`)}
    </span>
  );
}
