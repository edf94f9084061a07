import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../../time/clock';
import { formatDate } from '../../../time/format';
import { formatDates } from '../../../time/seldom';
import { TimeField } from '../../../ui/forms/TimeField';
import { AddingGroup } from '../notes/AddingGroup';
import classes from '../coaching.module.css';
import type { PartProps } from '../notes/editor';
import { type ExceptionLine, exceptionLines, timeOf, wallOf, withException } from './hours';

/** Days off, and days with other hours than the week's. */
export function Exceptions({ draft, onChange, errorAt }: PartProps) {
  const { t } = useTranslation('coaching');
  const lines = exceptionLines(draft.exceptions);
  const remove = (line: ExceptionLine) =>
    onChange({ exceptions: draft.exceptions.filter((_, place) => !line.places.includes(place)) });
  return (
    <AddingGroup
      title={t('exceptions.title')}
      count={lines.length}
      add={t('exceptions.add')}
      none={t('exceptions.none')}
      form={(close) => <AddException draft={draft} onChange={onChange} onClose={close} />}
    >
      <ul className="list tight">
        {lines.map((line) => (
          <Line
            key={line.from}
            line={line}
            error={errorAt(`/exceptions/${line.places[0] ?? 0}`)}
            onRemove={() => remove(line)}
          />
        ))}
      </ul>
    </AddingGroup>
  );
}

function Line({ line, error, onRemove }: { line: ExceptionLine; error: string | undefined; onRemove: () => void }) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  const { from, to, intervals } = line;
  const dates = from === to ? formatDate(from, locale) : formatDates(from, to, locale);
  const hours = intervals.map((one) => `${one.start}–${timeOf(one.end)}`).join(', ');
  return (
    <li>
      <span className="grow">
        <b>{dates}</b> <span className="t2">{hours || t('exceptions.off')}</span>
        {error && <span className="state alert xs">{error}</span>}
      </span>
      <Button variant="subtle" size="sm" aria-label={t('exceptions.removeNamed', { dates })} onClick={onRemove}>
        {t('exceptions.remove')}
      </Button>
    </li>
  );
}

function AddException({ draft, onChange, onClose }: Pick<PartProps, 'draft' | 'onChange'> & { onClose: () => void }) {
  const { t } = useTranslation('coaching');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [kind, setKind] = useState<'off' | 'hours'>('off');
  const [start, setStart] = useState('09:00');
  const [end, setEnd] = useState('12:00');
  const add = () => {
    const intervals = kind === 'off' ? [] : [{ start, end: wallOf(end) }];
    onChange({ exceptions: withException(draft.exceptions, from, to || from, intervals) });
    onClose();
  };
  return (
    <div className={classes.exception}>
      <TextInput
        type="date"
        label={t('exceptions.from')}
        value={from}
        autoFocus
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('exceptions.to')}
        value={to}
        min={from}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('exceptions.kind')}
        value={kind}
        data={(['off', 'hours'] as const).map((value) => ({ value, label: t(`exceptions.${value}`) }))}
        onChange={(event) => setKind(event.currentTarget.value as 'off' | 'hours')}
      />
      {kind === 'hours' && (
        <>
          <TimeField label={t('exceptions.start')} value={start} onChange={setStart} />
          <TimeField label={t('exceptions.end')} value={end} onChange={setEnd} />
        </>
      )}
      <Button disabled={from === ''} onClick={add}>
        {t('exceptions.put')}
      </Button>
    </div>
  );
}
