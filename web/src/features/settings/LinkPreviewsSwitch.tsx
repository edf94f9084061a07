import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keepAnswer } from '../../api/answers';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohort, useMe } from '../../api/session';
import type { Me } from '../../api/types';
import { Group } from '../../ui/page/Group';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { useChoice } from '../../ui/forms/useChoice';

/** Whether I see what messages link to, where a cohort has that; saved at once. Not offered where the installation never has. */
export function LinkPreviewsSwitch() {
  const { t } = useTranslation('settings');
  const { showsLinkPreviews } = useMe();
  const cohort = useCohort();
  const client = useQueryClient();
  const text = useProblemText('settings');
  const { value: shown, choose } = useChoice(
    showsLinkPreviews,
    async (next) => keepAnswer(client, keys.me, await api.patch<Me>('/me', { showsLinkPreviews: next })),
    text,
  );
  if (!cohort || cohort.linkPreviews === 'never') return null;
  return (
    <Group title={t('linkPreviews.title')} className="mt40">
      <Switch
        className="mt12"
        label={t('linkPreviews.label')}
        description={t(shown ? 'linkPreviews.on' : 'linkPreviews.off')}
        checked={shown}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
    </Group>
  );
}
