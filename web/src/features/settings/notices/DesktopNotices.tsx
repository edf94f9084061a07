import { Button, Switch } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/session';
import { useStore } from '../../../api/store';
import { Group } from '../../../ui/page/Group';
import { Icon } from '../../../ui/Icon';
import { Notice } from '../../../ui/page/State';
import { type DesktopChoice, desktopChoice, keepChoice } from '../../../shell/desktop/choice';
import { playSound } from '../../../shell/desktop/sound';

const isKnown = () => 'Notification' in window && 'locks' in navigator;

/** Notifications of this browser: off until I switch them on here, which is when it asks. */
export function DesktopNotices() {
  const { t } = useTranslation('settings');
  const { id } = useMe();
  const choice = useStore(desktopChoice);
  const [permission, setPermission] = useState(() => (isKnown() ? Notification.permission : 'denied'));
  const isOn = choice.on && permission === 'granted';
  const keep = (change: Partial<DesktopChoice>) => keepChoice(id, { ...choice, ...change });
  const turn = async (on: boolean) => {
    // Nothing to ask: the switch turns under the finger.
    if (!on || permission === 'granted') {
      keep({ on });
      return;
    }
    const answer = await Notification.requestPermission();
    setPermission(answer);
    keep({ on: answer === 'granted' });
  };

  return (
    <Group title={t('desktop.title')} className="mt40">
      {isKnown() ? (
        <div className="stackv g16 mt12">
          <Switch
            label={t('desktop.on')}
            description={t('desktop.what')}
            checked={isOn}
            onChange={(event) => void turn(event.currentTarget.checked)}
          />
          {permission === 'denied' && <Notice>{t('desktop.denied')}</Notice>}
          <Switch
            label={t('desktop.content')}
            description={t('desktop.contentWhat')}
            disabled={!isOn}
            checked={choice.content}
            onChange={(event) => keep({ content: event.currentTarget.checked })}
          />
          <div className="row between g12">
            <Switch
              label={t('desktop.sound')}
              disabled={!isOn}
              checked={choice.sound}
              onChange={(event) => keep({ sound: event.currentTarget.checked })}
            />
            <Button
              size="sm"
              variant="subtle"
              leftSection={<Icon of={IconVolume} size={16} />}
              onClick={() => void playSound().catch(() => undefined)}
            >
              {t('desktop.try')}
            </Button>
          </div>
        </div>
      ) : (
        <p className="t2 mt8">{t('desktop.unknown')}</p>
      )}
    </Group>
  );
}
