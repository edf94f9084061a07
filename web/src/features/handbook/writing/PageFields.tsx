import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Locale } from '../../../api/types';
import { MarkdownEditor } from '../../../ui/markdown/MarkdownEditor';
import { LANGUAGES, type Shown } from '../shown';
import type { Typed } from './writing';
import classes from '../handbook.module.css';

const MAX_TITLE = 150;
const MAX_BODY = 30_000;

interface PageFieldsProps {
  typed: Typed;
  onChange: (typed: Typed) => void;
  shown: Shown;
  /** Words for what is wrong, by the path of the field. */
  wrong?: Record<string, string>;
}

/** What a page says, as it is written: in one language, or in both beside each other. */
export default function PageFields({ typed, onChange, shown, wrong = {} }: PageFieldsProps) {
  const { t } = useTranslation('handbook');
  const languages = shown === 'both' ? LANGUAGES : [shown];
  const set = (language: Locale, change: Partial<Typed[Locale]>) =>
    onChange({ ...typed, [language]: { ...typed[language], ...change } });
  return (
    <div className={languages.length > 1 ? classes.columns : undefined}>
      {languages.map((language, at) => (
        <div key={language} lang={language} className="stackv g16">
          <TextInput
            label={t(`fields.title_${language}`)}
            maxLength={MAX_TITLE}
            autoFocus={at === 0}
            autoComplete="off"
            value={typed[language].title}
            error={wrong[`${language}.title`] ?? wrong[language]}
            onChange={(event) => set(language, { title: event.currentTarget.value })}
          />
          <MarkdownEditor
            label={t(`fields.body_${language}`)}
            minRows={14}
            maxLength={MAX_BODY}
            value={typed[language].body}
            error={wrong[`${language}.body`]}
            onChange={(body) => set(language, { body })}
          />
        </div>
      ))}
    </div>
  );
}
