import { ActionIcon, Button, Switch } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import type { CreatedWebhook, Delivery, Webhook } from '../../../../../src/contracts/bridges/webhooks';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import type { Page } from '../../../api/types';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatRelative } from '../../../time/format';
import { ConfirmDialog } from '../../../ui/confirm';
import { Empty } from '../../../ui/page/Empty';
import { onEscape } from '../../../ui/page/focus';
import { Icon } from '../../../ui/Icon';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { SecretOnce } from '../../../ui/secrets/SecretOnce';
import { State } from '../../../ui/page/State';
import { toast, toastProblem } from '../../../ui/toast';
import { useChoice } from '../../../ui/forms/useChoice';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { tryIncoming } from './curl';
import { DeliveryLog } from './DeliveryLog';
import classes from '../Chat.module.css';

const NewWebhook = lazyPart(() => import('./NewWebhook'));

/** What else writes into a channel, and where its messages go: for who may change the channel. */
export default function WebhooksPanel({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation('chat');
  const [making, setMaking] = useState(false);
  const [taken, setTaken] = useState<CreatedWebhook | null>(null);
  const [removing, setRemoving] = useState<Webhook | null>(null);
  const path = `/channels/${channel.id}/webhooks`;
  const webhooks = useQuery({
    queryKey: [...keys.channels, channel.id, 'webhooks'],
    queryFn: () => api.get<Page<Webhook>>(path),
  });
  const ask = () => webhooks.refetch();

  return (
    <aside className={classes.side} aria-label={t('webhooks.title')} onKeyDown={onEscape(onClose)}>
      <div className={classes.head}>
        <h2>{t('webhooks.title')}</h2>
        <span className="right">
          <ActionIcon aria-label={t('webhooks.close')} onClick={onClose} autoFocus>
            <Icon of={IconX} />
          </ActionIcon>
        </span>
      </div>
      <div className={classes.people}>
        <p className="t2 mt8">{t('webhooks.lead')}</p>
        <Button
          className="mt12"
          size="sm"
          leftSection={<Icon of={IconPlus} size={16} />}
          onClick={() => setMaking(true)}
        >
          {t('webhooks.new')}
        </Button>
        <QueryBoundary query={webhooks} ns="chat">
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t('webhooks.empty')} />
            ) : (
              <ul className={`${classes.cards} mt12`}>
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
              </ul>
            )
          }
        </QueryBoundary>
      </div>
      <Part lost="over">{making && <NewWebhook path={path} onMade={ask} onClose={() => setMaking(false)} />}</Part>
      {taken && (
        <SecretOnce
          title={t('webhooks.takenTitle', { name: taken.name })}
          lead={t(`webhooks.taken.${taken.direction}`)}
          secret={taken.secret}
          example={tryIncoming(taken)}
          onClose={() => setTaken(null)}
        />
      )}
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('webhooks.removeTitle', { name: removing?.name ?? '' })}
        act={t('webhooks.remove')}
        danger
        ns="chat"
        onConfirm={async () => {
          await api.delete(`${path}/${removing?.id ?? ''}`);
          await webhooks.refetch();
        }}
      >
        {t(`webhooks.removeBody.${removing?.direction ?? 'in'}`)}
      </ConfirmDialog>
    </aside>
  );
}

interface WebhookRowProps {
  webhook: Webhook;
  path: string;
  onChanged: () => Promise<unknown>;
  onTaken: (webhook: CreatedWebhook) => void;
  onRemove: () => void;
}

function WebhookRow({ webhook, path, onChanged, onTaken, onRemove }: WebhookRowProps) {
  const { t } = useTranslation('chat');
  const text = useProblemText('chat');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const [busy, setBusy] = useState(false);
  const { name, direction, url, lastAt, problem, keeper, keeperLeft } = webhook;
  const turn = async (active: boolean) => {
    await api.patch(path, { active });
    await onChanged();
  };
  const { value: active, choose } = useChoice(webhook.active, turn, text);
  const isOut = direction === 'out';
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
      const { ok, status, problem: why } = await api.post<Delivery>(`${path}/test`);
      if (ok) toast(t('webhooks.testDone', { status }));
      else toastProblem(t(`webhooks.problem.${why ?? 'status'}`, { status }));
    });
  const takeOver = () => tried(async () => onTaken(await api.post<CreatedWebhook>(`${path}/take-over`)));
  return (
    <li className={classes.card}>
      <Icon of={isOut ? IconArrowUpRight : IconArrowDownLeft} />
      <div className="grow">
        <p className="bold cut">{name}</p>
        <p className="xs t2 cut">{url ?? t('webhooks.in')}</p>
        <p className="xs t3">
          {lastAt ? t('webhooks.last', { when: formatRelative(lastAt, zone, locale, now) }) : t('webhooks.never')}
        </p>
        <p className="xs t3 cut">{t('webhooks.keeper', { name: keeper?.name ?? t('common:formerMember') })}</p>
        {keeperLeft ? (
          <State tone="alert">{t('webhooks.problem.keeper_left')}</State>
        ) : (
          problem && (
            <State tone="alert">{t(`webhooks.problem.${problem}`, { defaultValue: problem, status: '' })}</State>
          )
        )}
        {keeperLeft && (
          <Button className="mt4" size="compact-sm" loading={busy} onClick={() => void takeOver()}>
            {t('webhooks.takeOver')}
          </Button>
        )}
        {isOut && !keeperLeft && (
          <div className="row g4 mt4">
            <Button size="compact-sm" loading={busy} onClick={() => void test()}>
              {t('webhooks.test')}
            </Button>
            <DeliveryLog path={path} />
          </div>
        )}
      </div>
      {!keeperLeft && (
        <Switch
          checked={active}
          aria-label={t('webhooks.active', { name })}
          onChange={({ currentTarget: { checked } }) => choose(checked)}
        />
      )}
      <ActionIcon size="sm" aria-label={t('webhooks.removeOne', { name })} onClick={onRemove}>
        <Icon of={IconTrash} size={16} />
      </ActionIcon>
    </li>
  );
}
