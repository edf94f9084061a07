import { Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keepAnswer } from '../../../api/answers';
import { keys } from '../../../api/keys';
import { Group } from '../../../ui/page/Group';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { Notice } from '../../../ui/page/State';
import { useChoice } from '../../../ui/forms/useChoice';
import { type PushState, readPush, switchPushOff, switchPushOn } from './push';

/** Notices on this device while no window of Cordée is open: off until I switch them on here, which is when the browser asks. */
export function PushSwitch() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const text = useProblemText('settings');
  const { data: state } = useQuery({ queryKey: keys.push, queryFn: readPush, staleTime: 0 });
  const { value, choose, busy } = useChoice(
    state === 'on',
    async (on) => keepAnswer<PushState>(client, keys.push, await (on ? switchPushOn() : switchPushOff())),
    (error) => (error instanceof DOMException ? t('push.failed') : text(error)),
  );
  return (
    <Group title={t('push.title')} className="mt24">
      {state === 'unsupported' ? (
        <p className="t2 mt8">{t('push.unsupported')}</p>
      ) : (
        <div className="stackv g16 mt12">
          <Switch
            label={t('push.on')}
            description={t('push.what')}
            checked={value}
            disabled={state === undefined || busy}
            onChange={(event) => choose(event.currentTarget.checked)}
          />
          {state === 'denied' && <Notice>{t('desktop.denied')}</Notice>}
        </div>
      )}
    </Group>
  );
}
