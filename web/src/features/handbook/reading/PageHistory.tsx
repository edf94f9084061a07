import { useTranslation } from 'react-i18next';
import type { PageVersion } from '../../../../../src/contracts/handbook/handbook';
import type { Locale } from '../../../api/types';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { FileChanges } from '../../forum/history/FileChanges';
import { Versions, WordChanges } from '../../forum/history/Versions';
import { usePageHistory } from '../handbook';
import { LANGUAGES } from '../shown';
import { peopleIn } from '../where';
import classes from '../handbook.module.css';

/** What a page said before, one change at a time, the latest first, in each language that changed. */
export default function PageHistory({ cohortId, pageId }: { cohortId: string; pageId: string }) {
  const { t } = useTranslation('handbook');
  const query = usePageHistory(cohortId, pageId);
  return (
    <section className={classes.history} aria-label={t('history.title')}>
      <QueryBoundary query={query} loading={<RowSkeleton rows={2} />}>
        {({ items }) => (
          <Versions versions={items} {...peopleIn(cohortId)}>
            {(before, after) => <Changes before={before} after={after} />}
          </Versions>
        )}
      </QueryBoundary>
    </section>
  );
}

function Changes({ before, after }: Record<'before' | 'after', PageVersion>) {
  const { t } = useTranslation('handbook');
  const changed = LANGUAGES.filter((language) => textOf(before, language) !== textOf(after, language));
  return (
    <>
      {changed.map((language) => (
        <div key={language} lang={language}>
          <p className="t3 xs med mt8">{t(`languages.${language}`)}</p>
          <WordChanges before={textOf(before, language)} after={textOf(after, language)} />
        </div>
      ))}
      <FileChanges before={before.attachments} after={after.attachments} />
    </>
  );
}

const textOf = (version: PageVersion, language: Locale): string => {
  const words = version[language];
  return words ? `${words.title}\n\n${words.body}` : '';
};
