import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/confirm';
import { SlowDialog } from '../slow/SlowDialog';
import { DuplicateDialog } from './DuplicateDialog';
import { MergeDialog } from './MergeDialog';
import { MoveDialog } from './MoveDialog';
import { PinDialog } from './PinDialog';
import type { Ask, TopicDialogProps } from './asks';
import { TrailDialog } from './TrailDialog';
import { useDeeds } from './useDeeds';
import { WhyField } from './WhyField';

/** The dialog of an act of the menu. */
export default function TopicDialog({ ask, ...props }: TopicDialogProps & { ask: Ask }) {
  switch (ask) {
    case 'close':
    case 'lock':
      return <CloseDialog how={ask} {...props} />;
    case 'pin':
      return <PinDialog {...props} />;
    case 'slow':
      return <SlowDialog {...props} />;
    case 'move':
      return <MoveDialog {...props} />;
    case 'merge':
      return <MergeDialog {...props} />;
    case 'duplicate':
      return <DuplicateDialog {...props} />;
    case 'trail':
      return <TrailDialog {...props} />;
  }
}

function CloseDialog({ topic, how, onClose }: TopicDialogProps & { how: 'close' | 'lock' }) {
  const { t } = useTranslation('forum');
  const { close } = useDeeds(topic);
  const [why, setWhy] = useState('');
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(`moderation.${how}.title`, { title: topic.title })}
      act={t(`moderation.acts.${how}`)}
      keep={t('common:cancel')}
      danger={false}
      ns="forum"
      onConfirm={() => close(how, why.trim())}
    >
      <p>{t(`moderation.${how}.body`)}</p>
      <WhyField value={why} onChange={setWhy} />
    </ConfirmDialog>
  );
}
