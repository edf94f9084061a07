import { IconBell } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { MyStorage } from '../storage/lazy';
import { AddressForm } from './AddressForm';
import { Blocked } from './Blocked';
import { CalendarFeeds } from './CalendarFeeds';
import { KeysSwitch } from '../finding/KeysSwitch';
import { LinkPreviewsSwitch } from './LinkPreviewsSwitch';
import { MailProblem } from './MailProblem';
import { PasswordForm } from './PasswordForm';
import { PresenceSwitch } from './PresenceSwitch';
import { TopicsSwitch } from '../forum/TopicsSwitch';
import { Sessions } from './Sessions';
import classes from './settings.module.css';

// Its fields to choose from are the heaviest script of the page.
const ProfileForm = lazyPart(async () => ({ default: (await import('./ProfileForm')).ProfileForm }));

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
      <MailProblem />
      <div className="two wide fold">
        <div>
          <Part
            fallback={
              <div className={classes.profile}>
                <RowSkeleton rows={8} />
              </div>
            }
          >
            <ProfileForm />
          </Part>
          <AddressForm />
          <PasswordForm />
        </div>
        <aside className="side">
          <PresenceSwitch />
          <CalendarFeeds />
          <Sessions />
          <Blocked />
          <TopicsSwitch />
          <KeysSwitch />
          <LinkPreviewsSwitch />
          <Part fallback={<RowSkeleton rows={2} />}>
            <MyStorage />
          </Part>
        </aside>
      </div>
    </div>
  );
}
