import { ActionIcon, Button, CopyButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarFeed as Feed, CalendarFeedState } from '../../../../src/contracts/calendar';
import { api } from '../../api/http';
import { ConfirmDialog } from '../../ui/confirm';
import { Group } from '../../ui/Group';
import { Icon } from '../../ui/Icon';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { QueryBoundary } from '../../ui/QueryBoundary';
import { RowSkeleton } from '../../ui/RowSkeleton';
import { When } from '../../ui/When';
import classes from './settings.module.css';

const feedKey = ['calendar-feed'] as const;
const path = '/me/calendar-feed';

/** My agenda in my own calendar: an address that is shown once, and can be ended. A dialog has its own words above it. */
export function CalendarFeed({ bare = false }: { bare?: boolean }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const state = useQuery({ queryKey: feedKey, queryFn: () => api.get<CalendarFeedState>(path) });
  const [ending, setEnding] = useState(false);
  const make = useMutation({
    mutationFn: () => api.post<Feed>(path),
    onSuccess: () => client.invalidateQueries({ queryKey: feedKey }),
  });
  const end = async () => {
    await api.delete(path);
    make.reset();
    await client.invalidateQueries({ queryKey: feedKey });
  };

  const body = (
    <>
      {make.data && <Address url={make.data.url} />}
      <QueryBoundary query={state} loading={<RowSkeleton rows={1} />}>
        {({ active, lastReadAt }) => (
          <>
            {active && !make.data && (
              <p className="t2 mt8">
                {t('feed.active')} {lastReadAt ? <When at={lastReadAt} /> : t('feed.never')}
              </p>
            )}
            <div className="row mt12">
              <Button size="sm" loading={make.isPending} onClick={() => make.mutate()}>
                {t(active ? 'feed.renew' : 'feed.make')}
              </Button>
              {active && (
                <Button size="sm" variant="subtle" onClick={() => setEnding(true)}>
                  {t('feed.end')}
                </Button>
              )}
            </div>
          </>
        )}
      </QueryBoundary>
      <div className="mt8">
        <ProblemAlert error={make.error} ns="settings" />
      </div>
      <ConfirmDialog
        opened={ending}
        onClose={() => setEnding(false)}
        title={t('feed.endTitle')}
        act={t('feed.end')}
        onConfirm={end}
      >
        {t('feed.endBody')}
      </ConfirmDialog>
    </>
  );
  if (bare) return body;
  return (
    <Group title={t('feed.title')} className="">
      <p className="t2 mt8">{t('feed.lead')}</p>
      {body}
    </Group>
  );
}

function Address({ url }: { url: string }) {
  const { t } = useTranslation('settings');
  return (
    <div className="mt12">
      <div className={classes.feed}>
        <span className="cut grow">{url}</span>
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <ActionIcon size="sm" autoFocus onClick={copy} aria-label={t(copied ? 'feed.copied' : 'feed.copy')}>
              <Icon of={copied ? IconCheck : IconCopy} size={16} />
            </ActionIcon>
          )}
        </CopyButton>
      </div>
      <p className="t3 xs mt4">{t('feed.once')}</p>
    </div>
  );
}
