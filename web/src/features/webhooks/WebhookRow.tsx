import { ActionIcon, Button, Switch } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  CohortDelivery,
  CohortWebhook,
  CreatedCohortWebhook,
} from '../../../../src/contracts/bridges/cohort-webhooks';
import { api } from '../../api/http';
import { Icon } from '../../ui/Icon';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { Row } from '../../ui/page/Row';
import { State } from '../../ui/page/State';
import { toast, toastProblem } from '../../ui/toast';
import { useChoice } from '../../ui/forms/useChoice';
import { When } from '../../ui/times/When';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';

const Deliveries = lazyPart(() => import('./Deliveries'));

interface WebhookRowProps {
  webhook: CohortWebhook;
  path: string;
  onChanged: () => Promise<unknown>;
  onTaken: (webhook: CreatedCohortWebhook) => void;
  onRemove: () => void;
}

/** One webhook: where to, what of, how it went lately, and a test. */
export function WebhookRow({ webhook, path, onChanged, onTaken, onRemove }: WebhookRowProps) {
  const { t } = useTranslation('webhooks');
  const text = useProblemText('webhooks');
  const [busy, setBusy] = useState(false);
  const [log, setLog] = useState(false);
  const { name, url, kinds, lastAt, problem, keeper, keeperLeft } = webhook;
  const turn = async (active: boolean) => {
    await api.patch(path, { active });
    await onChanged();
  };
  const { value: active, choose } = useChoice(webhook.active, turn, text);
  const tried = async (act: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      toastProblem(text(error));
    }
    setBusy(false);
    void onChanged();
  };
  const test = () =>
    tried(async () => {
      const { ok, status, problem: why } = await api.post<CohortDelivery>(`${path}/test`);
      if (ok) toast(t('testDone', { status }));
      else toastProblem(t(`problem.${why ?? 'status'}`, { status }));
    });
  const takeOver = () => tried(async () => onTaken(await api.post<CreatedCohortWebhook>(`${path}/take-over`)));
  return (
    <Row
      title={name}
      meta={
        <>
          <span className="cut">{new URL(url).host}</span>
          <span>{t('keeper', { name: keeper?.name ?? t('common:formerMember') })}</span>
          <span>{kinds.map((kind) => t(`kinds.${kind}`)).join(', ')}</span>
          <span>
            {lastAt ? t('last') : t('never')} {lastAt && <When at={lastAt} />}
          </span>
        </>
      }
      right={
        <div className="row">
          {!keeperLeft && (
            <Switch
              checked={active}
              aria-label={t('active', { name })}
              onChange={({ currentTarget: { checked } }) => choose(checked)}
            />
          )}
          <ActionIcon aria-label={t('removeOne', { name })} onClick={onRemove}>
            <Icon of={IconTrash} size={16} />
          </ActionIcon>
        </div>
      }
    >
      {(keeperLeft || problem) && (
        <State tone="alert">
          {t(`problem.${keeperLeft ? 'keeper_left' : (problem ?? '')}`, { defaultValue: problem ?? '', status: '' })}
        </State>
      )}
      <div className="row g4 mt4">
        {keeperLeft ? (
          <Button size="compact-sm" loading={busy} onClick={() => void takeOver()}>
            {t('takeOver')}
          </Button>
        ) : (
          <Button size="compact-sm" loading={busy} onClick={() => void test()}>
            {t('test')}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={() => setLog(true)}>
          {t('log')}
        </Button>
      </div>
      <Part lost="over">{log && <Deliveries path={path} onClose={() => setLog(false)} />}</Part>
    </Row>
  );
}
