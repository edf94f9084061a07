import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keepAnswer } from '../../api/answers';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import type { Me } from '../../api/types';
import { Group } from '../../ui/page/Group';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { useChoice } from '../../ui/forms/useChoice';

/** Whether the others see when I am here and that I type; saved at once. */
export function PresenceSwitch() {
  const { t } = useTranslation('settings');
  const { showsPresence } = useMe();
  const client = useQueryClient();
  const text = useProblemText('settings');
  const { value: shown, choose } = useChoice(
    showsPresence,
    async (next) => keepAnswer(client, keys.me, await api.patch<Me>('/me', { showsPresence: next })),
    text,
  );
  return (
    <Group title={t('presence.title')}>
      <Switch
        className="mt12"
        label={t('presence.label')}
        description={t(shown ? 'presence.on' : 'presence.off')}
        checked={shown}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
    </Group>
  );
}
