import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { TimeField } from '../forms/TimeField';
import { instantOf, momentOf } from './moments';

interface MomentFieldProps {
  id: string;
  label: string;
  timeLabel: string;
  /** The time of day with which a new day begins. */
  usual: string;
  zone: string;
  value: string | null;
  onChange: (at: string | null) => void;
  error?: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
}

/** A day and a time of day in a zone; without a day there is none. */
export function MomentField(props: MomentFieldProps) {
  const { id, label, timeLabel, usual, zone, value, onChange, error, description, disabled = false } = props;
  const moment = momentOf(value, zone);
  const set = (day: string, time: string) => onChange(instantOf({ day, time }, zone));
  return (
    <div className="row row-top g12">
      <TextInput
        id={id}
        type="date"
        label={label}
        data-path={id}
        disabled={disabled}
        description={description}
        value={moment?.day ?? ''}
        error={error}
        onChange={(event) => set(event.currentTarget.value, moment?.time ?? usual)}
      />
      {moment && (
        <TimeField
          label={timeLabel}
          disabled={disabled}
          value={moment.time}
          onChange={(time) => set(moment.day, time)}
        />
      )}
    </div>
  );
}
