import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Note, Notes } from '../../../../src/contracts/mentoring';
import { api } from '../../api/http';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { NoteFields } from './NoteFields';
import { narrowed } from './note-audiences';
import { coachingKeys } from './queries';

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
  const [audience, setAudience] = useState(note.audience);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const change = { body, ...(audience !== note.audience && { audience }) };
      await api.patch<Note>(`/cohorts/${cohortId}/sessions/${note.sessionId}/notes/${note.id}`, change);
      await client.invalidateQueries({ queryKey: coachingKeys.all(cohortId) });
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <form
      className="mt12"
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <NoteFields
        label={t('notes.change')}
        body={body}
        onBody={setBody}
        audience={audience}
        onAudience={setAudience}
        audiences={narrowed(note, audiences)}
        busy={busy}
        autoFocus
        beside={
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
        }
      />
      {problem !== null && (
        <div className="mt12">
          <ProblemAlert error={problem} ns="coaching" />
        </div>
      )}
    </form>
  );
}
