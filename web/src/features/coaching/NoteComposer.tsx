import { useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession, Note, NoteAudience, Notes } from '../../../../src/contracts/mentoring';
import { api } from '../../api/http';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { NoteFields } from './NoteFields';
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
  const [audience, setAudience] = useState<NoteAudience>('participants');
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const type = (text: string) => {
    setBody(text);
    if (text) localStorage.setItem(draftKey, text);
    else localStorage.removeItem(draftKey);
  };
  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await api.post<Note>(`/cohorts/${session.cohortId}/sessions/${session.id}/notes`, { body, audience });
      type('');
      await client.invalidateQueries({ queryKey: coachingKeys.notes(session.cohortId, session.id) });
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="mt12" onSubmit={(event) => void save(event)}>
      <NoteFields
        label={t('notes.write')}
        body={body}
        onBody={type}
        audience={audience}
        onAudience={setAudience}
        audiences={audiences}
        busy={busy}
      />
      {problem !== null && (
        <div className="mt12">
          <ProblemAlert error={problem} ns="coaching" />
        </div>
      )}
    </form>
  );
}
