import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SessionKind, Slots } from '../../../../../src/contracts/mentoring/mentoring';
import { KINDS } from './kinds';

/** What one looks for: a kind of session, or a length. `''` is each coach's own. */
export type Wanted = '' | SessionKind | `${number}`;

const LENGTHS = [30, 45, 60, 90] as const;

/** A wish as the list of slots is asked for it. */
export function askedFor(wanted: Wanted): { kind?: SessionKind; minutes?: number } {
  const kind = KINDS.find((one) => one === wanted);
  if (kind) return { kind };
  return wanted === '' ? {} : { minutes: Number(wanted) };
}

interface LengthFilterProps {
  people: Slots['people'];
  value: Wanted;
  onChange: (wanted: Wanted) => void;
}

/** The kinds of session that some coach offers, and lengths. */
export function LengthFilter({ people, value, onChange }: LengthFilterProps) {
  const { t } = useTranslation('coaching');
  const kinds = KINDS.filter((kind) => people.some((person) => person.lengths[kind] !== undefined));
  return (
    <NativeSelect
      aria-label={t('filter.length')}
      value={value}
      data={[
        { value: '', label: t('filter.ownLength') },
        ...kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
        ...LENGTHS.map((length) => ({ value: String(length), label: t('minutes', { count: length }) })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value as Wanted)}
    />
  );
}
