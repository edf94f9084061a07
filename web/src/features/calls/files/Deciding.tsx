import { Button, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { ApplicationSummary } from '../../../../../src/contracts/calls/applications';
import {
  type DecideApplications,
  DECISION_HELD_MINUTES,
  type DecisionKind,
} from '../../../../../src/contracts/calls/decisions';
import { useLocale, useZone } from '../../../time/clock';
import { formatTime } from '../../../time/format';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../../ui/forms/form';
import { toast } from '../../../ui/toast';
import classes from '../calls.module.css';
import { LANGUAGES } from '../languages';
import { useDeciding } from '../queries';

export const KINDS = ['accepted', 'waiting', 'declined'] as const satisfies DecisionKind[];

interface DecidingProps {
  cohortId: string;
  call: Call;
  /** Those that are chosen, as far as they are on the page. */
  chosen: readonly ApplicationSummary[];
  onDone: () => void;
}

/** What is done with the files that are chosen: each of the three decisions, with the words of its letter. */
export function Deciding({ cohortId, call, chosen, onDone }: DecidingProps) {
  const { t } = useTranslation('calls');
  const [kind, setKind] = useState<DecisionKind | null>(null);
  return (
    <div className={classes.deciding} role="group" aria-label={t('decide.label')}>
      <b role="status">{t('decide.chosen', { count: chosen.length })}</b>
      {KINDS.map((one) => (
        <Button key={one} size="sm" variant={one === 'accepted' ? 'filled' : 'default'} onClick={() => setKind(one)}>
          {t(`decide.acts.${one}`)}
        </Button>
      ))}
      <Button size="sm" variant="subtle" onClick={onDone}>
        {t('decide.none')}
      </Button>
      {kind && (
        <DecideDialog
          {...{ cohortId, call, chosen, kind }}
          onClose={() => setKind(null)}
          onDecided={() => {
            setKind(null);
            onDone();
          }}
        />
      )}
    </div>
  );
}

interface DecideDialogProps extends Omit<DecidingProps, 'onDone'> {
  kind: DecisionKind;
  onClose: () => void;
  onDecided: () => void;
}

/** The words of the letters, which begin as usual ones; nobody gets one for an hour. */
function DecideDialog({ cohortId, call, chosen, kind, onClose, onDecided }: DecideDialogProps) {
  const { t } = useTranslation('calls');
  const { t: inEnglish } = useTranslation('calls', { lng: 'en' });
  const { t: inFrench } = useTranslation('calls', { lng: 'fr' });
  const locale = useLocale();
  const zone = useZone();
  const fieldText = useFieldText('calls');
  const { decide } = useDeciding(cohortId, call.id);
  const usual = { name: '{name}', number: '{number}' };
  const missing = (value: string) => (value.trim() === '' ? fieldText('required') : null);
  const form = useForm<Pick<DecideApplications, 'words'> & Record<string, unknown>>({
    initialValues: {
      words: { en: inEnglish(`decide.usual.${kind}`, usual), fr: inFrench(`decide.usual.${kind}`, usual) },
    },
    validate: { words: { en: missing, fr: missing } },
  });
  const sending = useSubmit(
    form,
    async ({ words }) => {
      const done = await decide({ applicationIds: chosen.map(({ id }) => id), decision: kind, words });
      toast(
        t('decide.done', { count: done.decided, left: done.left.length, at: formatTime(done.sendAt, zone, locale) }),
      );
      onDecided();
    },
    'calls',
  );
  const first = chosen[0];
  const sample = form.values.words[locale]
    .replaceAll('{name}', first?.name ?? '')
    .replaceAll('{number}', first?.number ?? '');
  return (
    <FormDialog
      title={t(`decide.titles.${kind}`, { count: chosen.length })}
      act={t(`decide.acts.${kind}`)}
      ns="calls"
      onClose={onClose}
      {...sending}
    >
      <p className="t2">{t('decide.what', { minutes: DECISION_HELD_MINUTES })}</p>
      {(locale === 'fr' ? LANGUAGES.toReversed() : LANGUAGES).map((language) => (
        <Textarea
          key={language}
          label={t(`decide.words.${language}`)}
          description={t('decide.fields')}
          lang={language}
          autosize
          minRows={4}
          maxRows={12}
          maxLength={3000}
          {...form.getInputProps(`words.${language}`)}
          data-path={`words.${language}`}
        />
      ))}
      {first && (
        <div>
          <p className="lbl">{t('decide.sample', { name: first.name || first.email })}</p>
          <p className={classes.sample}>{sample}</p>
        </div>
      )}
    </FormDialog>
  );
}
