import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PanelInterview } from '../../../../src/contracts/selection/interviews';
import { useFocusBack } from '../../ui/page/focus';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { NoteList } from './NoteList';
import { type OfCall, useNotes } from './queries';

interface NotesDialogProps {
  of: OfCall;
  interview: PanelInterview;
  onClose: () => void;
}

/** What people of the panel handed in about an interview. */
export default function NotesDialog({ of, interview, onClose }: NotesDialogProps) {
  const { t } = useTranslation('interviews');
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('notes.title', { name: interview.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <QueryBoundary query={useNotes(of, interview.id)} ns="interviews">
        {({ items, ...by }) =>
          items.length === 0 ? <p className="t2 mt16">{t('notes.none')}</p> : <NoteList items={items} {...by} />
        }
      </QueryBoundary>
    </Modal>
  );
}
