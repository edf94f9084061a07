import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CohortDelivery } from '../../../../src/contracts/bridges/cohort-webhooks';
import { api } from '../../api/http';
import { LogDialog } from '../../ui/page/LogDialog';
import { When } from '../../ui/times/When';

/** What went out lately, try by try. */
export default function Deliveries({ path, onClose }: { path: string; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const query = useQuery({
    queryKey: [path, 'deliveries'],
    queryFn: () => api.get<{ items: CohortDelivery[] }>(`${path}/deliveries`),
    staleTime: 0,
  });
  return (
    <LogDialog
      title={t('log')}
      empty={t('logEmpty')}
      heads={[t('at'), t('what'), t('came')]}
      query={query}
      cells={({ at, kind, attempt, ok, status, problem }) => [
        <When key="at" at={at} />,
        kind ? t('try', { kind: t(`kinds.${kind}`), attempt }) : t('testTry'),
        ok ? t('arrived', { status }) : t(`problem.${problem ?? 'status'}`, { status }),
      ]}
      ns="webhooks"
      onClose={onClose}
    />
  );
}
