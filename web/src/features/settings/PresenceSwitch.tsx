import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import type { Me } from '../../api/types';
import { Group } from '../../ui/Group';
import { useProblemText } from '../../ui/ProblemAlert';
import { toastProblem } from '../../ui/toast';

/** Whether the others see when I am here and that I type; saved at once. */
export function PresenceSwitch() {
  const { t } = useTranslation('settings');
  const { showsPresence } = useMe();
  const client = useQueryClient();
  const text = useProblemText('settings');
  const save = useMutation({
    mutationFn: (shown: boolean) => api.patch<Me>('/me', { showsPresence: shown }),
    onSuccess: (me) => client.setQueryData(keys.me, me),
    onError: (error) => toastProblem(text(error)),
  });
  const shown = save.isPending ? save.variables : showsPresence;
  return (
    <Group title={t('presence.title')} className="">
      <Switch
        className="mt12"
        label={t('presence.label')}
        description={t(shown ? 'presence.on' : 'presence.off')}
        checked={shown}
        onChange={(event) => save.mutate(event.currentTarget.checked)}
      />
    </Group>
  );
}
