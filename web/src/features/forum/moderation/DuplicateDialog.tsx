import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TopicSummary } from '../../../../../src/contracts/forums';
import { ConfirmDialog } from '../../../ui/confirm';
import type { TopicDialogProps } from './asks';
import { TopicPicker } from './TopicPicker';
import { useDeeds } from './useDeeds';

/** In which topic the question was asked before. */
export function DuplicateDialog({ topic, onClose }: TopicDialogProps) {
  const { t } = useTranslation('forum');
  const { duplicate } = useDeeds(topic);
  const [first, setFirst] = useState<TopicSummary | null>(null);
  const [isMissing, setMissing] = useState(false);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('moderation.duplicate.title', { title: topic.title })}
      act={t('moderation.duplicate.act')}
      keep={t('common:cancel')}
      danger={false}
      ns="forum"
      isReady={() => {
        setMissing(first === null);
        return first !== null;
      }}
      onConfirm={async () => first && (await duplicate(first.id))}
    >
      <p>{t('moderation.duplicate.body')}</p>
      <TopicPicker
        topic={topic}
        label={t('moderation.duplicate.of')}
        value={first}
        error={isMissing ? t('moderation.chooseTopic') : undefined}
        onChange={setFirst}
      />
    </ConfirmDialog>
  );
}
