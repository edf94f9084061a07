import { IconBell } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/PageHeader';
import { AddressForm } from './AddressForm';
import { CalendarFeed } from './CalendarFeed';
import { PasswordForm } from './PasswordForm';
import { ProfileForm } from './ProfileForm';
import { Sessions } from './Sessions';

/** What is mine: profile, the ways in, the calendar feed, the devices I am signed in on. */
export default function SettingsPage() {
  const { t } = useTranslation('settings');
  return (
    <div className="page">
      <PageHeader title={t('title')} lead={t('lead')}>
        <ButtonLink to="/settings/notifications" leftSection={<Icon of={IconBell} />}>
          {t('notifications.title')}
        </ButtonLink>
      </PageHeader>
      <div className="two wide fold">
        <div>
          <ProfileForm />
          <AddressForm />
          <PasswordForm />
        </div>
        <aside className="side">
          <CalendarFeed />
          <Sessions />
        </aside>
      </div>
    </div>
  );
}
