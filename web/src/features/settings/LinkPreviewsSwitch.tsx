import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohort, useMe } from '../../api/session';
import type { Me } from '../../api/types';
import { Group } from '../../ui/Group';
import { useProblemText } from '../../ui/ProblemAlert';
import { toastProblem } from '../../ui/toast';

/** Whether I see what messages link to, where a cohort has that; saved at once. Not offered where the installation never has. */
export function LinkPreviewsSwitch() {
  const { t } = useTranslation('settings');
  const { showsLinkPreviews } = useMe();
  const cohort = useCohort();
  const client = useQueryClient();
  const text = useProblemText('settings');
  const save = useMutation({
    mutationFn: (shown: boolean) => api.patch<Me>('/me', { showsLinkPreviews: shown }),
    onSuccess: (me) => client.setQueryData(keys.me, me),
    onError: (error) => toastProblem(text(error)),
  });
  const shown = save.isPending ? save.variables : showsLinkPreviews;
  if (!cohort || cohort.linkPreviews === 'never') return null;
  return (
    <Group title={t('linkPreviews.title')}>
      <Switch
        className="mt12"
        label={t('linkPreviews.label')}
        description={t(shown ? 'linkPreviews.on' : 'linkPreviews.off')}
        checked={shown}
        onChange={(event) => save.mutate(event.currentTarget.checked)}
      />
    </Group>
  );
}
