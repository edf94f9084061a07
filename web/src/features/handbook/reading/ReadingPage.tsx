import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handbook, HandbookPage } from '../../../../../src/contracts/handbook/handbook';
import { readDraft } from '../../../api/drafts';
import { useMe } from '../../../api/session';
import { useLocale } from '../../../time/clock';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { PageHeader } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { Contents } from './Contents';
import { HandbookFrame } from '../HandbookFrame';
import { useHandbookPage } from '../handbook';
import { LanguageSwitch } from '../LanguageSwitch';
import { PageFacts } from './PageFacts';
import { PageMenu } from '../acts/PageMenu';
import { Reading } from './Reading';
import { byParent, lineOf, readIn, type Shown, titleIn } from '../shown';
import { usePageActs } from './usePageActs';
import classes from '../handbook.module.css';

const PageEditor = lazyPart(() => import('../writing/PageEditor'));
const PageHistory = lazyPart(() => import('./PageHistory'));

/** One page, beside the tree. */
export default function ReadingPage() {
  const { cohortId, pageId } = useParams({ from: '/shell/c/$cohortId/handbook/$pageId' });
  const query = useHandbookPage(cohortId, pageId);
  return (
    <HandbookFrame cohortId={cohortId} pageId={pageId}>
      {(handbook) => (
        <QueryBoundary query={query}>
          {(page) => <OnePage key={page.id} cohortId={cohortId} page={page} handbook={handbook} />}
        </QueryBoundary>
      )}
    </HandbookFrame>
  );
}

function OnePage({ cohortId, page, handbook }: { cohortId: string; page: HandbookPage; handbook: Handbook }) {
  const { t } = useTranslation('handbook');
  const locale = useLocale();
  const me = useMe();
  const acts = usePageActs(cohortId, page);
  const [shown, setShown] = useState<Shown>(locale);
  // What was begun here is gone on with.
  const [isEditing, setEditing] = useState(() => page.abilities.edit && readDraft(me.id, `handbook:${page.id}`) !== '');
  const [hasHistory, setHistory] = useState(false);
  const language = readIn(page, shown === 'both' ? locale : shown);
  const title = page[language]?.title ?? '';
  const above = lineOf(handbook.items, page.parentId ?? undefined);
  const edit = (now: Shown) => {
    setShown(now);
    setEditing(true);
  };
  return (
    <article className={classes.page}>
      <PageHeader
        title={title}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/handbook', params: { cohortId } } },
          ...above.map((one) => ({
            label: titleIn(one, locale).text,
            link: { to: '/c/$cohortId/handbook/$pageId' as const, params: { cohortId, pageId: one.id } },
          })),
        ]}
      >
        {!isEditing && (
          <>
            <LanguageSwitch value={shown} onChange={setShown} />
            {page.abilities.edit && <Button onClick={() => setEditing(true)}>{t('edit')}</Button>}
          </>
        )}
        <PageMenu cohortId={cohortId} page={page} title={title} handbook={handbook} acts={acts} />
      </PageHeader>
      <PageFacts
        cohortId={cohortId}
        page={page}
        acts={acts}
        historyOpen={hasHistory}
        onHistory={() => setHistory(!hasHistory)}
      />
      {hasHistory && (
        <Part fallback={<RowSkeleton rows={2} />}>
          <PageHistory cohortId={cohortId} pageId={page.id} />
        </Part>
      )}
      {isEditing ? (
        <Part fallback={<RowSkeleton />}>
          <PageEditor
            cohortId={cohortId}
            page={page}
            shown={shown}
            onShow={setShown}
            onClose={() => setEditing(false)}
          />
        </Part>
      ) : (
        <Reading
          page={page}
          shown={shown}
          onWrite={page.abilities.edit ? edit : undefined}
          onBoth={() => setShown('both')}
          aside={(headings) => <Contents headings={headings} />}
        />
      )}
      {!isEditing && <Around cohortId={cohortId} page={page} handbook={handbook} />}
    </article>
  );
}

/** Below the text: the pages below it, and where it comes from. */
function Around({ cohortId, page, handbook }: { cohortId: string; page: HandbookPage; handbook: Handbook }) {
  const { t } = useTranslation('handbook');
  const locale = useLocale();
  const below = byParent(handbook.items).get(page.id) ?? [];
  return (
    <footer className={classes.around}>
      {below.length > 0 && (
        <section>
          <h2>{t('pagesBelow')}</h2>
          <ul>
            {below.map((one) => {
              const { text, lang } = titleIn(one, locale);
              return (
                <li key={one.id} lang={lang}>
                  <Link className={classes.to} to="/c/$cohortId/handbook/$pageId" params={{ cohortId, pageId: one.id }}>
                    {text}
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {(page.topic || page.copiedFrom !== null) && (
        <section>
          <h2>{t('origin')}</h2>
          <ul>
            {page.topic && (
              <li>
                {t('fromTopic')}{' '}
                <Link className="link" to="/c/$cohortId/forum/$topicId" params={{ cohortId, topicId: page.topic.id }}>
                  {page.topic.title}
                </Link>
              </li>
            )}
            {page.copiedFrom !== null && <li>{t('copiedFrom', { cohort: page.copiedFrom })}</li>}
          </ul>
        </section>
      )}
    </footer>
  );
}
