import { NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconBell } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SubscriptionLevel, Topic } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { Icon } from '../../ui/Icon';
import { useProblemText } from '../../ui/ProblemAlert';
import { toastProblem } from '../../ui/toast';
import { topicKey } from './forum';

const LEVELS: SubscriptionLevel[] = ['watching', 'tracking', 'normal', 'muted'];

/** How closely I follow a topic; each level says what it brings. */
export function FollowSelect({ topic }: { topic: Topic }) {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const text = useProblemText();
  const key = topicKey(topic.cohortId, topic.id);
  const follow = (level: SubscriptionLevel) => {
    client.setQueryData<Topic>(key, { ...topic, subscription: level });
    api.put(`/cohorts/${topic.cohortId}/topics/${topic.id}/subscription`, { level }).catch((error: unknown) => {
      client.setQueryData<Topic>(key, topic);
      toastProblem(text(error));
    });
  };
  return (
    <NativeSelect
      aria-label={t('follow')}
      title={t(`levels.${topic.subscription}Means`)}
      leftSection={<Icon of={IconBell} size={16} />}
      value={topic.subscription}
      onChange={(event) => follow(event.currentTarget.value as SubscriptionLevel)}
      data={LEVELS.map((level) => ({ value: level, label: t(`levels.${level}`) }))}
    />
  );
}
