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

/** Whether topics that I read or write in are tracked by themselves; saved at once. */
export function TopicsSwitch() {
  const { t } = useTranslation('settings');
  const { tracksTopics } = useMe();
  const client = useQueryClient();
  const text = useProblemText('settings');
  const { value: tracked, choose } = useChoice(
    tracksTopics,
    async (next) => keepAnswer(client, keys.me, await api.patch<Me>('/me', { tracksTopics: next })),
    text,
  );
  return (
    <Group title={t('topics.title')}>
      <Switch
        className="mt12"
        label={t('topics.label')}
        description={t(tracked ? 'topics.on' : 'topics.off')}
        checked={tracked}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
    </Group>
  );
}
