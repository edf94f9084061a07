import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keepAnswer } from '../../api/answers';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Cohort } from '../../api/types';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { useChoice } from '../../ui/forms/useChoice';

/** Whether messages show what pages outside say of themselves; saved at once. It needs the installation's consent. */
export function LinkPreviewsSwitch({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('cohort');
  const client = useQueryClient();
  const text = useProblemText('cohort');
  const save = async (linkPreviews: boolean) => {
    const fresh = await api.patch<Cohort>(`/cohorts/${cohort.id}`, { linkPreviews });
    await keepAnswer(client, keys.in(cohort.id, 'self'), fresh);
  };
  const { value: isOn, choose } = useChoice(cohort.linkPreviews === 'on', save, text);
  const isNever = cohort.linkPreviews === 'never';
  return (
    <Switch
      className="measure mt16"
      label={t('linkPreviews.label')}
      description={t(isNever ? 'linkPreviews.never' : isOn ? 'linkPreviews.on' : 'linkPreviews.off')}
      disabled={isNever}
      checked={isOn}
      onChange={(event) => choose(event.currentTarget.checked)}
    />
  );
}
