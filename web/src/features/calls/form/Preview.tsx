import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { IconDeviceMobile } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answers, shownFields } from '../../../../../src/contracts/calls/answers';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { FormField, InBoth } from '../../../../../src/contracts/calls/forms';
import type { Locale } from '../../../api/types';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { Panel } from '../../../ui/page/Panel';
import { State } from '../../../ui/page/State';
import { FieldInput } from '../../call-forms/FieldInput';
import { inputOf, type Lack } from '../edit/lacks';
import { LANGUAGES } from '../languages';
import { answersThatShow, labelOf } from './fields';
import classes from './form.module.css';

interface PreviewProps {
  call: Call;
  title: InBoth;
  fields: readonly FormField[];
  troubles: ReadonlyMap<string, readonly string[]>;
  openKey: string | null;
  isWide: boolean;
  onWide: (wide: boolean) => void;
  onGo: (to: Pick<Lack, 'tab' | 'id' | 'field'>) => void;
}

/** The form as who applies sees it: what one answers here decides what is asked next, and is kept nowhere. Below it, what it lacks. */
export function Preview({ call, title, fields, troubles, openKey, isWide, onWide, onGo }: PreviewProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const [language, setLanguage] = useState<Locale>(locale);
  const { t: spoken } = useTranslation('calls', { lng: language });
  const [answers, setAnswers] = useState<Answers>({});
  const shown = shownFields(fields, answers);
  const open = fields.find(({ key }) => key === openKey);
  const isHidden = open !== undefined && !shown.includes(open);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const here = frame.current?.querySelector<HTMLElement>('[data-here="true"]');
    if (frame.current && here) frame.current.scrollTo({ top: here.offsetTop - 80 });
  }, [openKey]);
  const answer = (key: string, value: Answers[string] | null) =>
    setAnswers((now) => {
      const { [key]: _, ...others } = now;
      return value === null ? others : { ...others, [key]: value };
    });
  return (
    <section className={classes.aside} aria-labelledby="preview-heading">
      <Panel className={classes.preview}>
        <div className="row between wrap">
          <h2 id="preview-heading">{t('preview.title')}</h2>
          <SegmentedControl
            size="xs"
            aria-label={t('preview.width')}
            value={isWide ? 'page' : 'phone'}
            onChange={(to) => onWide(to === 'page')}
            data={[
              {
                value: 'phone',
                label: (
                  <>
                    <Icon of={IconDeviceMobile} size={16} />
                    <VisuallyHidden>{t('preview.phone')}</VisuallyHidden>
                  </>
                ),
              },
              { value: 'page', label: t('preview.page') },
            ]}
          />
        </div>
        <div className="row between wrap mt12">
          <SegmentedControl
            size="xs"
            aria-label={t('preview.language')}
            value={language}
            onChange={setLanguage}
            data={LANGUAGES.map((one) => ({ value: one, label: t(`common:languages.${one}`) }))}
          />
          {Object.keys(answers).length > 0 ? (
            <button type="button" className="link" onClick={() => setAnswers({})}>
              {t('preview.again')}
            </button>
          ) : (
            <span className="t2 xs">{t('preview.try')}</span>
          )}
        </div>
        {isHidden && (
          <p className="mt12 t2 xs" role="status">
            {t('preview.hidden', { label: labelOf(open, locale) || t('form.unnamed') })}{' '}
            <button
              type="button"
              className="link"
              onClick={() => setAnswers((now) => answersThatShow(fields, open.key, now))}
            >
              {t('preview.show')}
            </button>
          </p>
        )}
        <div
          ref={frame}
          className={classes.frame}
          lang={language}
          role="group"
          aria-label={t('preview.form')}
          tabIndex={0}
        >
          <p className={classes.stamp}>{spoken('preview.notHandedIn')}</p>
          <p className="t2 xs mt8">{title[language]}</p>
          <div className="stackv g16 mt16">
            {shown.map((field) => (
              <div key={field.key} className={classes.asked} data-here={field.key === openKey}>
                <FieldInput
                  field={field}
                  value={answers[field.key]}
                  onChange={(value) => answer(field.key, value)}
                  locale={language}
                  id={`preview-${field.key}`}
                  level={3}
                  files={{ onFile: (file) => answer(field.key, namedOnly(file)) }}
                />
              </div>
            ))}
          </div>
        </div>
        <Lacks call={call} fields={fields} troubles={troubles} onGo={onGo} />
      </Panel>
    </section>
  );
}

/** A file that is chosen in a preview goes nowhere. */
const namedOnly = ({ name, size, type }: File) => ({ fileId: '0'.repeat(24), name, size, type });

/** How many fields lack what, with the way to the first of each. */
function Lacks({ call, fields, troubles, onGo }: Pick<PreviewProps, 'call' | 'fields' | 'troubles' | 'onGo'>) {
  const { t } = useTranslation('calls');
  const codes = [...new Set([...troubles.values()].flat())];
  const version = (call.form?.version ?? 0) + 1;
  const withCode = (code: string) => fields.filter(({ key }) => troubles.get(key)?.includes(code));
  const go = (code: string) => {
    const [first] = withCode(code);
    if (first) onGo({ tab: 'form', field: first.key, id: placeOf(first, code) });
  };
  if (codes.length === 0)
    return (
      <p className="mt16">
        <State tone="ok">{t('lacks.none')}</State>
      </p>
    );
  return (
    <ul className="stackv g8 mt16">
      {codes.map((code) => (
        <li key={code} className={classes.lack}>
          <State tone="wait">
            {t([`lacks.count_${code}`, 'lacks.count_other'], { count: withCode(code).length, version })}
          </State>{' '}
          {withCode(code).length > 0 && (
            <button type="button" className="link" onClick={() => go(code)}>
              {t('lacks.go')}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The input in which the words are missing: those of an option, or of the help, where the question has some. */
function placeOf({ key, label, help }: FormField, code: string): string {
  if (code !== 'no_en' && code !== 'no_fr') return inputOf(key, code);
  const language = code === 'no_en' ? 'en' : 'fr';
  if (label[language] === '') return inputOf(key, code);
  const isHelp = help[language] === '' && (help.en !== '' || help.fr !== '');
  return isHelp ? `f-${key}-help-${language}` : `f-${key}-options`;
}
