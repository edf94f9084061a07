import { NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useLocale, useZone } from '../../../time/clock';
import { formatShortDay, formatTime } from '../../../time/format';
import { refocus } from '../../../ui/page/focus';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { SaveButton } from '../../../ui/forms/SaveButton';
import { toastProblem } from '../../../ui/toast';

const CHOICES = [30, 90, 180, 365];

/** How long the messages of a channel are kept: said to everybody, set by staff. */
export function RetentionLine({ channel }: { channel: Channel }) {
  const { t } = useTranslation('chat');
  const [zone, locale] = [useZone(), useLocale()];
  const client = useQueryClient();
  const text = useProblemText('chat');
  const [busy, setBusy] = useState(false);
  const { retention, abilities } = channel;
  const now = retention ? String(retention.days) : '';
  const [chosen, setChosen] = useState(now);
  // Never by the choice alone: the arrow keys pass over all of them, and each is said to everybody.
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const focused = document.activeElement;
    setBusy(true);
    try {
      await api.put(`/channels/${channel.id}/retention`, { days: chosen === '' ? null : Number(chosen) });
      await client.invalidateQueries({ queryKey: keys.channels });
    } catch (error) {
      toastProblem(text(error));
    } finally {
      setBusy(false);
      refocus(focused);
    }
  };
  return (
    <>
      {abilities.retain && (
        <form className="mt12" onSubmit={(event) => void save(event)}>
          <NativeSelect
            label={t('retention.label')}
            description={t('retention.help')}
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={[
              { value: '', label: t('retention.forever') },
              ...CHOICES.map((days) => ({ value: String(days), label: t('retention.days', { days }) })),
            ]}
          />
          <SaveButton className="mt8" variant="default" size="sm" dirty={chosen !== now} busy={busy}>
            {t('common:save')}
          </SaveButton>
        </form>
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
