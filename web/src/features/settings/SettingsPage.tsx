import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { oneOf } from '../../shell/address';
import { Part } from '../../ui/forms/Part';
import { NotFoundPage } from '../../ui/page/NotFound';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { lazyPart } from '../../ui/page/lazy-part';
import { KeysSwitch } from '../finding/KeysSwitch';
import { Feeds } from '../feeds/lazy';
import { TopicsSwitch } from '../forum/TopicsSwitch';
import { MyStorage } from '../storage/lazy';
import { AddressForm } from './AddressForm';
import { Blocked } from './Blocked';
import { LinkPreviewsSwitch } from './LinkPreviewsSwitch';
import { MailProblem } from './MailProblem';
import { PasswordForm } from './PasswordForm';
import { PresenceSwitch } from './PresenceSwitch';
import { type NoticeSection, SECTIONS, type SectionId } from './sections';
import { Sessions } from './Sessions';
import classes from './settings.module.css';
import { SettingsFrame } from './SettingsFrame';

// Its fields to choose from are the heaviest script of the page.
const ProfileForm = lazyPart(async () => ({ default: (await import('./ProfileForm')).ProfileForm }));
const NoticeSections = lazyPart(() => import('./notices/NoticeSections'));

const ALL = Object.values(SECTIONS).flat();
const isOfNotices = (section: SectionId): section is NoticeSection => oneOf(SECTIONS.notices, section) !== undefined;

/** What is mine, one section at a time: profile, sign-in, what reaches me, what I prefer. */
export default function SettingsPage() {
  const { t } = useTranslation('settings');
  const at = oneOf(ALL, useParams({ from: '/shell/settings/$section' }).section);
  if (!at) return <NotFoundPage />;
  if (isOfNotices(at))
    return (
      <Part
        fallback={
          <SettingsFrame at={at}>
            <RowSkeleton />
          </SettingsFrame>
        }
      >
        <NoticeSections at={at} />
      </Part>
    );
  return (
    <SettingsFrame at={at} lead={at === 'calendar' ? t('feeds.lead') : undefined}>
      <AccountSection at={at} />
    </SettingsFrame>
  );
}

function AccountSection({ at }: { at: Exclude<SectionId, NoticeSection> }) {
  switch (at) {
    case 'profile':
      return (
        <>
          <MailProblem />
          <Part
            fallback={
              <div className={classes.profile}>
                <RowSkeleton rows={8} />
              </div>
            }
          >
            <ProfileForm />
          </Part>
        </>
      );
    case 'email':
      return (
        <>
          <MailProblem />
          <AddressForm />
        </>
      );
    case 'password':
      return <PasswordForm />;
    case 'devices':
      return <Sessions />;
    case 'privacy':
      return (
        <>
          <PresenceSwitch />
          <LinkPreviewsSwitch />
          <Blocked />
        </>
      );
    case 'forum':
      return (
        <>
          <TopicsSwitch />
          <KeysSwitch />
        </>
      );
    case 'calendar':
      return (
        <Part fallback={<RowSkeleton rows={3} />}>
          <Feeds />
        </Part>
      );
    case 'files':
      return (
        <Part fallback={<RowSkeleton rows={2} />}>
          <MyStorage />
        </Part>
      );
  }
}
