import { Checkbox, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type InterviewPanel, MAX_INVITED } from '../../../../src/contracts/selection/interviews';
import { useLocale } from '../../time/clock';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../ui/forms/form';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { toast } from '../../ui/toast';
import { said } from '../apply/call/timing';
import classes from './interviews.module.css';
import { type OfCall, useInterviewActs, useInvitable } from './queries';

/** More are found by their name or number. */
const MOST_SHOWN = 50;

interface InviteDialogProps {
  of: OfCall;
  panel: InterviewPanel;
  onClose: () => void;
}

/** Whom a panel talks to: chosen among the files that are not invited yet. Each gets a letter. */
export default function InviteDialog({ of, panel, onClose }: InviteDialogProps) {
  const { t } = useTranslation('interviews');
  const locale = useLocale();
  const fieldText = useFieldText('interviews');
  const { invite } = useInterviewActs(of);
  const [sought, setSought] = useState('');
  const query = useInvitable(of);
  const form = useForm<{ applicationIds: string[] }>({
    initialValues: { applicationIds: [] },
    validate: { applicationIds: (ids) => (ids.length === 0 ? fieldText('required') : null) },
  });
  const sending = useSubmit(
    form,
    async ({ applicationIds }) => {
      const { invited } = await invite(panel.id, applicationIds);
      toast(t('invite.done', { count: invited }));
      onClose();
    },
    'interviews',
  );
  const chosen = new Set(form.values.applicationIds);
  const words = sought.trim().toLocaleLowerCase(locale);
  return (
    <FormDialog
      title={t('invite.title', { panel: panel.name })}
      act={t('invite.act', { count: chosen.size })}
      isKept={chosen.size > 0}
      ns="interviews"
      onClose={onClose}
      {...sending}
    >
      <p className="t2">{t('invite.what')}</p>
      <QueryBoundary query={query} ns="interviews">
        {({ items }) => {
          if (items.length === 0) return <p>{t('invite.none')}</p>;
          const found = items.filter(({ name, number }) =>
            `${name} ${number}`.toLocaleLowerCase(locale).includes(words),
          );
          const first = new Set(found.slice(0, MOST_SHOWN));
          const shown = items.filter((one) => first.has(one) || chosen.has(one.applicationId));
          return (
            <>
              <TextInput
                label={t('invite.seek')}
                value={sought}
                onChange={(event) => setSought(event.currentTarget.value)}
              />
              <Checkbox.Group
                label={t('invite.files')}
                data-path="applicationIds"
                {...form.getInputProps('applicationIds')}
              >
                <div className={`${classes.files} mt8`}>
                  {shown.map(({ applicationId, name, number, craft, isOwn, hasMissed }) => (
                    <Checkbox
                      key={applicationId}
                      value={applicationId}
                      disabled={isOwn || (chosen.size >= MAX_INVITED && !chosen.has(applicationId))}
                      label={name || number}
                      description={
                        isOwn
                          ? t('invite.own')
                          : [number, craft && said(craft, locale), hasMissed && t('invite.missed')]
                              .filter(Boolean)
                              .join(', ')
                      }
                    />
                  ))}
                </div>
              </Checkbox.Group>
              {found.length > MOST_SHOWN && (
                <p className="t2">{t('invite.more', { count: found.length - MOST_SHOWN })}</p>
              )}
            </>
          );
        }}
      </QueryBoundary>
    </FormDialog>
  );
}
