import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow, useZone } from '../../../time/clock';
import { dayOf } from '../../../time/format';
import { ConfirmDialog } from '../../../ui/confirm';
import type { TopicDialogProps } from './asks';
import { useDeeds } from './useDeeds';
import { WhyField } from './WhyField';

const USUAL_DAYS = 7;

/** Until which day the topic stands first in the list. */
export function PinDialog({ topic, onClose }: TopicDialogProps) {
  const { t } = useTranslation('forum');
  const { pin } = useDeeds(topic);
  const today = dayOf(new Date(useNow()).toISOString(), useZone());
  const [until, setUntil] = useState(topic.pinned?.until ?? today.add({ days: USUAL_DAYS }).toString());
  const [why, setWhy] = useState(topic.pinned?.why ?? '');
  const [isMissing, setMissing] = useState(false);
  const isReady = () => {
    setMissing(until === '');
    return until !== '';
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('moderation.pin.title', { title: topic.title })}
      act={t('moderation.acts.pin')}
      keep={t('common:cancel')}
      danger={false}
      ns="forum"
      isReady={isReady}
      onConfirm={() => pin(until, why.trim())}
    >
      <p>{t('moderation.pin.body')}</p>
      <TextInput
        mt="sm"
        type="date"
        label={t('moderation.pin.until')}
        value={until}
        min={today.toString()}
        max={today.add({ years: 1 }).toString()}
        error={isMissing ? t('moderation.pin.missing') : undefined}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <WhyField value={why} onChange={setWhy} />
    </ConfirmDialog>
  );
}
