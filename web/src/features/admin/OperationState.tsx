import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Alert, Operation } from '../../../../src/contracts/operation';
import { api } from '../../api/http';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatRelative } from '../../time/format';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Notice, State } from '../../ui/State';
import { operationKey } from './key';

const MINUTE_MS = 60_000;

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
  if (!data) return null;
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
  const isWell = failed + deferred === 0;
  return (
    <div className="mt16">
      <State tone={isWell ? 'ok' : 'wait'}>
        {t(`operation.${isWell ? 'well' : 'few'}`, { sent, failed, deferred })}
      </State>
      {!isWell && <p className="t3 sm">{t('operation.fewWhy')}</p>}
    </div>
  );
}

/** While it lasts in red; then, until it is over, that it is well again. */
function AlertNotice({ alert: { kind, since, count, among, wellSince } }: { alert: Alert }) {
  const { t } = useTranslation('admin');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const at = (instant: string) => formatRelative(instant, zone, locale, now);
  if (wellSince) return <Notice>{t(`operation.${kind}.again`, { at: at(wellSince) })}</Notice>;
  return (
    <Notice tone="alert">
      <b>{t(`operation.${kind}.title`)}</b>
      <p>{t(`operation.${kind}.what`, { count, among, at: at(since) })}</p>
      <p>
        {t(`operation.${kind}.first`)}{' '}
        {kind === 'late' && (
          <a className="link" href="/readyz">
            {t('operation.ready')}
          </a>
        )}
      </p>
    </Notice>
  );
}
