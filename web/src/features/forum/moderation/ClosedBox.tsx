import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Topic } from '../../../../../src/contracts/forums';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Notice } from '../../../ui/page/State';
import { CLOSED_ICONS } from './marks';
import { useDeeds } from './useDeeds';

const Begun = lazyPart(() => import('../../../ui/page/Begun'));

interface ClosedBoxProps {
  topic: Topic;
  /** What one had begun to reply. */
  begun: string;
}

/** In the place of the reply box: that nobody replies any more, and why; and what one had begun. */
export function ClosedBox({ topic, begun }: ClosedBoxProps) {
  const { t } = useTranslation('forum');
  const { reopen } = useDeeds(topic);
  const { closed } = topic;
  if (!closed) return null;
  return (
    <section aria-label={t('yourReply')}>
      <Notice icon={CLOSED_ICONS[closed.how]}>
        {t(`moderation.noReply.${closed.how}`)}
        {closed.why !== null && <div className="t2">{closed.why}</div>}
        {topic.abilities.reopen && (
          <div className="mt8">
            <Button size="sm" onClick={reopen}>
              {t('moderation.acts.reopen')}
            </Button>
          </div>
        )}
      </Notice>
      {begun !== '' && (
        <Part>
          <Begun texts={[{ key: topic.id, label: t('yourReply'), text: begun }]} />
        </Part>
      )}
    </section>
  );
}
