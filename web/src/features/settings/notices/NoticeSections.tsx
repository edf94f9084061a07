import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Preferences } from '../../../../../src/contracts/notifications/notifications';
import { keepAnswer } from '../../../api/answers';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useChoice } from '../../../ui/forms/useChoice';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { State } from '../../../ui/page/State';
import { DesktopNotices } from './DesktopNotices';
import { DigestSettings } from './DigestSettings';
import { Invitations } from './Invitations';
import { MailsPerDay } from './MailsPerDay';
import { NotificationGrid } from './NotificationGrid';
import { PushSwitch } from './PushSwitch';
import { QuietTimes } from './QuietTimes';
import type { NoticeSection } from '../sections';
import { SentToMe } from './SentToMe';
import { SettingsFrame } from '../SettingsFrame';

/** What reaches me, when and by which way: each choice is saved as it is made. */
export default function NoticeSections({ at }: { at: NoticeSection }) {
  const { t } = useTranslation('settings');
  const query = useQuery({
    queryKey: keys.preferences,
    queryFn: ({ signal }) => api.get<Preferences>('/me/preferences', { signal }),
  });
  const client = useQueryClient();
  const text = useProblemText('settings');
  const { value, choose, saved } = useChoice<Preferences | undefined>(
    query.data,
    async (next) => {
      await keepAnswer(client, keys.preferences, await api.put<Preferences>('/me/preferences', next));
      void client.invalidateQueries({ queryKey: keys.digestPreview });
    },
    text,
  );
  return (
    <SettingsFrame
      at={at}
      lead={at === 'notifications' ? t('notifications.lead') : undefined}
      right={<span role="status">{saved && <State tone="ok">{t('common:saved')}</State>}</span>}
    >
      {at === 'this-device' ? (
        <>
          <PushSwitch />
          <DesktopNotices />
        </>
      ) : (
        <QueryBoundary query={query}>
          {(known) => <Choices at={at} preferences={value ?? known} onChange={choose} />}
        </QueryBoundary>
      )}
    </SettingsFrame>
  );
}

export interface PartProps {
  preferences: Preferences;
  onChange: (next: Preferences) => void;
}

function Choices({ at, ...props }: PartProps & { at: Exclude<NoticeSection, 'this-device'> }) {
  switch (at) {
    case 'notifications':
      return (
        <>
          <NotificationGrid {...props} />
          <SentToMe />
        </>
      );
    case 'quiet-hours':
      return <QuietTimes {...props} />;
    case 'digest':
      return (
        <>
          <DigestSettings {...props} />
          <MailsPerDay {...props} />
          <Invitations {...props} />
        </>
      );
  }
}
