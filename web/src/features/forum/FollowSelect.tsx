import { NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconBell } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SubscriptionLevel, Topic } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Icon } from '../../ui/Icon';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { useChoice } from '../../ui/forms/useChoice';

const LEVELS: SubscriptionLevel[] = ['watching', 'tracking', 'normal', 'muted'];

/** How closely I follow a topic; each level says what it brings. */
export function FollowSelect({ topic }: { topic: Topic }) {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const text = useProblemText();
  const save = async (level: SubscriptionLevel) => {
    const key = keys.topic(topic.cohortId, topic.id);
    await api.put(`/cohorts/${topic.cohortId}/topics/${topic.id}/subscription`, { level });
    client.setQueryData<Topic>(key, (now) => now && { ...now, subscription: level });
    // Asked anew, for an answer that was on its way meanwhile still tells of the level before.
    void client.invalidateQueries({ queryKey: key, exact: true });
  };
  const { value, choose } = useChoice(topic.subscription, save, text);
  return (
    <NativeSelect
      aria-label={t('follow')}
      title={t(`levels.${value}Means`)}
      leftSection={<Icon of={IconBell} size={16} />}
      value={value}
      onChange={(event) => choose(event.currentTarget.value as SubscriptionLevel)}
      data={LEVELS.map((level) => ({ value: level, label: t(`levels.${level}`) }))}
    />
  );
}
