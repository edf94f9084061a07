import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SLOW_MINUTES } from '../../../../../src/contracts/limits';
import { useNow, useZone } from '../../../time/clock';
import { dayOf } from '../../../time/format';
import { ConfirmDialog } from '../../../ui/confirm';
import type { TopicDialogProps } from '../moderation/asks';
import { useDeeds } from '../moderation/useDeeds';
import { WhyField } from '../moderation/WhyField';

type Minutes = (typeof SLOW_MINUTES)[number];

/** How long each waits between two replies, and until which day. */
export function SlowDialog({ topic, onClose }: TopicDialogProps) {
  const { t } = useTranslation('forum');
  const { slow } = useDeeds(topic);
  const today = dayOf(new Date(useNow()).toISOString(), useZone());
  const [minutes, setMinutes] = useState<Minutes>((topic.slow?.minutes as Minutes | undefined) ?? 15);
  const [until, setUntil] = useState(topic.slow?.until ?? '');
  const [why, setWhy] = useState(topic.slow?.why ?? '');
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('slow.title', { title: topic.title })}
      act={t('moderation.acts.slow')}
      keep={t('common:cancel')}
      danger={false}
      ns="forum"
      onConfirm={() => slow({ minutes, ...(until && { until }), ...(why.trim() && { why: why.trim() }) })}
    >
      <p>{t('slow.body')}</p>
      <Select
        mt="sm"
        label={t('slow.between')}
        data={SLOW_MINUTES.map((value) => ({ value: String(value), label: t('slow.time', { minutes: value }) }))}
        value={String(minutes)}
        allowDeselect={false}
        onChange={(value) => setMinutes(Number(value) as Minutes)}
      />
      <TextInput
        mt="sm"
        type="date"
        label={t('slow.until')}
        description={t('slow.untilHelp')}
        value={until}
        min={today.toString()}
        max={today.add({ years: 1 }).toString()}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <WhyField value={why} onChange={setWhy} />
    </ConfirmDialog>
  );
}
