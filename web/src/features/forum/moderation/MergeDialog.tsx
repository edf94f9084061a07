import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Topic, TopicSummary } from '../../../../../src/contracts/forums';
import { ConfirmDialog } from '../../../ui/confirm';
import { toast } from '../../../ui/toast';
import classes from './moderation.module.css';
import type { TopicDialogProps } from './asks';
import { TopicPicker } from './TopicPicker';
import { useDeeds } from './useDeeds';
import { WhyField } from './WhyField';

/** Into which topic all of this one goes; it says what comes of it before it is done. */
export function MergeDialog({ topic, onClose }: TopicDialogProps) {
  const { t } = useTranslation('forum');
  const navigate = useNavigate();
  const { merge } = useDeeds(topic);
  const [into, setInto] = useState<TopicSummary | null>(null);
  const [why, setWhy] = useState('');
  const [isMissing, setMissing] = useState(false);
  const confirm = async () => {
    if (!into) return;
    await merge(into.id, why.trim());
    toast(t('moderation.merge.done', { title: into.title }));
    await navigate({
      ...{ to: '/c/$cohortId/forum/$topicId', params: { cohortId: topic.cohortId, topicId: into.id }, replace: true },
    });
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('moderation.merge.title', { title: topic.title })}
      act={t('moderation.merge.act')}
      keep={t('common:cancel')}
      ns="forum"
      isReady={() => {
        setMissing(into === null);
        return into !== null;
      }}
      onConfirm={confirm}
    >
      <TopicPicker
        topic={topic}
        label={t('moderation.merge.into')}
        value={into}
        error={isMissing ? t('moderation.chooseTopic') : undefined}
        onChange={setInto}
      />
      {into && <WhatFollows topic={topic} into={into} />}
      <WhyField value={why} onChange={setWhy} />
    </ConfirmDialog>
  );
}

function WhatFollows({ topic, into }: { topic: Topic; into: TopicSummary }) {
  const { t } = useTranslation('forum');
  const takesAnswer = topic.answer !== null && into.state !== 'solved' && into.kind === 'question';
  return (
    <div className="mt16" aria-live="polite">
      <p className="bold">{t('moderation.merge.follows')}</p>
      <ul className={classes.follows}>
        <li>{t('moderation.merge.posts', { count: topic.posts, title: into.title })}</li>
        <li>{t('moderation.merge.question')}</li>
        {topic.answer && <li>{t(takesAnswer ? 'moderation.merge.answer' : 'moderation.merge.noAnswer')}</li>}
        <li>{t('moderation.merge.followers')}</li>
        <li>{t('moderation.merge.forGood')}</li>
      </ul>
    </div>
  );
}
