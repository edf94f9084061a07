import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys';
import { Group } from '../../ui/Group';
import { useProblemText } from '../../ui/ProblemAlert';
import { Notice } from '../../ui/State';
import { toastProblem } from '../../ui/toast';
import { type PushState, readPush, switchPushOff, switchPushOn } from './push';

/** Notices on this device while no window of Cordée is open: off until I switch them on here, which is when the browser asks. */
export function PushSwitch() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const text = useProblemText('settings');
  const { data: state } = useQuery({ queryKey: keys.push, queryFn: readPush, staleTime: 0 });
  const turn = useMutation({
    mutationFn: (on: boolean) => (on ? switchPushOn() : switchPushOff()),
    onSuccess: (next: PushState) => client.setQueryData(keys.push, next),
    onError: (error) => toastProblem(error instanceof DOMException ? t('push.failed') : text(error)),
  });
  return (
    <Group title={t('push.title')} className="mt32">
      {state === 'unsupported' ? (
        <p className="t2 mt8">{t('push.unsupported')}</p>
      ) : (
        <div className="stackv g16 mt12">
          <Switch
            label={t('push.on')}
            description={t('push.what')}
            checked={turn.isPending ? turn.variables : state === 'on'}
            disabled={state === undefined || turn.isPending}
            onChange={(event) => turn.mutate(event.currentTarget.checked)}
          />
          {state === 'denied' && <Notice>{t('desktop.denied')}</Notice>}
        </div>
      )}
    </Group>
  );
}
