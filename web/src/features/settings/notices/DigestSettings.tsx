import { Checkbox, NativeSelect, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DigestSection, type DigestChoice } from '../../../../../src/contracts/notifications/notifications';
import { Group } from '../../../ui/page/Group';
import { TimeField } from '../../../ui/forms/TimeField';
import { DigestPreview } from './DigestPreview';
import type { PartProps } from './NoticeSections';
import { weekdayNames } from './weekdays';

/** What is proposed when a digest is switched on: talk comes with it, in the morning. */
const MORNING: DigestChoice = { every: 'day', at: '08:30', weekday: 1, kinds: ['chat', 'forum'], without: [] };

/** One email in the place of many: when, and what is in it. */
export function DigestSettings({ preferences, onChange }: PartProps) {
  const { t, i18n } = useTranslation('settings');
  const digest = preferences.digest ?? null;
  const set = (change: Partial<DigestChoice>) =>
    onChange({ ...preferences, digest: { ...(digest ?? MORNING), ...change } });
  return (
    <Group
      title={t('digest.title')}
      right={
        <Switch
          aria-label={t('digest.title')}
          checked={digest !== null}
          onChange={(event) => onChange({ ...preferences, digest: event.currentTarget.checked ? MORNING : null })}
        />
      }
    >
      <p className="t2 mt8" id="digest">
        {t(digest ? 'digest.on' : 'digest.off')}
      </p>
      {digest && (
        <>
          <div className="row mt12" style={{ flexWrap: 'wrap' }}>
            <NativeSelect
              aria-label={t('digest.every')}
              value={digest.every}
              data={(['day', 'week'] as const).map((value) => ({ value, label: t(`digest.rhythm.${value}`) }))}
              onChange={(event) => set({ every: event.currentTarget.value as DigestChoice['every'] })}
            />
            {digest.every === 'week' && (
              <NativeSelect
                aria-label={t('digest.weekday')}
                value={String(digest.weekday)}
                data={weekdayNames(i18n.language).map((label, index) => ({ value: String(index + 1), label }))}
                onChange={(event) => set({ weekday: Number(event.currentTarget.value) })}
              />
            )}
            <TimeField aria-label={t('digest.at')} value={digest.at} onChange={(at) => set({ at })} />
          </div>
          <fieldset className="mt12">
            <legend className="t2">{t('digest.sections')}</legend>
            {DigestSection.options.map((section) => (
              <Checkbox
                key={section}
                mt="xs"
                label={t(`digest.lists.${section}`)}
                checked={!digest.without.includes(section)}
                onChange={(event) =>
                  set({
                    without: DigestSection.options.filter((one) =>
                      one === section ? !event.currentTarget.checked : digest.without.includes(one),
                    ),
                  })
                }
              />
            ))}
          </fieldset>
          <DigestPreview />
        </>
      )}
    </Group>
  );
}
