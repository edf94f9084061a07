import { useTranslation } from 'react-i18next';
import type { Criterion, PublicCall } from '../../../../../src/contracts/calls/calls';
import type { FormField } from '../../../../../src/contracts/calls/forms';
import { useLocale } from '../../../time/clock';
import { formatFullDate } from '../../../time/format';
import { askedOf, sectionsOf } from '../../call-forms/sections';
import classes from '../apply.module.css';
import { eraseDay, said } from './timing';

/** What files are read for, and how much each counts. */
export function Criteria({ criteria }: { criteria: readonly Criterion[] }) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('criteria.name')}</th>
          <th scope="col">{t('criteria.help')}</th>
          <th scope="col">{t('criteria.weight')}</th>
        </tr>
      </thead>
      <tbody>
        {criteria.map(({ key, name, help, weight }) => (
          <tr key={key}>
            <th scope="row">{said(name, locale)}</th>
            <td className="t2">{said(help, locale)}</td>
            <td>{weight}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The sections and questions of the form, so that one can prepare. */
export function FormOutline({ fields }: { fields: readonly FormField[] }) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  const sections = sectionsOf(fields).filter((section) => section.fields.length > 0);
  const asked = askedOf(fields);
  const numbers = {
    questions: asked.length,
    sections: sections.length,
    some: asked.filter(({ shownIf }) => shownIf.length > 0).length,
  };
  return (
    <>
      <p className="measure md">{t('form.count', numbers)}</p>
      <div className={classes.outline}>
        {sections.map(({ section, fields: own }, at) => (
          <details key={section?.key ?? ''}>
            <summary>
              <span className="grow">
                {t('form.section', { number: at + 1, title: section ? said(section.label, locale) : t('form.first') })}
              </span>
              <span className="t3 xs">{t('form.questions', { count: own.length })}</span>
            </summary>
            <ul>
              {own.map((field) => (
                <Question key={field.key} field={field} />
              ))}
            </ul>
          </details>
        ))}
      </div>
    </>
  );
}

function Question({ field: { label, help, required, max, shownIf } }: { field: FormField }) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  const notes = [
    ...(required ? [] : [t('form.optional')]),
    ...(max === null ? [] : [t('form.most', { count: max })]),
    ...(shownIf.length > 0 ? [t('form.maybe')] : []),
  ];
  const words = said(help, locale);
  return (
    <li>
      <span>{said(label, locale)}</span>
      {notes.length > 0 && <span className="t3 xs">{notes.join(', ')}</span>}
      {words !== '' && <span className="t2 xs">{words}</span>}
    </li>
  );
}

/** Who reads what is written, and when it is gone. */
export function YourData({ call }: { call: PublicCall }) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  return (
    <div className="measure md stackv g8">
      <p>{t('data.draft')}</p>
      <p>{t('data.erased', { day: formatFullDate(eraseDay(call), locale), months: call.keepRefusedMonths })}</p>
    </div>
  );
}
