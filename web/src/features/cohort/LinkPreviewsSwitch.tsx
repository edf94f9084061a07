import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Cohort } from '../../api/types';
import { useProblemText } from '../../ui/ProblemAlert';
import { toastProblem } from '../../ui/toast';

/** Whether messages show what pages outside say of themselves; saved at once. It needs the installation's consent. */
export function LinkPreviewsSwitch({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('cohort');
  const client = useQueryClient();
  const text = useProblemText('cohort');
  const save = useMutation({
    mutationFn: (linkPreviews: boolean) => api.patch<Cohort>(`/cohorts/${cohort.id}`, { linkPreviews }),
    onSuccess: (fresh) => client.setQueryData(keys.in(cohort.id, 'self'), fresh),
    onError: (error) => toastProblem(text(error)),
  });
  const isNever = cohort.linkPreviews === 'never';
  const isOn = save.isPending ? save.variables : cohort.linkPreviews === 'on';
  return (
    <Switch
      className="measure mt16"
      label={t('linkPreviews.label')}
      description={t(isNever ? 'linkPreviews.never' : isOn ? 'linkPreviews.on' : 'linkPreviews.off')}
      disabled={isNever}
      checked={isOn}
      onChange={(event) => save.mutate(event.currentTarget.checked)}
    />
  );
}
