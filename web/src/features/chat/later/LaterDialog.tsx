import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import { useNow, useZone } from '../../../time/clock';
import { useFocusBack } from '../../../ui/page/focus';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { TimeField } from '../../../ui/forms/TimeField';
import { laterAt, laterTimes } from './later';

interface LaterDialogProps {
  title: string;
  act: string;
  /** When it was to happen so far. */
  at?: string;
  /** Its words, where they can be changed, too. */
  body?: string;
  onDone: (at: string, body: string) => Promise<unknown>;
  onClose: () => void;
}

/** Asks for a day and a time in my zone. */
export default function LaterDialog({ title, act, at, body, onDone, onClose }: LaterDialogProps) {
  const { t } = useTranslation('chat');
  useFocusBack();
  const zone = useZone();
  const now = useNow();
  const start = Temporal.Instant.from(at ?? laterTimes(now, zone).find(({ key }) => key === 'tomorrow')?.at ?? '');
  const first = start.toZonedDateTimeISO(zone);
  const [day, setDay] = useState(first.toPlainDate().toString());
  const [time, setTime] = useState(first.toPlainTime().toString({ smallestUnit: 'minute' }));
  const [words, setWords] = useState(body ?? '');
  const [isPast, setPast] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const submit = async () => {
    const isSame =
      at !== undefined &&
      day === first.toPlainDate().toString() &&
      time === first.toPlainTime().toString({ smallestUnit: 'minute' });
    const instant = isSame && Date.parse(at) > Date.now() ? at : laterAt(day, time, zone, Date.now());
    setPast(instant === null);
    if (instant === null) return;
    setBusy(true);
    try {
      await onDone(instant, words.trim());
      onClose();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size="md" closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        className="stackv g16 mt16"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {body !== undefined && (
          <Textarea
            label={t('later.words')}
            autosize
            minRows={2}
            maxRows={10}
            maxLength={8_000}
            value={words}
            data-autofocus
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        )}
        <div className="row row-top g12">
          <TextInput
            type="date"
            label={t('later.day')}
            data-autofocus={body === undefined || undefined}
            value={day}
            error={isPast && t('later.past')}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <TimeField label={t('later.time')} value={time} onChange={setTime} />
        </div>
        <p className="xs t3">{t('later.zone', { zone })}</p>
        {failure !== null && <ProblemAlert error={failure} ns="chat" />}
        <div className="row end">
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={busy}>
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
