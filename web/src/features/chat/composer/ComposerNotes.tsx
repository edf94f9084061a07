import { useTranslation } from 'react-i18next';
import type { Upload } from '../../../ui/files/uploads';
import classes from '../Chat.module.css';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';

const UploadTray = lazyPart(() => import('../../../ui/files/UploadTray'));

interface ComposerNotesProps {
  uploads: readonly Upload[];
  /** What the command that is being typed does. */
  hint: string | null;
  /** To whom the message would speak as a crowd, once that is asked. */
  crowd: { words: string; count: number } | null;
  problem: string | null;
}

/** What stands between the text and the buttons: files, help, and what is in the way. */
export function ComposerNotes({ uploads, hint, crowd, problem }: ComposerNotesProps) {
  const { t } = useTranslation('chat');
  return (
    <>
      <Part>{uploads.length > 0 && <UploadTray uploads={uploads} />}</Part>
      {hint !== null && <p className={classes.shape}>{hint}</p>}
      {crowd && (
        <p className={classes.problem} role="alert">
          {t('composer.crowd', crowd)}
        </p>
      )}
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
