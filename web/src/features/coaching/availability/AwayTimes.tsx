import { Button, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Away } from '../../../../../src/contracts/mentoring/mentoring';
import { useLocale } from '../../../time/clock';
import { formatDate } from '../../../time/format';
import { formatDates } from '../../../time/seldom';
import { AddingGroup } from '../notes/AddingGroup';
import classes from '../coaching.module.css';
import type { PartProps } from '../notes/editor';

const LONGEST_NOTE = 120;

/** When a coach is away, in all their cohorts: nothing is offered on these days. */
export function AwayTimes({ draft, onChange, errorAt }: PartProps) {
  const { t } = useTranslation('coaching');
  const away = draft.away ?? [];
  const add = (time: Away) => onChange({ away: [...away, time].sort((a, b) => a.from.localeCompare(b.from)) });
  return (
    <AddingGroup
      title={t('away.title')}
      count={away.length}
      add={t('away.add')}
      none={t('away.none')}
      form={(close) => (
        <AddAway
          onAdd={(time) => {
            add(time);
            close();
          }}
        />
      )}
    >
      <ul className="list tight">
        {away.map((time, place) => (
          <Line
            key={`${time.from} ${time.to} ${place}`}
            time={time}
            error={errorAt(`/away/${place}`)}
            onRemove={() => onChange({ away: away.filter((_, other) => other !== place) })}
          />
        ))}
      </ul>
    </AddingGroup>
  );
}

function Line({ time, error, onRemove }: { time: Away; error: string | undefined; onRemove: () => void }) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  const { from, to, note } = time;
  const dates = from === to ? formatDate(from, locale) : formatDates(from, to, locale);
  return (
    <li>
      <span className="grow">
        <b>{dates}</b> <span className="t2">{note}</span>
        {error && <span className="state alert xs">{error}</span>}
      </span>
      <Button variant="subtle" size="sm" aria-label={t('away.removeNamed', { dates })} onClick={onRemove}>
        {t('exceptions.remove')}
      </Button>
    </li>
  );
}

function AddAway({ onAdd }: { onAdd: (time: Away) => void }) {
  const { t } = useTranslation('coaching');
  const helpId = useId();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const last = to || from;
  return (
    <div className={classes.exception}>
      <TextInput
        type="date"
        label={t('away.from')}
        value={from}
        autoFocus
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('away.to')}
        value={to}
        min={from}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <TextInput
        label={t('away.note')}
        aria-describedby={helpId}
        value={note}
        maxLength={LONGEST_NOTE}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button
        disabled={from === '' || last < from}
        onClick={() => onAdd({ from, to: last, ...(note.trim() && { note: note.trim() }) })}
      >
        {t('exceptions.put')}
      </Button>
      <p id={helpId} className={`xs t2 ${classes.help}`}>
        {t('away.noteHelp')}
      </p>
    </div>
  );
}
