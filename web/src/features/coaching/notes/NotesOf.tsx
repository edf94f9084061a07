import { Button } from '@mantine/core';
import { IconEye, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession, Note, Notes } from '../../../../../src/contracts/mentoring/mentoring';
import { useMe } from '../../../api/session';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatRelative } from '../../../time/format';
import { Avatar } from '../../../ui/people/Avatar';
import { Group } from '../../../ui/page/Group';
import { Icon } from '../../../ui/Icon';
import { PersonName } from '../../../ui/people/PersonName';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import classes from '../coaching.module.css';
import { NoteComposer } from './NoteComposer';
import { NoteEditor } from './NoteEditor';
import { useNotes } from '../queries';
import { listOf } from '../../../i18n/list-of';

const Markdown = lazyPart(async () => ({ default: (await import('../../../ui/markdown/Markdown')).Markdown }));

/** The notes of this session that I may read, and where I write one, its readers named before it is saved. */
export function NotesHere({ session }: { session: MentoringSession }) {
  const { t } = useTranslation('coaching');
  const notes = useNotes(session.cohortId, session.id);
  return (
    <Group className="mt32" title={t('notes.here')}>
      <QueryBoundary query={notes} loading={<RowSkeleton rows={2} />}>
        {({ items, audiences }) => {
          const here = items.filter((note) => note.sessionId === session.id);
          // Newest first, with those of sessions before: of this one there may be more behind while the last that came is of it.
          const mayHaveOlder = notes.hasNextPage && items.at(-1)?.sessionId === session.id;
          return (
            <>
              {audiences.length > 0 && <NoteComposer key={session.id} session={session} audiences={audiences} />}
              {audiences.length === 0 && here.length === 0 && <p className="t2 mt12">{t('notes.closed')}</p>}
              <div className="mt24">
                {here.map((note) => (
                  <NoteView key={note.id} note={note} cohortId={session.cohortId} audiences={audiences} />
                ))}
              </div>
              {mayHaveOlder && (
                <Button mt="md" loading={notes.isFetchingNextPage} onClick={() => void notes.fetchNextPage()}>
                  {t('notes.older')}
                </Button>
              )}
            </>
          );
        }}
      </QueryBoundary>
    </Group>
  );
}

const MAX_BEFORE = 3;

/** The last notes of the sessions before. */
export function NotesBefore({ session }: { session: MentoringSession }) {
  const { t } = useTranslation('coaching');
  const notes = useNotes(session.cohortId, session.id);
  const before = notes.data?.items.filter((note) => note.sessionId !== session.id) ?? [];
  if (before.length === 0) return null;
  return (
    <Group className="" title={t('notes.before')} count={before.length}>
      <div className={`mt12 ${classes.before}`}>
        {before.slice(0, MAX_BEFORE).map((note) => (
          <NoteView key={note.id} note={note} />
        ))}
      </div>
    </Group>
  );
}

interface NoteViewProps {
  note: Note;
  cohortId?: string;
  /** Given where its author may change it. */
  audiences?: Notes['audiences'];
}

function NoteView({ note, cohortId = '', audiences }: NoteViewProps) {
  const { t } = useTranslation('coaching');
  const [changing, setChanging] = useState(false);
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const author = note.readers.find((reader) => reader.id === note.authorId);
  return (
    <article className={classes.note}>
      <p className="row xs t3">
        <Avatar id={note.authorId} name={author?.name ?? ''} url={author?.avatarUrl} size={20} />
        <PersonName person={author} you className="bold t2" />
        <span>{formatRelative(note.createdAt, zone, locale, now)}</span>
        {audiences && note.abilities.edit && !changing && (
          <button type="button" className="link right" onClick={() => setChanging(true)}>
            {t('notes.change')}
          </button>
        )}
      </p>
      {audiences && changing ? (
        <NoteEditor note={note} cohortId={cohortId} audiences={audiences} onClose={() => setChanging(false)} />
      ) : (
        <>
          <div className="mt4">
            <Part lost="fallback" fallback={<p className={classes.need}>{note.body}</p>}>
              <Markdown source={note.body} />
            </Part>
          </div>
          <Readers note={note} />
        </>
      )}
    </article>
  );
}

/** Who reads this note, by name. */
function Readers({ note: { readers, authorId } }: { note: Note }) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const locale = useLocale();
  const onlyMe = readers.length === 1 && authorId === me.id;
  const names = readers.map((reader) => (reader.id === me.id ? t('notes.you') : reader.name));
  return (
    <p className="row xs t3 mt8 g4">
      <Icon of={onlyMe ? IconLock : IconEye} size={14} />
      {onlyMe ? t('notes.onlyYou') : listOf(names, locale)}
    </p>
  );
}
