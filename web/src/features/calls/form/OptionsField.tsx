import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FORM_LIMITS, type FormField } from '../../../../../src/contracts/calls/forms';
import type { Locale } from '../../../api/types';
import { Icon } from '../../../ui/Icon';
import { useLanguages } from '../edit/InLanguages';
import { newOption } from './fields';
import classes from './form.module.css';

type Options = FormField['options'];

interface OptionsFieldProps {
  id: string;
  options: Options;
  /** There are too few to choose among. */
  isShort: boolean;
  lacksIn: (language: Locale) => boolean;
  onChange: (options: Options) => void;
}

/** What one chooses among, in both languages. Enter in the last one begins another. */
export function OptionsField({ id, options, isShort, lacksIn, onChange }: OptionsFieldProps) {
  const { t } = useTranslation('calls');
  const languages = useLanguages();
  const list = useRef<HTMLDivElement>(null);
  const [focusAt, setFocusAt] = useState<number | null>(null);
  useEffect(() => {
    if (focusAt === null) return;
    list.current?.querySelectorAll<HTMLElement>('[data-first]')[focusAt]?.focus();
  }, [focusAt, options.length]);
  const add = () => {
    onChange([...options, newOption()]);
    setFocusAt(options.length);
  };
  const remove = (at: number) => {
    onChange(options.toSpliced(at, 1));
    setFocusAt(Math.min(at, options.length - 2));
  };
  const onKeyDown = (at: number) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (at === options.length - 1) add();
    else setFocusAt(at + 1);
  };
  const isFull = options.length >= FORM_LIMITS.options;
  return (
    <fieldset>
      <legend className="med">{t('options.title')}</legend>
      <div ref={list} className="stackv g8 mt4">
        {options.map((option, at) => (
          <div key={option.key} className={classes.option}>
            {languages.map((language, place) => (
              <TextInput
                key={language}
                id={place === 0 && at === 0 ? id : undefined}
                data-first={place === 0 || undefined}
                lang={language}
                aria-label={t('in_option', { n: at + 1, language: t(`language.${language}`) })}
                placeholder={t(`language.${language}`)}
                maxLength={200}
                autoComplete="off"
                value={option.label[language]}
                error={lacksIn(language) && option.label[language] === '' && t(`troubles.no_${language}`)}
                onKeyDown={onKeyDown(at)}
                onFocus={() => setFocusAt(null)}
                onChange={(event) =>
                  onChange(
                    options.with(at, { ...option, label: { ...option.label, [language]: event.currentTarget.value } }),
                  )
                }
              />
            ))}
            <ActionIcon aria-label={t('options.remove', { n: at + 1 })} onClick={() => remove(at)}>
              <Icon of={IconX} size={16} />
            </ActionIcon>
          </div>
        ))}
      </div>
      {isShort && <p className={`xs mt4 ${classes.wrong}`}>{t('troubles.too_few_options_what')}</p>}
      {!isFull && (
        <Button
          mt={8}
          variant="subtle"
          size="sm"
          id={options.length === 0 ? id : undefined}
          leftSection={<Icon of={IconPlus} size={16} />}
          onClick={add}
        >
          {t('options.add')}
        </Button>
      )}
    </fieldset>
  );
}
