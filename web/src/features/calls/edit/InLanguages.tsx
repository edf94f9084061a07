import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { InBoth } from '../../../../../src/contracts/calls/forms';
import type { Locale } from '../../../api/types';
import { useLocale } from '../../../time/clock';
import { LANGUAGES } from '../languages';
import classes from '../calls.module.css';

interface InLanguagesProps {
  /** The id of each input is this and its language: `call-title-en`. */
  id: string;
  /** What it is, without the language: "Title". */
  label: string;
  value: InBoth;
  max: number;
  onChange: (value: InBoth) => void;
  errorIn?: (language: Locale) => ReactNode;
}

/** One line in both languages, beside each other where there is room; that of the page comes first. */
export function InLanguages({ id, label, value, max, onChange, errorIn }: InLanguagesProps) {
  const { t } = useTranslation('calls');
  return (
    <div className={classes.pair}>
      {useLanguages().map((language) => (
        <TextInput
          key={language}
          id={`${id}-${language}`}
          label={t(`in.${language}`, { what: label })}
          lang={language}
          maxLength={max}
          autoComplete="off"
          value={value[language]}
          error={errorIn?.(language)}
          onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}

/** Both languages, that of the page first. */
export function useLanguages(): readonly Locale[] {
  return useLocale() === 'fr' ? LANGUAGES.toReversed() : LANGUAGES;
}
