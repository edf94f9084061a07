import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../api/store';
import { keepSingleKeys, singleKeys } from '../../shell/keys/single-keys';
import { Group } from '../../ui/page/Group';

/** Whether single letters do something on the pages of the forum, in this browser. */
export function KeysSwitch() {
  const { t } = useTranslation('settings');
  const on = useStore(singleKeys);
  return (
    <Group title={t('keys.title')} className="mt40">
      <Switch
        className="mt12"
        label={t('keys.label')}
        description={t('keys.what')}
        checked={on}
        onChange={(event) => keepSingleKeys(event.currentTarget.checked)}
      />
    </Group>
  );
}
