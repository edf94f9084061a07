import { Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import { DECISION_HELD_MINUTES, type DecisionKind } from '../../../../../src/contracts/calls/decisions';
import type { InBoth } from '../../../../../src/contracts/calls/forms';
import { dayOf, plusDays } from '../../../../../src/common/times/zoned';
import { useLocale, useZone } from '../../../time/clock';
import { formatTime, zoneWords } from '../../../time/format';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../../ui/forms/form';
import { toast } from '../../../ui/toast';
import classes from '../calls.module.css';
import { MomentField } from '../../../ui/times/MomentField';
import { instantOf } from '../../../ui/times/moments';
import { LANGUAGES } from '../languages';
import { useDeciding } from '../queries';
import type { Decided } from './Deciding';

const HELD_MS = DECISION_HELD_MINUTES * 60_000;
/** So long one usually has to confirm a place, until the end of a working day. */
const CONFIRM_DAYS = 10;
const END_OF_DAY = '18:00';

interface DecideDialogProps {
  cohortId: string;
  call: Call;
  /** Those that are chosen, as far as they are on the page. */
  chosen: readonly Decided[];
  kind: DecisionKind;
  onClose: () => void;
  onDecided: () => void;
}

type Values = { words: InBoth; offer: InBoth; confirmBy: string | null } & Record<string, unknown>;

/** The words of the letters, which begin as usual ones; nobody gets one for an hour. */
export function DecideDialog({ cohortId, call, chosen, kind, onClose, onDecided }: DecideDialogProps) {
  const { t } = useTranslation('calls');
  const { t: inEnglish } = useTranslation('calls', { lng: 'en' });
  const { t: inFrench } = useTranslation('calls', { lng: 'fr' });
  const locale = useLocale();
  const zone = useZone();
  const fieldText = useFieldText('calls');
  const { decide } = useDeciding(cohortId, call.id);
  const usual = (key: DecisionKind | 'offer'): InBoth => {
    const fields = { name: '{name}', number: '{number}' };
    return { en: inEnglish(`decide.usual.${key}`, fields), fr: inFrench(`decide.usual.${key}`, fields) };
  };
  const missing = (value: string) => (value.trim() === '' ? fieldText('required') : null);
  const form = useForm<Values>({
    initialValues: {
      words: usual(kind),
      offer: usual('offer'),
      confirmBy: kind === 'accepted' ? usualDay(call.timeZone) : null,
    },
    validate: {
      words: { en: missing, fr: missing },
      // In both languages, or in none.
      offer: {
        en: (value, { offer }) => (offer.fr.trim() === '' ? null : missing(value)),
        fr: (value, { offer }) => (offer.en.trim() === '' ? null : missing(value)),
      },
      confirmBy: (value) =>
        value !== null && Date.parse(value) <= Date.now() + HELD_MS
          ? t('decide.confirmWrong', { minutes: DECISION_HELD_MINUTES })
          : null,
    },
  });
  const sending = useSubmit(
    form,
    async ({ words, offer, confirmBy }) => {
      const done = await decide({
        ...{ applicationIds: chosen.map(({ id }) => id), decision: kind, words, confirmBy },
        offer: kind === 'waiting' && offer.en.trim() !== '' ? offer : null,
      });
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
  const inLanguages = (path: 'words' | 'offer') =>
    (locale === 'fr' ? LANGUAGES.toReversed() : LANGUAGES).map((language) => (
      <Textarea
        key={language}
        label={t(`decide.${path}.${language}`)}
        description={t('decide.fields')}
        lang={language}
        autosize
        minRows={path === 'words' ? 4 : 3}
        maxRows={12}
        maxLength={3000}
        {...form.getInputProps(`${path}.${language}`)}
        data-path={`${path}.${language}`}
      />
    ));
  return (
    <FormDialog
      title={t(`decide.titles.${kind}`, { count: chosen.length })}
      act={t(`decide.acts.${kind}`)}
      ns="calls"
      onClose={onClose}
      {...sending}
    >
      <p className="t2">{t('decide.what', { minutes: DECISION_HELD_MINUTES })}</p>
      {kind === 'accepted' && (
        <div>
          <MomentField
            id="confirmBy"
            label={t('decide.confirmBy')}
            timeLabel={t('decide.confirmTime')}
            usual={END_OF_DAY}
            zone={call.timeZone}
            value={form.values.confirmBy}
            error={form.errors.confirmBy}
            onChange={(confirmBy) => form.setFieldValue('confirmBy', confirmBy)}
          />
          <p className="t2 xs mt4">{t('decide.confirmHelp', { zone: zoneWords(call.timeZone) })}</p>
        </div>
      )}
      {inLanguages('words')}
      {first && (
        <div>
          <p className="lbl">{t('decide.sample', { name: first.name || (first.email ?? first.number) })}</p>
          <p className={classes.sample}>{sample}</p>
        </div>
      )}
      {kind === 'waiting' && (
        <fieldset className="stackv g16">
          <legend className="bold">{t('decide.offers')}</legend>
          <p className="t2">{t('decide.offersHelp')}</p>
          {inLanguages('offer')}
        </fieldset>
      )}
    </FormDialog>
  );
}

/** In the zone of the call, some days after the letters have gone. */
const usualDay = (zone: string) =>
  instantOf({ day: plusDays(dayOf(new Date(Date.now() + HELD_MS), zone), CONFIRM_DAYS), time: END_OF_DAY }, zone);
