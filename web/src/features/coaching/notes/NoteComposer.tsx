import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type {
  MentoringSession,
  Note,
  NoteAudience,
  Notes,
  WriteNote,
} from '../../../../../src/contracts/mentoring/mentoring';
import { api } from '../../../api/http';
import { isProblem } from '../../../api/problem';
import { useDraft } from '../../../ui/forms/draft';
import { NoteForm } from './NoteForm';
import { coachingKeys } from '../queries';

interface NoteComposerProps {
  session: MentoringSession;
  audiences: Notes['audiences'];
}

/** Writes a note. Whoever will read it is named before it is saved; what was typed is kept on this device. */
export function NoteComposer({ session, audiences }: NoteComposerProps) {
  const { t } = useTranslation('coaching');
  const client = useQueryClient();
  const draft = useDraft(`note:${session.id}`, session.cohortId);

  const send = async (audience: NoteAudience) => {
    const words = { body: draft.text, audience };
    const body: WriteNote = { ...words, clientId: draft.clientIdOf(words) };
    const queryKey = coachingKeys.notes(session.cohortId, session.id);
    try {
      await api.post<Note>(`/cohorts/${session.cohortId}/sessions/${session.id}/notes`, body);
    } catch (error) {
      // Others would read it by now: they are named, and the words stay.
      if (isProblem(error, 'stale')) void client.invalidateQueries({ queryKey });
      throw error;
    }
    draft.clear();
    await client.invalidateQueries({ queryKey });
  };

  return (
    <NoteForm
      label={t('notes.write')}
      body={draft.text}
      onBody={draft.set}
      readers="participants"
      audiences={audiences}
      send={send}
    />
  );
}
