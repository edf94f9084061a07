import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Group } from '../../../ui/page/Group';
import type { PartProps } from './NoticeSections';

/** Whether mails bring the calendar entry along. */
export function Invitations({ preferences, onChange }: PartProps) {
  const { t } = useTranslation('settings');
  const isOn = preferences.invitations !== false;
  return (
    <Group title={t('invitations.title')} className="mt40">
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
