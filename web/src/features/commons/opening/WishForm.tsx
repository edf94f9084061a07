import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommonsStanding } from '../../../../../src/contracts/commons/commons';
import { api } from '../../../api/http';
import { Group } from '../../../ui/page/Group';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { toast } from '../../../ui/toast';
import { standingKey } from '../commons';

/** Staff ask its author, once. */
export function WishForm({ cohortId, topicId }: { cohortId: string; topicId: string }) {
  const { t } = useTranslation('commons');
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const wish = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const now = await api.post<CommonsStanding>(`/cohorts/${cohortId}/topics/${topicId}/commons/wish`);
      toast(t('wish.done'));
      client.setQueryData(standingKey(cohortId, topicId), now);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Group title={t('wish.title')}>
      <p className="t2 mt8">{t('wish.body')}</p>
      <ProblemAlert error={problem} ns="commons" />
      <Button className="mt16" variant="filled" loading={busy} onClick={() => void wish()}>
        {t('wish.act')}
      </Button>
    </Group>
  );
}
