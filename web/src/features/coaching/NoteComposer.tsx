import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconEye } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession, Note, NoteAudience, Notes } from '../../../../src/contracts/mentoring';
import { api } from '../../api/http';
import { useMe } from '../../api/session';
import { Avatar } from '../../ui/Avatar';
import { Icon } from '../../ui/Icon';
import { ProblemAlert } from '../../ui/ProblemAlert';
import classes from './coaching.module.css';
import { coachingKeys } from './queries';

const MOST_BODY = 20_000;

interface NoteComposerProps {
  session: MentoringSession;
  audiences: Notes['audiences'];
}

/** Writes a note. Whoever will read it is named before it is saved; what was typed is kept on this device. */
export function NoteComposer({ session, audiences }: NoteComposerProps) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const client = useQueryClient();
  const draftKey = `cordee-note-${session.id}`;
  const [body, setBody] = useState(() => localStorage.getItem(draftKey) ?? '');
  const [audience, setAudience] = useState<NoteAudience>('participants');
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const readers = audiences.find((one) => one.audience === audience)?.readers ?? [];

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
      <Textarea
        aria-label={t('notes.write')}
        placeholder={t('notes.placeholder')}
        autosize
        minRows={4}
        maxRows={16}
        maxLength={MOST_BODY}
        value={body}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <div className="row wrap mt8">
        <span className="row g4 t2" aria-hidden="true">
          <Icon of={IconEye} size={16} />
          {t('notes.who')}
        </span>
        <NativeSelect
          aria-label={t('notes.who')}
          value={audience}
          data={audiences.map((one) => ({ value: one.audience, label: t(`audience.${one.audience}.name`) }))}
          onChange={(event) => setAudience(event.currentTarget.value as NoteAudience)}
        />
        <Button className="right" type="submit" variant="filled" loading={busy} disabled={body.trim() === ''}>
          {t('notes.save')}
        </Button>
      </div>
      <p className={`${classes.readers} mt8`} role="status">
        <span className="t2">{t('notes.readers', { count: readers.length })}</span>
        {readers.map((reader) => (
          <span key={reader.id}>
            <Avatar id={reader.id} name={reader.name} url={reader.avatarUrl} size={20} />
            {reader.id === me.id ? t('notes.you') : reader.name}
          </span>
        ))}
        <span className="t3">{t(`audience.${audience}.not`)}</span>
      </p>
      {problem !== null && (
        <div className="mt12">
          <ProblemAlert error={problem} ns="coaching" />
        </div>
      )}
    </form>
  );
}
