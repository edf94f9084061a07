import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDeviceLaptop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import type { LoginSession, Page } from '../../api/types';
import { Group } from '../../ui/page/Group';
import { Icon } from '../../ui/Icon';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { State } from '../../ui/page/State';
import { toastProblem } from '../../ui/toast';
import { When } from '../../ui/times/When';
import { deviceOf } from './device';

export const sessionsKey = ['login-sessions'] as const;

/** The devices I am signed in on; each can be signed out from here. */
export function Sessions() {
  const { t } = useTranslation('settings');
  const query = useQuery({ queryKey: sessionsKey, queryFn: () => api.get<Page<LoginSession>>('/me/sessions') });
  return (
    <Group title={t('sessions.title')} count={query.data?.items.length} className="">
      <QueryBoundary query={query}>
        {({ items }) => (
          <ul className="list">
            {items.map((session) => (
              <Session key={session.id} session={session} />
            ))}
          </ul>
        )}
      </QueryBoundary>
    </Group>
  );
}

function Session({ session }: { session: LoginSession }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const text = useProblemText('settings');
  const end = useMutation({
    mutationFn: () => api.delete(`/me/sessions/${session.id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsKey }),
    onError: (error) => toastProblem(text(error)),
  });
  return (
    <li>
      <Icon of={IconDeviceLaptop} />
      <div className="grow">
        <b>{deviceOf(session.userAgent) ?? t('sessions.unknown')}</b>
        <div className="t2">
          {t('sessions.used')} <When at={session.lastUsedAt} />
        </div>
      </div>
      {session.current ? (
        <State tone="ok">{t('sessions.current')}</State>
      ) : (
        <Button size="sm" loading={end.isPending} onClick={() => end.mutate()}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
