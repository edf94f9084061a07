import {
  IconBriefcase,
  IconClock,
  IconHash,
  IconLayoutDashboard,
  IconMessages,
  IconPresentation,
  IconUsers,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { InvitationView } from '../../api/types';
import { Icon } from '../../ui/Icon';
import classes from './auth.module.css';

const ICONS = {
  week: IconPresentation,
  coaching: IconMessages,
  hours: IconClock,
  people: IconUsers,
  board: IconLayoutDashboard,
  channels: IconHash,
  talk: IconHash,
} as const;

/** What comes first for whom. */
const STEPS: Record<InvitationView['role'], readonly (keyof typeof ICONS)[]> = {
  fellow: ['week', 'coaching', 'channels'],
  alumni: ['week', 'people', 'talk'],
  coach: ['hours', 'week', 'talk'],
  host: ['week', 'people', 'talk'],
  staff: ['board', 'people', 'talk'],
};

/** What stands behind the door: my project, then what the first ten minutes hold. */
export function Awaits({ invitation }: { invitation: InvitationView }) {
  const { t } = useTranslation('auth');
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
        {STEPS[invitation.role].map((name) => (
          <li key={name}>
            <Icon of={ICONS[name]} />
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
