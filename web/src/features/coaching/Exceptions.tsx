import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../time/clock';
import { formatDate, formatDates } from '../../time/format';
import { Group } from '../../ui/Group';
import { TimeField } from '../../ui/TimeField';
import classes from './coaching.module.css';
import type { PartProps } from './editor';
import { type ExceptionLine, exceptionLines, timeOf, wallOf, withException } from './hours';

/** Days off, and days with other hours than the week's. */
export function Exceptions({ draft, onChange, errorAt }: PartProps) {
  const { t } = useTranslation('coaching');
  const [adding, setAdding] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAdding(false);
    opener.current?.focus();
  };
  const lines = exceptionLines(draft.exceptions);
  const remove = (line: ExceptionLine) =>
    onChange({ exceptions: draft.exceptions.filter((_, place) => !line.places.includes(place)) });
  return (
    <Group
      className="mt32"
      title={t('exceptions.title')}
      count={lines.length}
      right={
        <button ref={opener} type="button" className="link" aria-expanded={adding} onClick={() => setAdding(!adding)}>
          {t('exceptions.add')}
        </button>
      }
    >
      {adding && <AddException draft={draft} onChange={onChange} onClose={close} />}
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
      {lines.length === 0 && !adding && <p className="t2 mt12">{t('exceptions.none')}</p>}
    </Group>
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
