import { Button } from '@mantine/core';
import { IconBan, IconEyeOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Review } from '../../../../src/contracts/selection/reviews';
import { listOf } from '../../i18n/list-of';
import { useLocale } from '../../time/clock';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { said } from '../apply/call/timing';
import { AnswerList } from '../call-forms/AnswerList';
import { type FieldFiles, FieldFilesContext } from '../call-forms/field-files';
import { Due } from './Due';
import { openFile } from './queries';
import classes from './reviews.module.css';

/** The file itself, as far as this step shows it; of a conflict of interest nothing. */
export function FilePart({ review, onConflict }: { review: Review; onConflict: (() => void) | undefined }) {
  const { t } = useTranslation('reviews');
  const locale = useLocale();
  const { id, number, step, call, file } = review;
  const files = useMemo<FieldFiles>(() => ({ open: (answer) => openFile(id, answer) }), [id]);
  const hidden = file?.hidden.map((one) => said(one, locale)) ?? [];
  // What the server puts in the place of a name.
  const isCut =
    hidden.length > 0 &&
    Object.values(file?.answers ?? {}).some((one) => typeof one === 'string' && one.includes('[…]'));
  const craft = file?.craft && said(file.craft, locale);
  return (
    <article className={classes.file} tabIndex={0} data-scrolls aria-label={t('file.title', { number })}>
      <div className="page">
        <PageHeader
          title={t('file.title', { number })}
          crumbs={[
            { label: said(call.title, locale), link: { to: '/calls/$slug', params: { slug: call.slug } } },
            { label: t('file.step', { number: step.number, step: said(step.name, locale) }) },
          ]}
          lead={
            <p className={classes.lead}>
              {craft && <span>{craft}</span>}
              {hidden.length > 0 && (
                <span>
                  <Icon of={IconEyeOff} size={16} /> {t('file.hidden', { fields: listOf(hidden, locale) })}
                </span>
              )}
              {(step.dueAt !== null || step.state === 'closed') && <Due step={step} />}
              {isCut && <span>{t('file.cut')}</span>}
            </p>
          }
        >
          {onConflict && (
            <Button leftSection={<Icon of={IconBan} size={16} />} onClick={onConflict}>
              {t('conflict.act')}
            </Button>
          )}
        </PageHeader>
        {file ? (
          <div className={`${classes.answers} mt16`}>
            <FieldFilesContext value={files}>
              <AnswerList fields={file.form.fields} answers={file.answers} locale={locale} level={2} />
            </FieldFilesContext>
          </div>
        ) : (
          <p className="t2 md mt16 measure">{t('conflict.nothing')}</p>
        )}
      </div>
    </article>
  );
}
