import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Preferences } from '../../../../../src/contracts/notifications/notifications';
import { useMe } from '../../../api/session';
import { TimeField } from '../../../ui/forms/TimeField';
import type { PartProps } from './NoticeSections';

/** What is proposed when quiet hours are switched on. */
const EVENING = { start: '20:00', end: '08:00' };

/** When I am left in peace: at night, and at the weekend. */
export function QuietTimes({ preferences, onChange }: PartProps) {
  const { t } = useTranslation('settings');
  const me = useMe();
  const { quietHours: quiet, quietWeekend = false } = preferences;
  const set = (next: Preferences['quietHours']) => onChange({ ...preferences, quietHours: next });
  return (
    <section className="mt24" aria-label={t('quiet.title')}>
      <Switch
        label={t('quiet.title')}
        checked={quiet !== null}
        onChange={(event) => set(event.currentTarget.checked ? EVENING : null)}
      />
      {quiet && (
        <div className="row mt12">
          <TimeField aria-label={t('quiet.from')} value={quiet.start} onChange={(start) => set({ ...quiet, start })} />
          <span className="t3">{t('quiet.to')}</span>
          <TimeField aria-label={t('quiet.until')} value={quiet.end} onChange={(end) => set({ ...quiet, end })} />
        </div>
      )}
      {quiet && quiet.start === quiet.end && <p className="t2 mt8">{t('quiet.same')}</p>}
      <Switch
        mt="sm"
        label={t('quiet.weekend')}
        checked={quietWeekend}
        onChange={(event) => onChange({ ...preferences, quietWeekend: event.currentTarget.checked })}
      />
      <p className="t2 mt8">{t(quiet || quietWeekend ? 'quiet.on' : 'quiet.off', { zone: me.timeZone })}</p>
    </section>
  );
}
