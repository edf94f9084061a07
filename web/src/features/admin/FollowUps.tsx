import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { FailedFollowUp, FailedFollowUps } from '../../../../src/contracts/reminders/operation';
import { api } from '../../api/http';
import { Group } from '../../ui/page/Group';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { When } from '../../ui/times/When';
import { toastProblem } from '../../ui/toast';
import { followUpsKey } from './key';

const MINUTE_MS = 60_000;

/** What must follow an act (a leaver's places, say) and fails: what it is, since when, and a way to try it now. Nothing while all is well. */
export function FollowUps() {
  const { t } = useTranslation('admin');
  const { data } = useQuery({
    queryKey: followUpsKey,
    queryFn: ({ signal }) => api.get<FailedFollowUps>('/operation/follow-ups', { signal }),
    refetchInterval: MINUTE_MS,
  });
  if (!data || data.items.length === 0) return null;
  return (
    <Group title={t('followUps.title')} count={data.items.length}>
      <p className="t2 mt8">{t('followUps.lead')}</p>
      <ul className="list">
        {data.items.map((one) => (
          <FollowUpRow key={one.id} followUp={one} />
        ))}
      </ul>
    </Group>
  );
}

function FollowUpRow({ followUp: { id, event, at, waiting, tries, nextAt } }: { followUp: FailedFollowUp }) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const text = useProblemText('admin');
  const retry = useMutation({
    mutationFn: () => api.post(`/operation/follow-ups/${encodeURIComponent(id)}/retry`),
    onSettled: () => client.invalidateQueries({ queryKey: followUpsKey }),
    onError: (error) => toastProblem(text(error)),
  });
  return (
    <li className="wrap">
      <div className="grow">
        <span className="title">{t(`followUps.event.${event.replace('.', '_')}`, { defaultValue: event })}</span>
        <div className="meta">
          <When at={at} />
          {waiting.map((name) => (
            <span key={name}>{t(`followUps.consumer.${name.replaceAll(' ', '_')}`, { defaultValue: name })}</span>
          ))}
          <span>{t('followUps.tries', { tries })}</span>
          <span>
            {t('followUps.next')} <When at={nextAt} />
          </span>
        </div>
      </div>
      <Button size="sm" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
        {t('followUps.retry')}
      </Button>
    </li>
  );
}
