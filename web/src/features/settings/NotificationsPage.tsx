import { Checkbox, Switch, VisuallyHidden } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconLock } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PreferenceKind, Preferences } from '../../../../src/contracts/notifications/notifications';
import { keepAnswer } from '../../api/answers';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Group } from '../../ui/page/Group';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { State } from '../../ui/page/State';
import { useChoice } from '../../ui/forms/useChoice';
import { DesktopNotices } from './DesktopNotices';
import { DigestSettings } from './DigestSettings';
import { MailsPerDay } from './MailsPerDay';
import { QuietTimes } from './QuietTimes';
import { PushSwitch } from './PushSwitch';
import { SentToMe } from './SentToMe';
import classes from './settings.module.css';

const KINDS: PreferenceKind[] = ['sessions', 'workshops', 'milestones', 'chat', 'forum'];
const WAYS = ['inbox', 'mail', 'push'] as const;
/** What nobody can switch off. */
const ALWAYS = ['moved', 'security'] as const;

/** What reaches me and how: a small grid, saved at each click. */
export default function NotificationsPage() {
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
    <div className="page">
      <PageHeader
        title={t('notifications.title')}
        lead={t('notifications.lead')}
        crumbs={[{ label: t('title'), link: { to: '/settings' } }, { label: t('notifications.title') }]}
      >
        <span role="status">{saved && <State tone="ok">{t('common:saved')}</State>}</span>
      </PageHeader>
      <QueryBoundary query={query}>{(known) => <Parts preferences={value ?? known} onChange={choose} />}</QueryBoundary>
    </div>
  );
}

function Parts(props: PartProps) {
  return (
    <div className="two">
      <Grid {...props} />
      <aside className="side">
        <SentToMe />
        <QuietTimes {...props} />
        <DigestSettings {...props} />
        <MailsPerDay {...props} />
        <Invitations {...props} />
        <PushSwitch />
        <DesktopNotices />
      </aside>
    </div>
  );
}

/** The row that a notice led to: seen, and its first choice under the finger. */
function comeTo(row: HTMLTableRowElement | null): void {
  row?.scrollIntoView({ block: 'center' });
  row?.querySelector('input')?.focus({ preventScroll: true });
}

export interface PartProps {
  preferences: Preferences;
  onChange: (next: Preferences) => void;
}

function Grid({ preferences, onChange }: PartProps) {
  const { t } = useTranslation('settings');
  const here = useLocation().hash;
  const { digest } = preferences;
  const set = (kind: PreferenceKind, way: (typeof WAYS)[number], on: boolean) =>
    onChange({
      ...preferences,
      kinds: { ...preferences.kinds, [kind]: { ...preferences.kinds[kind], [way]: on } },
    });
  const gather = (kind: PreferenceKind, on: boolean) =>
    digest &&
    onChange({
      ...preferences,
      digest: { ...digest, kinds: KINDS.filter((one) => (one === kind ? on : digest.kinds.includes(one))) },
    });
  return (
    <div>
      <table className={classes.grid}>
        <thead>
          <tr>
            <th scope="col">{t('notifications.when')}</th>
            {WAYS.map((way) => (
              <th key={way} scope="col" className={classes.choice}>
                {t(`notifications.ways.${way}`)}
              </th>
            ))}
            {digest && (
              <th scope="col" className={classes.choice}>
                {t('notifications.ways.digest')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind} data-here={kind === here} ref={kind === here ? comeTo : undefined}>
              <th scope="row">
                <b>{t(`notifications.kinds.${kind}.title`)}</b>
                <div className="t3">{t(`notifications.kinds.${kind}.what`)}</div>
              </th>
              {WAYS.map((way) => (
                <td key={way} className={classes.choice}>
                  <span className={classes.tap}>
                    <Checkbox
                      aria-label={`${t(`notifications.kinds.${kind}.title`)}, ${t(`notifications.ways.${way}`)}`}
                      checked={
                        preferences.kinds[kind][way] !== false && (way !== 'push' || preferences.kinds[kind].inbox)
                      }
                      // A push is a hint at the inbox.
                      disabled={way === 'push' && !preferences.kinds[kind].inbox}
                      onChange={(event) => set(kind, way, event.currentTarget.checked)}
                    />
                  </span>
                </td>
              ))}
              {digest && (
                <td className={classes.choice}>
                  <span className={classes.tap}>
                    <Checkbox
                      aria-label={`${t(`notifications.kinds.${kind}.title`)}, ${t('notifications.ways.digest')}`}
                      disabled={!preferences.kinds[kind].mail}
                      checked={preferences.kinds[kind].mail && digest.kinds.includes(kind)}
                      onChange={(event) => gather(kind, event.currentTarget.checked)}
                    />
                  </span>
                </td>
              )}
            </tr>
          ))}
          {ALWAYS.map((what) => (
            <tr key={what}>
              <th scope="row">
                <b>{t(`notifications.always.${what}.title`)}</b>
                <div className="t3">{t(`notifications.always.${what}.what`)}</div>
              </th>
              {WAYS.map((way) => (
                <td key={way} className={`${classes.choice} t2`} title={t('notifications.alwaysOn')}>
                  <Icon of={IconLock} />
                  <VisuallyHidden>{t('notifications.alwaysOn')}</VisuallyHidden>
                </td>
              ))}
              {digest && <td />}
            </tr>
          ))}
        </tbody>
      </table>
      {digest && <p className="t3 xs mt8">{t('notifications.inDigest')}</p>}
    </div>
  );
}

/** Whether mails bring the calendar entry along. */
function Invitations({ preferences, onChange }: PartProps) {
  const { t } = useTranslation('settings');
  const isOn = preferences.invitations !== false;
  return (
    <Group title={t('invitations.title')} className="">
      <Switch
        mt="sm"
        label={t('invitations.label')}
        checked={isOn}
        onChange={() => onChange({ ...preferences, invitations: !isOn })}
      />
      <p className="t3 xs mt8">{t(isOn ? 'invitations.on' : 'invitations.off')}</p>
    </Group>
  );
}
