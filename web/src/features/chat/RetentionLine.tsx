import { NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../src/contracts/chat';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useLocale, useZone } from '../../time/clock';
import { formatShortDay, formatTime } from '../../time/format';
import { useProblemText } from '../../ui/ProblemAlert';
import { toastProblem } from '../../ui/toast';

const CHOICES = [30, 90, 180, 365];

/** How long the messages of a channel are kept: said to everybody, set by staff. */
export function RetentionLine({ channel }: { channel: Channel }) {
  const { t } = useTranslation('chat');
  const [zone, locale] = [useZone(), useLocale()];
  const client = useQueryClient();
  const text = useProblemText('chat');
  const [busy, setBusy] = useState(false);
  const { retention, abilities } = channel;
  const set = async (value: string) => {
    setBusy(true);
    try {
      await api.put(`/channels/${channel.id}/retention`, { days: value === '' ? null : Number(value) });
      await client.invalidateQueries({ queryKey: keys.channels });
    } catch (error) {
      toastProblem(text(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {abilities.retain && (
        <NativeSelect
          className="mt12"
          label={t('retention.label')}
          description={t('retention.help')}
          disabled={busy}
          value={retention ? String(retention.days) : ''}
          onChange={(event) => void set(event.currentTarget.value)}
          data={[
            { value: '', label: t('retention.forever') },
            ...CHOICES.map((days) => ({ value: String(days), label: t('retention.days', { days }) })),
          ]}
        />
      )}
      {retention && (
        <p className="t2 mt8">
          {t('retention.is', {
            days: retention.days,
            when: `${formatShortDay(retention.from, zone, locale)}, ${formatTime(retention.from, zone, locale)}`,
          })}
        </p>
      )}
    </>
  );
}
