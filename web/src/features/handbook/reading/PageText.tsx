import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandbookPage } from '../../../../../src/contracts/handbook/handbook';
import type { Locale } from '../../../api/types';
import { Attachments } from '../../../ui/files/Attachments';
import { Markdown } from '../../../ui/markdown/Markdown';
import { notShownIn } from '../writing/page-images';
import { type Heading, useContents } from './useContents';
import classes from '../handbook.module.css';

interface PageTextProps {
  page: HandbookPage;
  language: Locale;
  /** Told of the headings that it has. */
  onHeadings?: (headings: Heading[]) => void;
}

/** The text of a page in one language, with the files that it does not show itself. */
export default function PageText({ page, language, onHeadings }: PageTextProps) {
  const { t } = useTranslation('handbook');
  const text = useRef<HTMLDivElement>(null);
  const body = page[language]?.body ?? '';
  useContents(text, `${language} ${body}`, onHeadings);
  return (
    <div ref={text} lang={language}>
      {body === '' ? <p className="t3">{t('noText')}</p> : <Markdown source={body} className={classes.body} />}
      <Attachments files={notShownIn(body, page.attachments)} />
    </div>
  );
}
