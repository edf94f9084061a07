import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelWebhook } from '../../../../src/contracts/bridges/webhooks';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';
import { useNames } from '../../shell/navigation/names';
import { ConfirmDialog } from '../../ui/confirm';
import { Icon } from '../../ui/Icon';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { Row, Rows } from '../../ui/page/Row';
import { State } from '../../ui/page/State';
import { When } from '../../ui/times/When';

/** The webhooks of channels, which staff may end wherever they are: of a channel that they are not in they see no more than that. */
export function ChannelWebhooks({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('webhooks');
  const names = useNames();
  const [ending, setEnding] = useState<ChannelWebhook | null>(null);
  const path = `/cohorts/${cohortId}/channel-webhooks`;
  const query = useQuery({
    queryKey: keys.in(cohortId, 'channel-webhooks'),
    queryFn: () => api.get<Page<ChannelWebhook>>(path),
  });
  return (
    <section className="mt24" aria-labelledby="channel-webhooks">
      <h2 id="channel-webhooks">{t('channels.title')}</h2>
      <p className="t2 mt4">{t('channels.lead')}</p>
      <QueryBoundary query={query} ns="webhooks">
        {({ items }) =>
          items.length === 0 ? (
            <p className="t3 mt8">{t('channels.empty')}</p>
          ) : (
            <Rows label={t('channels.title')}>
              {items.map((webhook) => (
                <Row
                  key={webhook.id}
                  title={webhook.name}
                  meta={
                    <>
                      <span>
                        {webhook.channel
                          ? `# ${names.channel({ ...webhook.channel, people: [] })}`
                          : t('channels.closed')}
                      </span>
                      <span className="cut">
                        {webhook.host ? t('channels.out', { host: webhook.host }) : t('channels.in')}
                      </span>
                      <span>{t('keeper', { name: webhook.keeper?.name ?? t('common:formerMember') })}</span>
                      <span>
                        {webhook.lastAt ? t('channels.last') : t('channels.never')}{' '}
                        {webhook.lastAt && <When at={webhook.lastAt} />}
                      </span>
                      {!webhook.active && <span>{t('channels.off')}</span>}
                    </>
                  }
                  right={
                    <ActionIcon
                      aria-label={t('channels.endOne', { name: webhook.name })}
                      onClick={() => setEnding(webhook)}
                    >
                      <Icon of={IconTrash} size={16} />
                    </ActionIcon>
                  }
                >
                  {webhook.keeperLeft && <State tone="alert">{t('channels.keeperLeft')}</State>}
                </Row>
              ))}
            </Rows>
          )
        }
      </QueryBoundary>
      <ConfirmDialog
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title={t('channels.endTitle', { name: ending?.name ?? '' })}
        act={t('channels.end')}
        danger
        ns="webhooks"
        onConfirm={async () => {
          await api.delete(`${path}/${ending?.id ?? ''}`);
          await query.refetch();
        }}
      >
        {t('channels.endBody')}
      </ConfirmDialog>
    </section>
  );
}
