import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallDate } from '../../../../../src/contracts/calls/calls';
import { Icon } from '../../../ui/Icon';
import { Group } from '../../../ui/page/Group';
import { keepFocus } from '../../../ui/page/focus';
import { toastUndo } from '../../../ui/toast';
import { useLocale } from '../../../time/clock';
import { said } from '../words';
import classes from '../calls.module.css';
import { InLanguages } from './InLanguages';

const MOST = 20;

interface DatesFieldProps {
  dates: CallDate[];
  errorAt: (id: string) => string | undefined;
  onChange: (dates: CallDate[]) => void;
}

/** What happens after the closing, and when: each with its day, or its first and last. */
export function DatesField({ dates, errorAt, onChange }: DatesFieldProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const [added, setAdded] = useState(0);
  const last = useRef<HTMLInputElement>(null);
  const latest = useRef(dates);
  useEffect(() => {
    latest.current = dates;
  }, [dates]);
  useEffect(() => {
    if (added > 0) last.current?.focus();
  }, [added]);
  const add = () => {
    const words = { en: '', fr: '' };
    onChange([...dates, { on: '', until: null, title: words, text: words }]);
    setAdded(added + 1);
  };
  const remove = (at: number) => {
    const gone = dates[at];
    if (!gone) return;
    onChange(dates.toSpliced(at, 1));
    keepFocus();
    toastUndo(t('dates.removed', { title: said(gone.title, locale).text || t('dates.number', { n: at + 1 }) }), () =>
      onChange(latest.current.toSpliced(at, 0, gone)),
    );
  };
  return (
    <Group title={t('parts.dates')} className="mt16" count={dates.length}>
      <p className="t2 mt8">{t('dates.help')}</p>
      <ol>
        {dates.map((date, at) => {
          const set = (change: Partial<CallDate>) => onChange(dates.with(at, { ...date, ...change }));
          const isBefore = date.until !== null && date.until < date.on;
          return (
            <li key={at} className={classes.date}>
              <fieldset>
                <legend className="row between">
                  <span className="med">{t('dates.number', { n: at + 1 })}</span>
                  <ActionIcon size="sm" aria-label={t('dates.remove', { n: at + 1 })} onClick={() => remove(at)}>
                    <Icon of={IconTrash} size={16} />
                  </ActionIcon>
                </legend>
                <div className="row row-top wrap g12">
                  <TextInput
                    ref={at === dates.length - 1 ? last : undefined}
                    type="date"
                    label={t('dates.on')}
                    value={date.on}
                    error={date.on === '' && t('dates.missing')}
                    onChange={(event) => set({ on: event.currentTarget.value })}
                  />
                  <TextInput
                    id={`date-${at}-until`}
                    type="date"
                    label={t('dates.until')}
                    min={date.on}
                    value={date.until ?? ''}
                    error={isBefore && t('dates.before')}
                    onChange={(event) => set({ until: event.currentTarget.value || null })}
                  />
                </div>
                <InLanguages
                  id={`date-${at}-title`}
                  label={t('dates.title')}
                  max={120}
                  value={date.title}
                  onChange={(title) => set({ title })}
                  errorIn={(language) => errorAt(`date-${at}-title-${language}`)}
                />
                <InLanguages
                  id={`date-${at}-text`}
                  label={t('dates.text')}
                  max={300}
                  value={date.text}
                  onChange={(text) => set({ text })}
                  errorIn={(language) => errorAt(`date-${at}-text-${language}`)}
                />
              </fieldset>
            </li>
          );
        })}
      </ol>
      {dates.length < MOST && (
        <Button className="mt16" size="sm" leftSection={<Icon of={IconPlus} size={16} />} onClick={add}>
          {t('dates.add')}
        </Button>
      )}
    </Group>
  );
}
