import { useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileAnswer } from '../../../../src/contracts/calls/answers';
import type { Locale } from '../../api/types';
import { formatSize } from '../../ui/forms/file-size';
import { FieldFilesContext } from './field-files';
import classes from './call-forms.module.css';

/** A file that was added, by its name, with how large it is. */
export function FileLink({ file, locale, id }: { file: FileAnswer; locale: Locale; id?: string }) {
  const { t } = useTranslation('call-forms', { lng: locale });
  const { addressOf, open } = useContext(FieldFilesContext);
  const [isGone, setGone] = useState(false);
  const name = <span className={classes.text}>{file.name}</span>;
  return (
    <span className={classes.fileName}>
      {addressOf ? (
        <a id={id} className="link" href={addressOf(file)} target="_blank" rel="noopener">
          {name}
        </a>
      ) : open ? (
        <button
          id={id}
          type="button"
          className="link"
          onClick={() => {
            setGone(false);
            open(file).catch(() => setGone(true));
          }}
        >
          {name}
        </button>
      ) : (
        name
      )}
      <small className="t3 xs">{formatSize(file.size, locale)}</small>
      <span role="status" className="xs">
        {isGone && t('file.notOpened')}
      </span>
    </span>
  );
}
