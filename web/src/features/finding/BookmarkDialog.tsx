import { Button, Modal, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { Bookmark } from '../../../../src/contracts/forum-bookmarks';
import { useNow, useZone } from '../../time/clock';
import { TimeField } from '../../ui/forms/TimeField';
import { useFocusBack } from '../../ui/page/focus';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { laterAt, laterTimes } from '../chat/later/later';
import { type About, useBookmark, useKeeping } from './bookmarks';

interface DialogProps {
  cohortId: string;
  about: About;
  bookmarkId: string;
  onClose: () => void;
}

/** What I noted with a bookmark, and when I am reminded of it; both can be changed, and it can be taken away. */
export default function BookmarkDialog(props: DialogProps) {
  const { t } = useTranslation('finding');
  useFocusBack();
  const bookmark = useBookmark(props.cohortId, props.bookmarkId);
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('bookmark.title')}
      size="md"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <QueryBoundary query={bookmark}>{(data) => <BookmarkForm {...props} bookmark={data} />}</QueryBoundary>
    </Modal>
  );
}

function BookmarkForm({ cohortId, about, bookmarkId, bookmark, onClose }: DialogProps & { bookmark: Bookmark }) {
  const { t } = useTranslation('finding');
  const { save, remove } = useKeeping(cohortId);
  const [zone, now] = [useZone(), useNow()];
  const at = bookmark.remindAt ?? laterTimes(now, zone).find(({ key }) => key === 'tomorrow')?.at ?? '';
  const first = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const [note, setNote] = useState(bookmark.note);
  const [reminds, setReminds] = useState(bookmark.remindAt !== null);
  const [day, setDay] = useState(first.toPlainDate().toString());
  const [time, setTime] = useState(first.toPlainTime().toString({ smallestUnit: 'minute' }));
  const [isPast, setPast] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    try {
      await act();
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const submit = async () => {
    const remindAt = reminds ? instantOf(day, time, zone) : null;
    setPast(reminds && remindAt === null);
    if (!reminds || remindAt !== null) await attempt(() => save(about, { note: note.trim(), remindAt }));
  };
  return (
    <form
      className="stackv g16 mt16"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Textarea
        label={t('bookmark.note')}
        description={t('bookmark.onlyMine')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={500}
        value={note}
        data-autofocus
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Switch
        label={t('bookmark.remind')}
        checked={reminds}
        onChange={(event) => setReminds(event.currentTarget.checked)}
      />
      {reminds && (
        <>
          <div className="row row-top g12">
            <TextInput
              type="date"
              label={t('bookmark.day')}
              value={day}
              error={isPast && t('bookmark.past')}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
            <TimeField label={t('bookmark.time')} value={time} onChange={setTime} />
          </div>
          <p className="xs t3">{t('bookmark.zone', { zone })}</p>
        </>
      )}
      {failure !== null && <ProblemAlert error={failure} ns="forum" />}
      <div className="row end wrap">
        <Button variant="subtle" onClick={() => void attempt(() => remove(bookmarkId))}>
          {t('bookmark.remove')}
        </Button>
        <Button type="submit" variant="filled" loading={busy}>
          {t('common:save')}
        </Button>
      </div>
    </form>
  );
}

/** Null where it is past. */
const instantOf = (day: string, time: string, zone: string) => laterAt(day, time, zone, Date.now());
