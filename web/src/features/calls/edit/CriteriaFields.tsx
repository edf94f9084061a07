import { ActionIcon, Button, NumberInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Criterion } from '../../../../../src/contracts/calls/calls';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { Empty } from '../../../ui/page/Empty';
import { focusWhenThere, keepFocus } from '../../../ui/page/focus';
import { State } from '../../../ui/page/State';
import { toastUndo } from '../../../ui/toast';
import classes from '../calls.module.css';
import { newKey } from '../form/fields';
import { said } from '../words';
import { InLanguages, useLanguages } from './InLanguages';
import { weightOf } from '../../../../../src/contracts/calls/whole';

const MOST = 12;

interface CriteriaFieldsProps {
  criteria: readonly Criterion[];
  /** From what stands there when it is done. */
  onChange: (change: (criteria: Criterion[]) => Criterion[]) => void;
  /** What is wrong at an input, by its id: `c-<key>-name-en`. */
  errorAt: (id: string) => string | undefined;
}

/** Criteria with their names in both languages and what each counts: what their weights are together is said. */
export function CriteriaFields({ criteria, onChange, errorAt }: CriteriaFieldsProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const [first] = useLanguages();
  const [added, setAdded] = useState<string | null>(null);
  useEffect(() => {
    if (added !== null) focusWhenThere(document.body, `#c-${added}-name-${first}`);
  }, [added, first]);
  const sum = weightOf({ criteria: [...criteria] });
  const set = (key: string, change: Partial<Criterion>) =>
    onChange((so) => so.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const add = () => {
    const words = { en: '', fr: '' };
    const fresh = { key: newKey('o'), name: words, help: words, weight: Math.max(100 - sum, 0) };
    onChange((so) => [...so, fresh]);
    setAdded(fresh.key);
  };
  const remove = (at: number) => {
    const gone = criteria[at];
    if (!gone) return;
    onChange((so) => so.toSpliced(at, 1));
    keepFocus();
    toastUndo(
      t('criteria.removed', { name: said(gone.name, locale).text || t('criteria.number', { n: at + 1 }) }),
      () => onChange((so) => so.toSpliced(at, 0, gone)),
    );
  };
  return (
    <>
      {criteria.length === 0 && <Empty title={t('criteria.none')} />}
      <ol>
        {criteria.map((one, at) => (
          <li key={one.key} className={classes.criterion}>
            <fieldset>
              <legend className="med">{t('criteria.number', { n: at + 1 })}</legend>
              <div className={classes.weighed}>
                <div className="stackv g12">
                  <InLanguages
                    id={`c-${one.key}-name`}
                    label={t('criteria.name')}
                    max={100}
                    value={one.name}
                    onChange={(name) => set(one.key, { name })}
                    errorIn={(language) => errorAt(`c-${one.key}-name-${language}`)}
                  />
                  <InLanguages
                    id={`c-${one.key}-help`}
                    label={t('criteria.help')}
                    max={300}
                    value={one.help}
                    onChange={(help) => set(one.key, { help })}
                    errorIn={(language) => errorAt(`c-${one.key}-help-${language}`)}
                  />
                </div>
                <NumberInput
                  label={t('criteria.weight')}
                  min={0}
                  max={100}
                  step={5}
                  allowDecimal={false}
                  clampBehavior="strict"
                  value={one.weight}
                  onChange={(weight) => set(one.key, { weight: typeof weight === 'number' ? weight : 0 })}
                />
                <ActionIcon
                  className={classes.remove}
                  aria-label={t('criteria.remove', { n: at + 1 })}
                  onClick={() => remove(at)}
                >
                  <Icon of={IconTrash} size={16} />
                </ActionIcon>
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
      <div className="row wrap between">
        <Button
          id="criteria"
          size="sm"
          leftSection={<Icon of={IconPlus} size={16} />}
          disabled={criteria.length >= MOST}
          onClick={add}
        >
          {t('criteria.add')}
        </Button>
        <span role="status">
          <State tone={sum === 100 ? 'ok' : 'wait'}>
            {t(sum === 100 ? 'criteria.whole' : 'criteria.sum', { sum })}
          </State>
        </span>
      </div>
    </>
  );
}
