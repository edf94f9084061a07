import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatShortDay, formatTime } from '../../../time/format';
import { isProblem } from '../../../api/problem';
import { useFieldText } from '../../../ui/forms/form';
import { useFocusBack } from '../../../ui/page/focus';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { TimeField } from '../../../ui/forms/TimeField';
import { laterAt, laterTimes } from './later';

interface LaterDialogProps {
  title: string;
  act: string;
  /** When it was to happen so far. */
  at?: string;
  /** Offers the usual moments, too: one press is enough. */
  quick?: boolean;
  /** Its words, where they can be changed, too. */
  body?: string;
  /** Whose words say why it was refused. */
  ns?: string;
  onDone: (at: string, body: string) => Promise<unknown>;
  onClose: () => void;
}

/** No time of one's own lies further ahead. */
const MOST_DAYS = 365;

/** Asks for a day and a time in my zone, and stays open where the time is refused. */
export default function LaterDialog({ title, act, at, quick, body, ns = 'chat', onDone, onClose }: LaterDialogProps) {
  const { t } = useTranslation('chat');
  const fieldText = useFieldText(ns);
  useFocusBack();
  const [zone, locale] = [useZone(), useLocale()];
  const now = useNow();
  const start = Temporal.Instant.from(at ?? laterTimes(now, zone).find(({ key }) => key === 'tomorrow')?.at ?? '');
  const first = start.toZonedDateTimeISO(zone);
  const [day, setDay] = useState(first.toPlainDate().toString());
  const [time, setTime] = useState(first.toPlainTime().toString({ smallestUnit: 'minute' }));
  const [words, setWords] = useState(body ?? '');
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const submit = async () => {
    const isSame =
      at !== undefined &&
      day === first.toPlainDate().toString() &&
      time === first.toPlainTime().toString({ smallestUnit: 'minute' });
    const instant = isSame && isAhead(at) ? at : instantOf(day, time, zone);
    setWrong(instant === null ? t('later.past') : null);
    if (instant !== null) await done(instant);
  };
  const done = async (instant: string) => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await onDone(instant, words.trim());
      onClose();
    } catch (error) {
      const [field] = isProblem(error, 'invalid') ? error.errors : [];
      if (field && ABOUT_TIME.has(field.code)) setWrong(fieldText(field.code, field.params));
      else setFailure(error);
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
        {quick && (
          <div className="stackv g8">
            {laterTimes(now, zone).map((one, index) => (
              <Button
                key={one.key}
                justify="space-between"
                aria-disabled={busy}
                data-autofocus={index === 0 || undefined}
                rightSection={
                  <span className="xs t3">{`${formatShortDay(one.at, zone, locale)}, ${formatTime(one.at, zone, locale)}`}</span>
                }
                onClick={() => void done(one.at)}
              >
                {t(`later.${one.key}`)}
              </Button>
            ))}
          </div>
        )}
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
            data-autofocus={(body === undefined && !quick) || undefined}
            value={day}
            max={lastDay(now, zone)}
            error={wrong}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <TimeField label={t('later.time')} value={time} onChange={setTime} />
        </div>
        <p className="xs t3">{t('later.zone', { zone })}</p>
        {failure !== null && <ProblemAlert error={failure} ns={ns} />}
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

const ABOUT_TIME = new Set(['past', 'too_far']);

const lastDay = (now: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days: MOST_DAYS })
    .toString();

const isAhead = (at: string) => Date.parse(at) > Date.now();

/** Null where it is past. */
const instantOf = (day: string, time: string, zone: string) => laterAt(day, time, zone, Date.now());
