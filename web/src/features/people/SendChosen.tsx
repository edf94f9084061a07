import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '../../../../src/contracts/cohorts/cohorts';
import { ConfirmDialog } from '../../ui/confirm';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../ui/forms/form';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toastProblem } from '../../ui/toast';
import classes from './people.module.css';
import { AT_ONCE, isUnsent, type Sending } from './sending';
import { DayToSend } from './WhenToSend';

interface SendChosenProps {
  chosen: readonly Invitation[];
  onSend: (sending: Sending, whom: readonly Invitation[]) => Promise<void>;
  onNone: () => void;
}

/** What is done with the letters of those that are chosen: now, on a day, or not on the day that was set. */
export function SendChosen({ chosen, onSend, onNone }: SendChosenProps) {
  const { t } = useTranslation('people');
  const text = useProblemText('people');
  const [asking, setAsking] = useState<'now' | 'on' | null>(null);
  const [busy, setBusy] = useState(false);
  const count = chosen.length;
  const again = chosen.filter((one) => !isUnsent(one)).length;
  const planned = chosen.filter(({ letter }) => letter === 'planned');
  const close = () => setAsking(null);
  const callOff = async () => {
    setBusy(true);
    try {
      await onSend({ when: 'not_yet', at: null }, planned);
    } catch (error) {
      toastProblem(text(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.chosen} role="group" aria-label={t('chosen.label')}>
      <b role="status">{t('chosen.count', { count })}</b>
      <Button size="sm" variant="filled" onClick={() => setAsking('now')}>
        {t(again === count ? 'sent.send' : 'sent.sendNow')}
      </Button>
      <Button size="sm" onClick={() => setAsking('on')}>
        {t('chosen.setDay')}
      </Button>
      {planned.length > 0 && (
        <Button size="sm" loading={busy} onClick={() => void callOff()}>
          {t('chosen.callOff')}
        </Button>
      )}
      <Button size="sm" variant="subtle" onClick={onNone}>
        {t('chosen.none')}
      </Button>
      <ConfirmDialog
        opened={asking === 'now'}
        onClose={close}
        title={t('chosen.nowTitle', { count })}
        act={t('chosen.nowAct', { count })}
        danger={false}
        keep={t('common:cancel')}
        ns="people"
        onConfirm={() => onSend(AT_ONCE, chosen)}
      >
        {t('chosen.nowBody', { first: count - again, again })}
      </ConfirmDialog>
      {asking === 'on' && <DayDialog chosen={chosen} onSend={onSend} onClose={close} />}
    </div>
  );
}

function DayDialog({ chosen, onSend, onClose }: Pick<SendChosenProps, 'chosen' | 'onSend'> & { onClose: () => void }) {
  const { t } = useTranslation('people');
  const fieldText = useFieldText('people');
  const form = useForm<{ sendAt: string | null } & Record<string, unknown>>({
    initialValues: { sendAt: null },
    validate: { sendAt: (at) => (at === null ? fieldText('required') : null) },
  });
  const sending = useSubmit(
    form,
    async ({ sendAt }) => {
      await onSend({ when: 'on', at: sendAt }, chosen);
      onClose();
    },
    'people',
  );
  return (
    <FormDialog
      title={t('chosen.dayTitle', { count: chosen.length })}
      act={t('chosen.dayAct')}
      ns="people"
      onClose={onClose}
      {...sending}
    >
      <p className="t2">{t('chosen.dayBody')}</p>
      <DayToSend
        at={form.values.sendAt}
        error={form.errors.sendAt}
        onChange={(at) => form.setFieldValue('sendAt', at)}
      />
    </FormDialog>
  );
}
