import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CommonsStanding } from '../../../../../src/contracts/commons/commons';
import { ButtonLink } from '../../../ui/ButtonLink';
import { PageHeader } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { Notice } from '../../../ui/page/State';
import { useCommonsStanding } from '../commons';
import classes from '../commons.module.css';
import { Others } from './Others';
import { OwnWordsForm } from './OwnWordsForm';
import { Readers } from './Readers';
import { WishForm } from './WishForm';

/** From a topic of a cohort to the commons: who will read what, before it is done. */
export default function OpenTopicPage() {
  const { t } = useTranslation('commons');
  const { cohortId, topicId } = useParams({ from: '/shell/c/$cohortId/forum/$topicId/commons' });
  const standing = useCommonsStanding(cohortId, topicId);
  return (
    <div className="page">
      <QueryBoundary query={standing} ns="commons">
        {(data) => (
          <>
            <PageHeader
              title={t(data.part === 'writer' ? 'open.titleOfWords' : 'open.title')}
              lead={t('open.lead', { title: data.title })}
              crumbs={[
                { label: t('common:nav.forum'), link: { to: '/c/$cohortId/forum', params: { cohortId } } },
                { label: data.title, link: { to: '/c/$cohortId/forum/$topicId', params: { cohortId, topicId } } },
                { label: t('open.crumb') },
              ]}
            >
              {data.commonsTopicId !== null && (
                <ButtonLink to="/commons/$topicId" params={{ topicId: data.commonsTopicId }}>
                  {t('open.see')}
                </ButtonLink>
              )}
            </PageHeader>
            <div className={classes.column}>
              <Standing standing={data} />
              {!data.removed && <Readers />}
              <OwnWordsForm key={topicId} standing={data} cohortId={cohortId} topicId={topicId} />
              {!data.removed && data.others.length > 0 && <Others standing={data} />}
              {data.abilities.wish && <WishForm cohortId={cohortId} topicId={topicId} />}
            </div>
          </>
        )}
      </QueryBoundary>
    </div>
  );
}

/** Where it stands, in a line. */
function Standing({ standing }: { standing: CommonsStanding }) {
  const { t } = useTranslation('commons');
  const { removed, asked, declined, commonsTopicId, part } = standing;
  const name = asked?.by.name || t('common:formerMember');
  const words = () => {
    if (removed) return t('open.removed');
    if (asked) return t(part === 'author' ? 'open.askedTopic' : 'open.askedWords', { name });
    if (declined) return t('open.declined');
    if (commonsTopicId !== null) return t('open.isOpen');
    return part === 'writer' || part === 'reader' ? t('open.byAuthor') : null;
  };
  const said = words();
  return said === null ? null : (
    <div className="mt16">
      <Notice tone={commonsTopicId !== null && !asked ? 'ok' : 'wait'}>{said}</Notice>
    </div>
  );
}
