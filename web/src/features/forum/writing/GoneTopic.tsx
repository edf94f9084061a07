import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/session';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { NotFound } from '../../../ui/page/NotFound';
import { begunReply } from './begun';

const Begun = lazyPart(() => import('../../../ui/page/Begun'));

/** In the place of a topic that is gone for good, or that nobody may see; and what one had begun to reply in it. */
export function GoneTopic({ topicId }: { topicId: string }) {
  const { t } = useTranslation('forum');
  const text = begunReply(useMe().id, topicId);
  return (
    <>
      <NotFound />
      {text !== '' && (
        <Part>
          <Begun texts={[{ key: topicId, label: t('yourReply'), text }]} />
        </Part>
      )}
    </>
  );
}
