import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDeviceLaptop } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import type { LoginSession, Page } from '../../api/types';
import { Icon } from '../../ui/Icon';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { State } from '../../ui/page/State';
import { toastProblem } from '../../ui/toast';
import { When } from '../../ui/times/When';
import { deviceOf } from './device';

export const sessionsKey = ['login-sessions'] as const;

const FOLDED = 3;

/** The devices I am signed in on, this one first; each other can be signed out from here. */
export function Sessions() {
  const { t } = useTranslation('settings');
  const query = useQuery({ queryKey: sessionsKey, queryFn: () => api.get<Page<LoginSession>>('/me/sessions') });
  const [isWhole, setWhole] = useState(false);
  return (
    <QueryBoundary query={query}>
      {({ items }) => {
        const sorted = [...items].sort((a, b) => Number(b.current) - Number(a.current));
        return (
          <section className="mt16" aria-label={t('sections.devices')}>
            <ul className="list">
              {(isWhole ? sorted : sorted.slice(0, FOLDED)).map((session) => (
                <Session key={session.id} session={session} />
              ))}
            </ul>
            {items.length > FOLDED && (
              <Button mt="xs" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
                {isWhole ? t('sessions.fewer') : t('sessions.all', { count: items.length })}
              </Button>
            )}
          </section>
        );
      }}
    </QueryBoundary>
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
