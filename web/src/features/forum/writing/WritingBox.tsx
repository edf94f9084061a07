import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AttachTool } from '../../../ui/files/AttachTool';
import { DropZone } from '../../../ui/files/DropZone';
import type { UploadPlace } from '../../../ui/files/uploads';
import type { Attaching } from '../../../ui/files/useAttaching';
import { Part } from '../../../ui/forms/Part';
import { MarkdownEditor } from '../../../ui/markdown/MarkdownEditor';
import { useMembers } from '../../../ui/naming/useMembers';
import { lazyPart } from '../../../ui/page/lazy-part';
import { CardsOf } from '../../cards/CardsOf';
import { shownTyped } from '../forum';
import { MAX_POST } from './writing';

const UploadTray = lazyPart(() => import('../../../ui/files/UploadTray'));

interface WritingBoxProps {
  label: string;
  value?: string;
  onChange: (value: string) => void;
  /** Where files for it are gathered, and those that are. */
  place: UploadPlace;
  attaching: Attaching;
  placeholder?: string;
  minRows?: number;
  autoFocus?: boolean;
  error?: ReactNode;
  /** While it is saved: neither its words nor its files are changed. */
  readOnly?: boolean;
}

/** Where a post is written: its words, the names of members in it, and files that are chosen, pasted or dropped on it. */
export function WritingBox({ place, attaching, readOnly = false, ...field }: WritingBoxProps) {
  const { t } = useTranslation('files');
  const members = useMembers(place.cohortId);
  return (
    <DropZone as="div" place={readOnly ? null : place}>
      <MarkdownEditor
        {...field}
        maxLength={MAX_POST}
        asShown={shownTyped}
        beneath={(text) => <CardsOf text={text} />}
        sources={[members]}
        readOnly={readOnly}
        {...(!readOnly && { onPaste: attaching.onPaste })}
        tools={<AttachTool size="sm" disabled={readOnly} onFiles={attaching.add} />}
      >
        <div inert={readOnly}>
          <Part>{attaching.uploads.length > 0 && <UploadTray uploads={attaching.uploads} />}</Part>
        </div>
        {attaching.busy && (
          <p className="t3 xs" role="status">
            {t('busy')}
          </p>
        )}
      </MarkdownEditor>
    </DropZone>
  );
}
