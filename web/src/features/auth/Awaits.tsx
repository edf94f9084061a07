import { IconBriefcase, IconHash, IconMessages, IconPresentation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { InvitationView } from '../../api/types';
import { Icon } from '../../ui/Icon';
import classes from './auth.module.css';

/** What stands behind the door: my project, then what the first ten minutes hold. */
export function Awaits({ invitation }: { invitation: InvitationView }) {
  const { t } = useTranslation('auth');
  const steps = [
    { icon: IconPresentation, name: 'week' },
    { icon: IconMessages, name: 'coaching' },
    { icon: IconHash, name: 'channels' },
  ] as const;
  return (
    <>
      <h2>{t('awaits.title')}</h2>
      <p className="t2 md mt8">{t('awaits.lead')}</p>
      <ul className={classes.awaits}>
        {invitation.projectName && (
          <li>
            <Icon of={IconBriefcase} />
            <div className="grow">
              <b>{invitation.projectName}</b>
              <div className="t2">{t('awaits.project')}</div>
            </div>
          </li>
        )}
        {steps.map(({ icon, name }) => (
          <li key={name}>
            <Icon of={icon} />
            <div className="grow">
              <b>{t(`awaits.${name}.title`)}</b>
              <div className="t2">{t(`awaits.${name}.body`)}</div>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
