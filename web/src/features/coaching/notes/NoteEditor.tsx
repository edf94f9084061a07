import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Note, NoteAudience, Notes } from '../../../../../src/contracts/mentoring/mentoring';
import { api } from '../../../api/http';
import { NoteForm } from './NoteForm';
import { narrowed } from './note-audiences';
import { coachingKeys } from '../queries';

interface NoteEditorProps {
  note: Note;
  cohortId: string;
  audiences: Notes['audiences'];
  onClose: () => void;
}

/** Changes a note of mine, or lets fewer people read it. More never can: what was said to some stays with them. */
export function NoteEditor({ note, cohortId, audiences, onClose }: NoteEditorProps) {
  const { t } = useTranslation('coaching');
  const client = useQueryClient();
  const [body, setBody] = useState(note.body);

  const send = async (audience: NoteAudience) => {
    const change = { body, ...(audience !== note.audience && { audience }) };
    await api.patch<Note>(`/cohorts/${cohortId}/sessions/${note.sessionId}/notes/${note.id}`, change);
    await client.invalidateQueries({ queryKey: coachingKeys.all(cohortId) });
    onClose();
  };

  return (
    <NoteForm
      label={t('notes.change')}
      body={body}
      onBody={setBody}
      readers={note.audience}
      audiences={narrowed(note, audiences)}
      autoFocus
      send={send}
      onEscape={onClose}
      beside={
        <Button variant="subtle" onClick={onClose}>
          {t('common:cancel')}
        </Button>
      }
    />
  );
}
