import { useTranslation } from 'react-i18next';
import { type Answer, type Answers, isEmptyAnswer, isFile, shownFields } from '../../../../src/contracts/calls/answers';
import type { FormField } from '../../../../src/contracts/calls/forms';
import type { Locale } from '../../api/types';
import { formatFullDate } from '../../time/format';
import { FileLink } from './FileLink';
import { sectionsOf } from './sections';
import classes from './call-forms.module.css';

interface AnswerListProps {
  fields: readonly FormField[];
  answers: Answers;
  /** The language in which the form is read. */
  locale: Locale;
  /** The level of the headings of its sections. */
  level?: 2 | 3;
}

/** What was answered, in the order of the form, by its sections; what was not asked is left out. */
export function AnswerList({ fields, answers, locale, level = 3 }: AnswerListProps) {
  const { t } = useTranslation('call-forms', { lng: locale });
  const Heading = `h${level}` as const;
  return (
    <div className={classes.answers} lang={locale}>
      {sectionsOf(shownFields(fields, answers)).map(
        ({ section, fields: asked }) =>
          asked.length > 0 && (
            <section key={section?.key ?? ''}>
              {section && <Heading className={classes.part}>{section.label[locale]}</Heading>}
              <dl>
                {asked.map((field) => (
                  <div key={field.key} className={classes.answer}>
                    <dt>{field.label[locale] || field.label[locale === 'fr' ? 'en' : 'fr'] || t('noQuestion')}</dt>
                    <dd>
                      <Said field={field} answer={answers[field.key]} locale={locale} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ),
      )}
    </div>
  );
}

function Said({ field, answer, locale }: { field: FormField; answer: Answer | undefined; locale: Locale }) {
  const { t } = useTranslation('call-forms', { lng: locale });
  if (answer === undefined || isEmptyAnswer(answer)) return <span className="t3">{t('noAnswer')}</span>;
  const wordsOf = (key: string) => field.options.find((option) => option.key === key)?.label[locale] ?? key;
  if (isFile(answer)) return <FileLink file={answer} locale={locale} />;
  if (Array.isArray(answer))
    return (
      <ul className={classes.several}>
        {answer.map((key) => (
          <li key={key}>{wordsOf(key)}</li>
        ))}
      </ul>
    );
  if (typeof answer === 'number') return <>{answer.toLocaleString(locale === 'fr' ? 'fr-FR' : 'en-GB')}</>;
  if (typeof answer === 'boolean') return <>{t('agreed')}</>;
  switch (field.kind) {
    case 'one':
      return <>{wordsOf(answer)}</>;
    case 'date':
      return <>{isDay(answer) ? formatFullDate(answer, locale) : answer}</>;
    case 'email':
      return <Away href={`mailto:${encodeURI(answer)}`} words={answer} isSafe={answer.includes('@')} />;
    case 'phone':
      return <Away href={`tel:${answer.replace(/[^\d+]/g, '')}`} words={answer} isSafe />;
    case 'link':
      return <Away href={answer} words={answer} isSafe={/^https?:\/\//i.test(answer)} />;
    default:
      return <span className={classes.text}>{answer}</span>;
  }
}

const isDay = (text: string) => !Number.isNaN(Date.parse(text));

/** Words of a stranger lead only where they say that they do. */
function Away({ href, words, isSafe }: { href: string; words: string; isSafe: boolean }) {
  if (!isSafe) return <span className={classes.text}>{words}</span>;
  return (
    <a className={`link ${classes.text}`} href={href} target="_blank" rel="noopener noreferrer nofollow">
      {words}
    </a>
  );
}
