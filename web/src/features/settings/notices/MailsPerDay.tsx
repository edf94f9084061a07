import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Group } from '../../../ui/page/Group';
import type { PartProps } from './NoticeSections';

const CHOICES = [3, 5, 8, 12, 20];
const NO_LIMIT = '';

/** How many emails of what can wait reach me on one day. */
export function MailsPerDay({ preferences, onChange }: PartProps) {
  const { t } = useTranslation('settings');
  const most = preferences.mailsPerDay ?? null;
  const choices = most === null || CHOICES.includes(most) ? CHOICES : [...CHOICES, most].sort((a, b) => a - b);
  return (
    <Group title={t('budget.title')} className="mt40">
      <NativeSelect
        mt="sm"
        label={t('budget.label')}
        value={most === null ? NO_LIMIT : String(most)}
        data={[
          ...choices.map((count) => ({ value: String(count), label: t('budget.count', { count }) })),
          { value: NO_LIMIT, label: t('budget.none') },
        ]}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...preferences, mailsPerDay: value === NO_LIMIT ? null : Number(value) })
        }
      />
      <p className="t3 xs mt8">{t(most === null ? 'budget.off' : 'budget.on')}</p>
    </Group>
  );
}
