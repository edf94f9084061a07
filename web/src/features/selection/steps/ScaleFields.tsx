import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { InBoth } from '../../../../../src/contracts/calls/forms';
import { Icon } from '../../../ui/Icon';
import { focusWhenThere, keepFocus } from '../../../ui/page/focus';
import { useLanguages } from '../../calls/edit/InLanguages';
import classes from '../selection.module.css';
import { scaleInput } from './step-draft';

const FEWEST = 2;
const MOST = 7;

/** The words of a scale, from the lowest up: a juror chooses a word, not a number. */
export function ScaleFields({ scale, onChange }: { scale: readonly InBoth[]; onChange: (scale: InBoth[]) => void }) {
  const { t } = useTranslation('selection');
  const languages = useLanguages();
  const add = () => {
    onChange([...scale, { en: '', fr: '' }]);
    focusWhenThere(document.body, `#${scaleInput(scale.length, languages[0] ?? 'en')}`);
  };
  return (
    <>
      <ol className={classes.words}>
        {scale.map((word, place) => (
          <li key={place}>
            <span className="t2 num">{place + 1}</span>
            {languages.map((language) => (
              <TextInput
                key={language}
                id={scaleInput(place, language)}
                lang={language}
                aria-label={t('step.word', { n: place + 1, language: t(`calls:language.${language}`) })}
                placeholder={t(`calls:language.${language}`)}
                maxLength={40}
                autoComplete="off"
                value={word[language]}
                onChange={(event) => onChange(scale.with(place, { ...word, [language]: event.currentTarget.value }))}
              />
            ))}
            {scale.length > FEWEST && (
              <ActionIcon
                aria-label={t('step.removeWord', { n: place + 1 })}
                onClick={() => {
                  onChange(scale.toSpliced(place, 1));
                  keepFocus();
                }}
              >
                <Icon of={IconX} size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ol>
      {scale.length < MOST && (
        <Button mt={8} size="sm" variant="subtle" leftSection={<Icon of={IconPlus} size={16} />} onClick={add}>
          {t('step.addWord')}
        </Button>
      )}
    </>
  );
}
