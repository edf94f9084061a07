import { IconClock, IconFlag, IconMessages, IconPresentation, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon';
import classes from './calendar.module.css';

const KINDS = [
  ['workshop', IconPresentation],
  ['session', IconMessages],
  ['milestone', IconFlag],
  ['standup', IconUsers],
] as const;

/** What the shapes mean. */
export function Key({ withOthers, note }: { withOthers: boolean; note?: string }) {
  const { t } = useTranslation('calendar');
  return (
    <p className={`xs mt12 only-wide ${classes.key}`}>
      {KINDS.map(([kind, icon]) => (
        <span key={kind} className={classes.event} data-kind={kind}>
          <Icon of={icon} size={14} /> <b>{t(`key.${kind}`)}</b>
        </span>
      ))}
      <span className={classes.event} data-kind="workshop" data-wait="true">
        <Icon of={IconClock} size={14} /> <b>{t('key.waits')}</b>
      </span>
      {withOthers && (
        <span className={classes.event} data-kind="workshop" data-other="true">
          <b>{t('key.other')}</b>
        </span>
      )}
      {note && <span className="right t3">{note}</span>}
    </p>
  );
}
