import { ActionIcon, Button } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handbook, HandbookPage } from '../../../../../src/contracts/handbook/handbook';
import { readDraft } from '../../../api/drafts';
import { useMe } from '../../../api/session';
import { useLocale } from '../../../time/clock';
import { Part } from '../../../ui/forms/Part';
import { Icon } from '../../../ui/Icon';
import { lazyPart } from '../../../ui/page/lazy-part';
import { PageHeader } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { Contents } from './Contents';
import { HandbookFrame } from '../HandbookFrame';
import { useHandbookPage } from '../handbook';
import { LanguageSwitch } from '../LanguageSwitch';
import { PageFacts } from './PageFacts';
import { Reading } from './Reading';
import { lineOf, readIn, type Shown, titleIn } from '../shown';
import { aboveIn, toPage, useWhere } from '../where';
import { usePageActs } from './usePageActs';
import classes from '../handbook.module.css';

const PageEditor = lazyPart(() => import('../writing/PageEditor'));
const PageMenu = lazyPart(async () => ({ default: (await import('../acts/PageMenu')).PageMenu }));
// Below the text, which is what the page is for.
const Around = lazyPart(async () => ({ default: (await import('./Around')).Around }));
const PageHistory = lazyPart(() => import('./PageHistory'));

/** One page, beside the tree. */
export default function ReadingPage() {
  const { cohortId, pageId } = useWhere();
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
          ...aboveIn(cohortId, t),
          ...above.map((one) => ({
            label: titleIn(one, locale).text,
            link: toPage(cohortId, one.id),
          })),
        ]}
      >
        {!isEditing && (
          <>
            <LanguageSwitch value={shown} onChange={setShown} />
            {page.abilities.edit && <Button onClick={() => setEditing(true)}>{t('edit')}</Button>}
          </>
        )}
        <Part lost="fallback" fallback={<MenuPlace />}>
          <PageMenu cohortId={cohortId} page={page} title={title} handbook={handbook} acts={acts} />
        </Part>
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
      <Part lost="nothing">{!isEditing && <Around cohortId={cohortId} page={page} handbook={handbook} />}</Part>
    </article>
  );
}

/** Where the menu will be, so that nothing beside it moves. */
const MenuPlace = () => (
  <ActionIcon size="lg" aria-hidden tabIndex={-1} disabled>
    <Icon of={IconDots} />
  </ActionIcon>
);
