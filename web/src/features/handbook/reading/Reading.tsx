import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandbookPage } from '../../../../../src/contracts/handbook/handbook';
import type { Locale } from '../../../api/types';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { Notice } from '../../../ui/page/State';
import { behindIn, LANGUAGES, readIn, type Shown } from '../shown';
import type { Heading } from './useContents';
import classes from '../handbook.module.css';

const PageText = lazyPart(() => import('./PageText'));

interface ReadingProps {
  page: HandbookPage;
  shown: Shown;
  /** Writes in a language; absent for who may not. */
  onWrite?: ((language: Locale) => void) | undefined;
  onBoth: () => void;
  /** What stands beside the text: what is on the page. */
  aside: (headings: Heading[]) => ReactNode;
}

/** What a page says: in one language, or in both beside each other. */
export function Reading({ page, shown, onWrite, onBoth, aside }: ReadingProps) {
  const [headings, setHeadings] = useState<Heading[]>([]);
  return (
    <div className={classes.reading} data-both={shown === 'both'}>
      {shown === 'both' ? (
        <div className={classes.columns}>
          {LANGUAGES.map((language) => (
            <OneOfBoth key={language} page={page} language={language} onWrite={onWrite} />
          ))}
        </div>
      ) : (
        <>
          <div className={classes.text}>
            <Standing page={page} wanted={shown} onWrite={onWrite} onBoth={onBoth} />
            <Part fallback={<RowSkeleton />}>
              <PageText page={page} language={readIn(page, shown)} onHeadings={setHeadings} />
            </Part>
          </div>
          <aside className={classes.aside}>{aside(headings)}</aside>
        </>
      )}
    </div>
  );
}

/** That it is read in the other language, or may be behind it. */
function Standing({
  page,
  wanted,
  onWrite,
  onBoth,
}: Pick<ReadingProps, 'page' | 'onWrite' | 'onBoth'> & { wanted: Locale }) {
  const { t } = useTranslation('handbook');
  if (!page[wanted])
    return (
      <Notice>
        <p>{t(`only.${readIn(page, wanted)}`)}</p>
        {onWrite && (
          <Button size="sm" mt="xs" onClick={() => onWrite(wanted)}>
            {t(`write.${wanted}`)}
          </Button>
        )}
      </Notice>
    );
  if (behindIn(page) !== wanted) return null;
  return (
    <Notice>
      <p>
        {t(`behind.${wanted}`)}{' '}
        <button type="button" className="link" onClick={onBoth}>
          {t('sideBySide')}
        </button>
      </p>
    </Notice>
  );
}

function OneOfBoth({ page, language, onWrite }: Pick<ReadingProps, 'page' | 'onWrite'> & { language: Locale }) {
  const { t } = useTranslation('handbook');
  const words = page[language];
  return (
    <section aria-label={t(`languages.${language}`)}>
      <p className="t3 xs med">{t(`languages.${language}`)}</p>
      {words ? (
        <>
          <p className={classes.subtitle} lang={language}>
            {words.title}
          </p>
          <Part fallback={<RowSkeleton />}>
            <PageText page={page} language={language} />
          </Part>
        </>
      ) : (
        <>
          <p className="t2 mt8">{t(`nothing.${language}`)}</p>
          {onWrite && (
            <Button size="sm" mt="xs" onClick={() => onWrite(language)}>
              {t(`write.${language}`)}
            </Button>
          )}
        </>
      )}
    </section>
  );
}
