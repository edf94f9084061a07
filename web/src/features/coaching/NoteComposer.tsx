import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession, Note, NoteAudience, Notes } from '../../../../src/contracts/mentoring';
import { api } from '../../api/http';
import { NoteForm } from './NoteForm';
import { coachingKeys } from './queries';

interface NoteComposerProps {
  session: MentoringSession;
  audiences: Notes['audiences'];
}

/** Writes a note. Whoever will read it is named before it is saved; what was typed is kept on this device. */
export function NoteComposer({ session, audiences }: NoteComposerProps) {
  const { t } = useTranslation('coaching');
  const client = useQueryClient();
  const draftKey = `cordee-note-${session.id}`;
  const [body, setBody] = useState(() => localStorage.getItem(draftKey) ?? '');

  const type = (text: string) => {
    setBody(text);
    if (text) localStorage.setItem(draftKey, text);
    else localStorage.removeItem(draftKey);
  };
  const send = async (audience: NoteAudience) => {
    await api.post<Note>(`/cohorts/${session.cohortId}/sessions/${session.id}/notes`, { body, audience });
    type('');
    await client.invalidateQueries({ queryKey: coachingKeys.notes(session.cohortId, session.id) });
  };

  return (
    <NoteForm
      label={t('notes.write')}
      body={body}
      onBody={type}
      readers="participants"
      audiences={audiences}
      send={send}
    />
  );
}
