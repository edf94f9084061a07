import { useId } from 'react';
import classes from './Rating.module.css';

const RATINGS = [1, 2, 3, 4, 5] as const;

interface RatingProps {
  /** Says what 1 and 5 mean. */
  legend: string;
  /** 0 while nothing is chosen. */
  value: number;
  onChange: (value: number) => void;
}

/** One to five, in one click. */
export function Rating({ legend, value, onChange }: RatingProps) {
  const name = useId();
  return (
    <fieldset className={classes.ratings}>
      <legend className="xs t2">{legend}</legend>
      {RATINGS.map((one) => (
        <label key={one} data-chosen={value === one}>
          <input type="radio" name={name} checked={value === one} onChange={() => onChange(one)} />
          {one}
        </label>
      ))}
    </fieldset>
  );
}
