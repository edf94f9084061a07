import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '../../../api/types';
import { AttachTool } from '../../../ui/files/AttachTool';
import { DropZone } from '../../../ui/files/DropZone';
import type { Upload, UploadPlace } from '../../../ui/files/uploads';
import type { Attaching } from '../../../ui/files/useAttaching';
import { Part } from '../../../ui/forms/Part';
import { MarkdownEditor } from '../../../ui/markdown/MarkdownEditor';
import { lazyPart } from '../../../ui/page/lazy-part';
import { LANGUAGES, type Shown } from '../shown';
import { imageIn, withImage } from './page-images';
import type { Typed } from './writing';
import classes from '../handbook.module.css';

const UploadTray = lazyPart(() => import('../../../ui/files/UploadTray'));

const MAX_TITLE = 150;
const MAX_BODY = 30_000;

interface PageFieldsProps {
  typed: Typed;
  onChange: (typed: Typed) => void;
  shown: Shown;
  /** Where files for it are gathered, and those that are. */
  place: UploadPlace;
  attaching: Attaching;
  /** Words for what is wrong, by the path of the field. */
  wrong?: Record<string, string>;
}

/** What a page says, as it is written: in one language, or in both beside each other; and files for both, which are chosen, pasted or dropped. An image can be put into the text where one wrote last. */
export default function PageFields({ typed, onChange, shown, place, attaching, wrong = {} }: PageFieldsProps) {
  const { t } = useTranslation(['handbook', 'files']);
  const caret = useRef<{ language: Locale; at: number } | null>(null);
  const languages = shown === 'both' ? LANGUAGES : [shown];
  const set = (language: Locale, change: Partial<Typed[Locale]>) =>
    onChange({ ...typed, [language]: { ...typed[language], ...change } });
  const placeImage = (upload: Upload) => {
    const [first = 'en'] = languages;
    const last = caret.current && languages.includes(caret.current.language) ? caret.current : null;
    const language = last?.language ?? first;
    const { body } = typed[language];
    set(language, { body: withImage(body, last?.at ?? body.length, imageIn(upload)) });
    caret.current = null;
  };
  return (
    <DropZone as="div" place={place}>
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
              onPaste={attaching.onPaste}
              onBlur={(event) => (caret.current = { language, at: event.currentTarget.selectionEnd })}
              tools={<AttachTool size="sm" onFiles={attaching.add} />}
            />
          </div>
        ))}
      </div>
      {attaching.uploads.length > 0 && (
        <div className={classes.files}>
          <Part>
            <UploadTray
              uploads={attaching.uploads}
              placing={{ label: (name) => t('fields.place', { name }), place: placeImage }}
            />
          </Part>
        </div>
      )}
      {attaching.busy && (
        <p className="t3 xs" role="status">
          {t('files:busy')}
        </p>
      )}
    </DropZone>
  );
}
