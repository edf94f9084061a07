import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cohort } from '../../api/types';
import classes from './cohort.module.css';

const COLOURS: Cohort['color'][] = ['lac', 'sapin', 'ocre', 'corde', 'bruyere', 'iris', 'mousse', 'ardoise'];

/** The eight colours a cohort can have, by name and by eye. */
export function ColourChoice({ value, onChange }: { value: string; onChange: (colour: Cohort['color']) => void }) {
  const { t } = useTranslation('cohort');
  const name = useId();
  return (
    <fieldset className={classes.set}>
      <legend className="med">{t('colour')}</legend>
      <div className={`${classes.colours} mt4`}>
        {COLOURS.map((colour) => (
          <label key={colour} className={classes.colour} data-cohort={colour} title={t(`colours.${colour}`)}>
            <input
              type="radio"
              name={name}
              value={colour}
              checked={value === colour}
              aria-label={t(`colours.${colour}`)}
              onChange={() => onChange(colour)}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
