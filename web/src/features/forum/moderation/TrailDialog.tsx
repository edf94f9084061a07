import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TopicAct } from '../../../../../src/contracts/forum-moderation';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import type { Page } from '../../../api/types';
import { useLocale } from '../../../time/clock';
import { formatFullDate } from '../../../time/format';
import { LogDialog } from '../../../ui/page/LogDialog';
import { When } from '../../../ui/times/When';
import type { TopicDialogProps } from './asks';

/** What was done with the topic, by whom, when and why. */
export function TrailDialog({ topic, onClose }: TopicDialogProps) {
  const { t } = useTranslation('forum');
  const locale = useLocale();
  const acts = useQuery({
    queryKey: keys.in(topic.cohortId, 'topics', 'acts', topic.id),
    queryFn: ({ signal }) => api.get<Page<TopicAct>>(`/cohorts/${topic.cohortId}/topics/${topic.id}/acts`, { signal }),
  });
  const said = ({ what, posts, until, topic: other, post, why, minutes }: TopicAct) => {
    const facts = {
      ...{ count: posts ?? 0, until: until ? formatFullDate(until, locale) : '', name: post?.author.name ?? '' },
      title: other?.title ?? '',
      time: minutes === null ? '' : t('slow.time', { minutes }),
      hasUntil: String(until !== null),
      hasTitle: String(other !== null),
      hasName: String(post !== null),
    };
    return (
      <>
        {t(`moderation.trail.${what}`, facts)}
        {why !== null && <div className="t3">{why}</div>}
      </>
    );
  };
  return (
    <LogDialog
      title={t('moderation.acts.trail')}
      empty={t('moderation.trail.empty')}
      heads={[t('moderation.trail.when'), t('moderation.trail.who'), t('moderation.trail.what')]}
      query={acts}
      cells={(act) => [<When key="at" at={act.at} />, act.by.name || t('common:formerMember'), said(act)]}
      ns="forum"
      onClose={onClose}
    />
  );
}
