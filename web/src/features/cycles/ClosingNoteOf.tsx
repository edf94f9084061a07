import { IconEye } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ClosingNote, Cycle } from '../../../../src/contracts/mentoring/cycles';
import { api } from '../../api/http';
import { useMe } from '../../api/session';
import { useLocale } from '../../time/clock';
import { Avatar } from '../../ui/people/Avatar';
import { useDraft } from '../../ui/forms/draft';
import { Group } from '../../ui/page/Group';
import { Icon } from '../../ui/Icon';
import { PersonName } from '../../ui/people/PersonName';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { toast } from '../../ui/toast';
import { When } from '../../ui/times/When';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { NoteForm } from '../coaching/notes/NoteForm';
import { listOf } from '../../i18n/list-of';
import classes from './cycles.module.css';
import { cycleKeys, cyclePath, useClosingNote } from './queries';
import { useTooLate } from './useTooLate';

const Markdown = lazyPart(async () => ({ default: (await import('../../ui/markdown/Markdown')).Markdown }));

/** The closing note for its readers, where its coach writes it, and for all others whether there is one. */
export function ClosingNoteOf({ cycle }: { cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const { canReadNote, abilities } = cycle;
  return (
    <Group className="mt32" title={t('note.title')}>
      {canReadNote || abilities.writeNote ? <Asked cycle={cycle} /> : <Missing cycle={cycle} />}
    </Group>
  );
}

function Asked({ cycle }: { cycle: Cycle }) {
  return (
    <QueryBoundary query={useClosingNote(cycle)} loading={<RowSkeleton rows={2} />}>
      {({ note, audiences }) =>
        note ? <Written note={note} /> : audiences.length > 0 && <Writing cycle={cycle} audiences={audiences} />
      }
    </QueryBoundary>
  );
}

/** Why there is nothing to read. */
function Missing({ cycle: { hasNote, state, coach } }: { cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const me = useMe();
  const name = coach.name || t('common:formerMember');
  if (hasNote) return <p className="t2 mt12">{t('note.notForYou', { name })}</p>;
  if (state !== 'open') return <p className="t2 mt12">{t('note.none')}</p>;
  return <p className="t2 mt12">{t(me.id === coach.id ? 'note.later' : 'note.theirs', { name })}</p>;
}

function Written({ note }: { note: NonNullable<ClosingNote['note']> }) {
  const { t } = useTranslation('cycles');
  const me = useMe();
  const locale = useLocale();
  const names = note.readers.map(({ id, name }) => (id === me.id ? t('note.you') : name || t('common:formerMember')));
  return (
    <article className="mt12">
      <p className="row xs t3">
        <Avatar id={note.author.id} name={note.author.name} url={note.author.avatarUrl} size={20} />
        <PersonName person={note.author} you className="bold t2" />
        <When at={note.createdAt} />
      </p>
      <div className="mt4">
        <Part lost="fallback" fallback={<p className={classes.words}>{note.body}</p>}>
          <Markdown source={note.body} />
        </Part>
      </div>
      <p className="row xs t3 mt8 g4">
        <Icon of={IconEye} size={14} />
        {listOf(names, locale)}
      </p>
    </article>
  );
}

/** Whoever will read it is named before it is saved; what was typed is kept on this device. */
function Writing({ cycle, audiences }: { cycle: Cycle; audiences: ClosingNote['audiences'] }) {
  const { t } = useTranslation('cycles');
  const client = useQueryClient();
  const tooLate = useTooLate(cycle);
  const { cohortId, id, state } = cycle;
  const draft = useDraft(`closing-note:${id}`, cohortId);
  const send = async (audience: string) => {
    try {
      const written = await api.post<ClosingNote>(`${cyclePath(cohortId, id)}/note`, { body: draft.text, audience });
      client.setQueryData(cycleKeys.note(cohortId, id), written);
      draft.clear();
      toast(t(state === 'open' ? 'note.doneEnds' : 'note.done'));
    } catch (error) {
      if (!tooLate(error)) throw error;
    }
    await client.invalidateQueries({ queryKey: cycleKeys.all(cohortId) });
  };
  return (
    <>
      <p className="t2 mt12">{t(state === 'open' ? 'note.ends' : 'note.ended')}</p>
      <NoteForm
        label={t('note.title')}
        body={draft.text}
        onBody={draft.set}
        readers="participants"
        audiences={audiences}
        send={send}
        ns="cycles"
        notThose={(audience) => t(`note.not.${audience}`)}
      />
    </>
  );
}
