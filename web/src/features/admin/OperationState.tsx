import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alert, Operation } from '../../../../src/contracts/reminders/operation';
import { api } from '../../api/http';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatRelative } from '../../time/format';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Notice, State } from '../../ui/page/State';
import { operationKey, partsKey } from './key';

const MINUTE_MS = 60_000;
const JUST_NOW_MS = 45_000;

/** Whether reminders go out as they should: one calm line, or what is wrong and what to do first. */
export function OperationState() {
  const { data, error, refetch } = useQuery({
    queryKey: operationKey,
    queryFn: ({ signal }) => api.get<Operation>('/operation', { signal }),
    refetchInterval: MINUTE_MS,
  });
  if (error)
    return (
      <div className="mt16">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!data) return <Skeleton className="mt16" h={22} maw={440} />;
  const { alerts, ...counts } = data;
  if (alerts.length === 0) return <Calm {...counts} />;
  return alerts.map((alert) => (
    <div className="mt16" key={alert.kind}>
      <AlertNotice alert={alert} />
    </div>
  ));
}

/** No alert. What failed or waits all the same, of so few that nobody was told, is not kept quiet. */
function Calm({ sent, failed, deferred }: Omit<Operation, 'alerts'>) {
  const { t } = useTranslation('admin');
  return (
    <div className="mt16">
      {failed + deferred === 0 ? (
        <State tone="ok">{t('operation.well', { sent })}</State>
      ) : (
        <Notice>
          <b>{t('operation.few', { sent, failed, deferred })}</b>
          <p>{t('operation.fewWhy')}</p>
        </Notice>
      )}
    </div>
  );
}

/** While it lasts in red; then, until it is over, in green that it is well again. */
function AlertNotice({ alert: { kind, since, count, among, wellSince } }: { alert: Alert }) {
  const { t } = useTranslation('admin');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const at = (instant: string) =>
    now - Date.parse(instant) < JUST_NOW_MS ? t('operation.justNow') : formatRelative(instant, zone, locale, now);
  if (wellSince) return <Notice tone="ok">{t(`operation.${kind}.again`, { at: at(wellSince) })}</Notice>;
  return (
    <Notice tone="alert">
      <b>{t(`operation.${kind}.title`)}</b>
      <p>{t(`operation.${kind}.what`, { count, among, at: at(since) })}</p>
      <p>{t(`operation.${kind}.first`)}</p>
      {kind === 'late' && <Parts />}
    </Notice>
  );
}

/** What `/readyz` answers, also where it says 503. */
interface Readiness {
  parts: Record<'mongodb' | 'redis' | 'redisEviction', { ok: boolean; detail: string }>;
}

/** Whether what sending needs answers, as the server that we talk to sees it. */
function Parts() {
  const { t } = useTranslation('admin');
  const { data } = useQuery({
    queryKey: partsKey,
    queryFn: async ({ signal }) => (await (await fetch('/readyz', { signal })).json()) as Readiness,
    refetchInterval: MINUTE_MS,
  });
  if (!data) return null;
  const { mongodb, redis, redisEviction } = data.parts;
  const isThrowing = redis.ok && !redisEviction.ok;
  return (
    <p>
      <Part ok={mongodb.ok}>{t('operation.parts.mongodb', { ok: String(mongodb.ok) })}</Part>{' '}
      <Part ok={redis.ok}>{t('operation.parts.redis', { ok: String(redis.ok) })}</Part>{' '}
      {isThrowing && <Part ok={false}>{t('operation.parts.eviction')}</Part>}
    </p>
  );
}

const Part = ({ ok, children }: { ok: boolean; children: ReactNode }) => (ok ? children : <b>{children}</b>);
