import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CohortWebhook, CreatedCohortWebhook } from '../../../../src/contracts/bridges/cohort-webhooks';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohort } from '../../api/session';
import { ConfirmDialog } from '../../ui/confirm';
import { Empty } from '../../ui/page/Empty';
import { Icon } from '../../ui/Icon';
import { NotFoundPage } from '../../ui/page/NotFound';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { SecretOnce } from '../../ui/secrets/SecretOnce';
import { Rows } from '../../ui/page/Row';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { CohortSettingsFrame } from '../cohort/CohortSettingsFrame';
import { ChannelWebhooks } from './ChannelWebhooks';
import { WebhookRow } from './WebhookRow';

const NewWebhook = lazyPart(() => import('./NewWebhook'));

/** Which other tools hear what is new in the cohort: for its staff. */
export default function WebhooksPage() {
  const { t } = useTranslation('webhooks');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/settings/webhooks' });
  const cohort = useCohort();
  const [making, setMaking] = useState(false);
  const [taken, setTaken] = useState<CreatedCohortWebhook | null>(null);
  const [removing, setRemoving] = useState<CohortWebhook | null>(null);
  const path = `/cohorts/${cohortId}/webhooks`;
  const query = useQuery({
    queryKey: keys.in(cohortId, 'webhooks'),
    queryFn: () => api.get<{ items: CohortWebhook[] }>(path),
    enabled: cohort?.abilities.edit ?? false,
  });
  if (cohort && !cohort.abilities.edit) return <NotFoundPage />;
  const ask = () => query.refetch();
  return (
    <CohortSettingsFrame
      cohortId={cohortId}
      at="webhooks"
      lead={t('lead')}
      right={
        <Button leftSection={<Icon of={IconPlus} size={16} />} onClick={() => setMaking(true)}>
          {t('new')}
        </Button>
      }
    >
      <QueryBoundary query={query} ns="webhooks">
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('empty')}>{t('emptyWhat')}</Empty>
          ) : (
            <Rows label={t('title')}>
              {items.map((webhook) => (
                <WebhookRow
                  key={webhook.id}
                  webhook={webhook}
                  path={`${path}/${webhook.id}`}
                  onChanged={ask}
                  onTaken={setTaken}
                  onRemove={() => setRemoving(webhook)}
                />
              ))}
            </Rows>
          )
        }
      </QueryBoundary>
      <Part lost="over">{making && <NewWebhook path={path} onMade={ask} onClose={() => setMaking(false)} />}</Part>
      <ChannelWebhooks cohortId={cohortId} />
      {taken && (
        <SecretOnce
          title={t('takenTitle', { name: taken.name })}
          lead={t('taken')}
          secret={taken.secret}
          onClose={() => setTaken(null)}
        />
      )}
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('removeTitle', { name: removing?.name ?? '' })}
        act={t('remove')}
        danger
        ns="webhooks"
        onConfirm={async () => {
          await api.delete(`${path}/${removing?.id ?? ''}`);
          await query.refetch();
        }}
      >
        {t('removeBody')}
      </ConfirmDialog>
    </CohortSettingsFrame>
  );
}
