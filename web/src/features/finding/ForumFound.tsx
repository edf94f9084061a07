import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconCornerDownRight, IconHelpHexagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ForumHit, ForumSearchReply } from '../../../../src/contracts/forum-search';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/page/Empty';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { When } from '../../ui/times/When';
import { Further } from '../search/Further';
import { Pieces } from '../search/HitRow';
import classes from '../search/search.module.css';
import { useForumFound } from './forum-search';

/** What is found in the forum: topics by their titles, then what is said in them. */
export default function ForumFound({ cohortId, q }: { cohortId: string; q: string }) {
  const { t } = useTranslation('finding');
  const found = useForumFound(cohortId, q);
  const pages = found.data?.pages ?? [];
  const hits = pages.flatMap((page) => page.items);
  if (found.isPending) return <RowSkeleton rows={8} />;
  if (found.isError && hits.length === 0)
    return (
      <div className="mt16">
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      </div>
    );
  return (
    <div aria-busy={found.isPlaceholderData}>
      <VisuallyHidden role="status">{t('found', { count: hits.length })}</VisuallyHidden>
      <ul className={`list ${classes.hits}`}>
        {hits.map((hit) => (
          <Hit key={hit.id} hit={hit} cohortId={cohortId} />
        ))}
      </ul>
      {hits.length === 0 && !found.hasNextPage && <Nothing q={q} unknown={pages.at(-1)?.unknown ?? []} />}
      {found.isFetchNextPageError && <ProblemAlert error={found.error} onRetry={() => void found.fetchNextPage()} />}
      <Further found={found} searchedTo={pages.at(-1)?.searchedTo ?? null} isEmpty={hits.length === 0} />
    </div>
  );
}

/** One topic or post: what of it was asked for, who and when. The whole row leads there. */
function Hit({ hit, cohortId }: { hit: ForumHit; cohortId: string }) {
  const { t } = useTranslation(['finding', 'common']);
  const { id, topicId, number, author } = hit;
  return (
    <li className={classes.hit} data-hit={id}>
      <span className={classes.icon} aria-hidden="true">
        <Icon of={number === null ? IconHelpHexagon : IconCornerDownRight} size={20} />
      </span>
      <div className="grow">
        <Link
          className={classes.title}
          to="/c/$cohortId/forum/$topicId"
          params={{ cohortId, topicId }}
          hash={number === null ? undefined : `post-${number}`}
          aria-describedby={`snippet-${id}`}
        >
          <Pieces of={hit.title} />
        </Link>
        {hit.snippet.length > 0 && (
          <p id={`snippet-${id}`} className={classes.snippet}>
            <Pieces of={hit.snippet} />
          </p>
        )}
        <div className="meta">
          {number !== null && <span>{t('reply', { number: number - 1 })}</span>}
          <span>{author.name || t('common:formerMember')}</span>
          <When at={hit.at} />
          {hit.state !== 'open' && <span>{t(`states.${hit.state}`)}</span>}
          {hit.tags.map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
        </div>
      </div>
    </li>
  );
}

function Nothing({ q, unknown }: { q: string; unknown: ForumSearchReply['unknown'] }) {
  const { t } = useTranslation('finding');
  return (
    <Empty title={t('none.title', { q })}>
      {unknown.length > 0
        ? unknown.map(({ kind, value }) => t(`unknown.${kind}`, { value })).join(' ')
        : t('none.what')}
    </Empty>
  );
}
