import { ActionIcon, Autocomplete, Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationFile } from '../../../../../src/contracts/calls/applications';
import type { ApplicationNotes } from '../../../../../src/contracts/calls/desk';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { Group } from '../../../ui/page/Group';
import { ProblemAlert, useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { Tag } from '../../../ui/page/State';
import { When } from '../../../ui/times/When';
import { toastProblem } from '../../../ui/toast';
import classes from '../calls.module.css';
import { said } from '../words';
import { useNotes, useTags } from '../work';

interface DeskProps {
  cohortId: string;
  callId: string;
  file: ApplicationFile;
}

const LONGEST_TAG = 40;
const LONGEST_NOTE = 4000;

/** Words by which staff find a file again; those of its call are suggested. */
export function Tags({ cohortId, callId, file, known }: DeskProps & { known: readonly string[] }) {
  const { t } = useTranslation('calls');
  const text = useProblemText('calls');
  const { tag, untag } = useTags(cohortId, callId, file.id);
  const [typed, setTyped] = useState('');
  const failed = (error: unknown) => toastProblem(text(error));
  const adding = useMutation({ mutationFn: tag, onSuccess: () => setTyped(''), onError: failed });
  const removing = useMutation({ mutationFn: untag, onError: failed });
  const add = (word: string) => {
    if (word.trim() !== '' && !adding.isPending) adding.mutate(word);
  };
  return (
    <Group title={t('desk.tags')} count={file.tags.length} className="mt24">
      {file.tags.length > 0 && (
        <ul className="row wrap g8 mt8">
          {file.tags.map((one) => (
            <li key={one} className="row g4">
              <Tag>{one}</Tag>
              {file.canEdit && (
                <ActionIcon size="sm" aria-label={t('desk.untag', { tag: one })} onClick={() => removing.mutate(one)}>
                  <Icon of={IconX} size={14} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {file.canEdit && (
        <form
          className="row g8 mt8"
          onSubmit={(event) => {
            event.preventDefault();
            add(typed);
          }}
        >
          <Autocomplete
            className="grow"
            aria-label={t('desk.tag')}
            placeholder={t('desk.tagHint')}
            maxLength={LONGEST_TAG}
            data={known.filter((one) => !file.tags.includes(one))}
            value={typed}
            onChange={setTyped}
            onOptionSubmit={add}
          />
          <Button type="submit" size="sm" loading={adding.isPending} disabled={typed.trim() === ''}>
            {t('desk.addTag')}
          </Button>
        </form>
      )}
    </Group>
  );
}

/** Other files that may be of the same person. */
export function DuplicateList({ cohortId, callId, file }: DeskProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  if (file.duplicates.length === 0) return null;
  return (
    <Group title={t('desk.duplicates')} count={file.duplicates.length} className="mt24">
      <ul className="mt8">
        {file.duplicates.map((one) => (
          <li key={one.id}>
            <Link
              className="link"
              to="/c/$cohortId/calls/$callId"
              params={{ cohortId, callId: one.callId }}
              search={{ tab: 'applications', file: one.id } as never}
              replace={one.callId === callId}
            >
              {[one.number, one.name].filter(Boolean).join(', ')}
            </Link>{' '}
            <span className="t2 xs">{t(`desk.because.${one.because}`, { call: said(one.call, locale).text })}</span>
          </li>
        ))}
      </ul>
    </Group>
  );
}

/** What staff write about a file for one another; who reads it is said beside the box. */
export function Notes({ cohortId, callId, file, halfWritten }: DeskProps & { halfWritten: Map<string, string> }) {
  const { t } = useTranslation('calls');
  const { query, write, forget } = useNotes(cohortId, callId, file.id);
  return (
    <Group title={t('desk.notes')} count={query.data?.items.length} className="mt32">
      <QueryBoundary query={query} ns="calls">
        {(notes) => (
          <>
            <ol className={classes.notes}>
              {notes.items.map((note) => (
                <NoteRow key={note.id} note={note} canDelete={note.isMine && notes.canWrite} forget={forget} />
              ))}
            </ol>
            {notes.canWrite ? (
              <WriteNote
                readers={notes.readers}
                write={write}
                begun={halfWritten.get(file.id) ?? ''}
                onType={(text) => halfWritten.set(file.id, text)}
              />
            ) : (
              notes.items.length === 0 && <p className="t2 mt12">{t('desk.noNotes')}</p>
            )}
          </>
        )}
      </QueryBoundary>
    </Group>
  );
}

interface NoteRowProps {
  note: ApplicationNotes['items'][number];
  canDelete: boolean;
  forget: (id: string) => Promise<void>;
}

function NoteRow({ note, canDelete, forget }: NoteRowProps) {
  const { t } = useTranslation('calls');
  const text = useProblemText('calls');
  const removing = useMutation({ mutationFn: forget, onError: (error) => toastProblem(text(error)) });
  return (
    <li>
      <p className="row wrap">
        <b>{note.by?.name ?? t('desk.somebody')}</b>
        <span className="t3 xs">
          <When at={note.at} />
        </span>
        {canDelete && (
          <button type="button" className="link xs right" onClick={() => removing.mutate(note.id)}>
            {t('desk.remove')}
          </button>
        )}
      </p>
      <p className={classes.noteText}>{note.text}</p>
    </li>
  );
}

interface WriteNoteProps {
  readers: ApplicationNotes['readers'];
  write: (text: string) => Promise<void>;
  begun: string;
  onType: (text: string) => void;
}

function WriteNote({ readers, write, begun, onType }: WriteNoteProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const [typed, setTyped] = useState(begun);
  const type = (words: string) => {
    setTyped(words);
    onType(words);
  };
  const writing = useMutation({ mutationFn: write, onSuccess: () => type('') });
  const names = new Intl.ListFormat(locale).format(readers.map(({ name }) => name));
  return (
    <form
      className="mt12"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '' && !writing.isPending) writing.mutate(typed);
      }}
    >
      <Textarea
        label={t('desk.write')}
        description={t('desk.readers', { count: readers.length, names })}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={LONGEST_NOTE}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <ProblemAlert error={writing.error} ns="calls" />
      <Button type="submit" className="mt8" loading={writing.isPending} disabled={typed.trim() === ''}>
        {t('desk.add')}
      </Button>
    </form>
  );
}
