import { Button, Checkbox, NumberInput, Switch, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LadderRung, ReminderLadder, RungSetting } from '../../../../../src/contracts/reminders/reminder-ladder';
import { useCohort } from '../../../api/session';
import type { Locale } from '../../../api/types';
import { takeFocus } from '../../../ui/page/focus';
import { useSubmit } from '../../../ui/forms/form';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import classes from './ladder.module.css';
import { RungPreview } from './RungPreview';
import WhatIf from '../what-if/WhatIf';
import { useSaveLadder, withRung } from './queries';
import { useRungWords } from './rung-words';

const MAX_WORDS = 300;

interface RungFormProps {
  cohortId: string;
  ladder: ReminderLadder;
  rung: LadderRung;
  onClose: () => void;
}

/** One rung, edited in its place. Its fields carry the names by which the API says what is wrong with them. */
export function RungForm({ cohortId, ladder, rung, onClose }: RungFormProps) {
  const { t } = useTranslation('reminders');
  const { nameOf } = useRungWords();
  const save = useSaveLadder(cohortId);
  const main: Locale = useCohort()?.locale ?? 'en';
  const other: Locale = main === 'en' ? 'fr' : 'en';
  const form = useForm({
    initialValues: { rungs: [valuesOf(rung)] },
    validate: ({ rungs: [said] }) =>
      Object.fromEntries(
        [main, ...(said?.also ? [other] : [])]
          .filter((locale) => said?.own && said.text[locale].trim() === '')
          .map((locale) => [`rungs.0.text.${locale}`, t('ladder.form.missing')]),
      ),
  });
  const [values = valuesOf(rung)] = form.values.rungs;
  const close = () => {
    onClose();
    giveFocusTo(rung.kind);
  };
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ rungs: [changed] }) => {
      if (changed) await save.mutateAsync({ ladder, rung: settingFrom(rung, changed, main) });
      close();
    },
    'reminders',
  );
  const [asksWhatIf, setAsks] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const wordsAt = (locale: 'en' | 'fr') => ({
    label: t(`ladder.form.${locale}`),
    maxLength: MAX_WORDS,
    autosize: true,
    minRows: 2,
    lang: locale,
    ...form.getInputProps(`rungs.0.text.${locale}`),
  });
  return (
    <form
      onSubmit={submit}
      noValidate
      className={classes.form}
      aria-label={`${t(`subjects.${rung.subject}`)}, ${nameOf(rung)}`}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <h2 className={classes.formHead}>
        {t(`subjects.${rung.subject}`)}, {nameOf(rung)}
      </h2>
      <Switch ref={first} label={t('ladder.form.on')} {...form.getInputProps('rungs.0.on', { type: 'checkbox' })} />
      {rung.min < rung.max && (
        <NumberInput
          className={classes.count}
          label={t(`ladder.form.${rung.by}_${rung.unit}`)}
          description={t('ladder.form.bounds', { min: rung.min, max: rung.max, usual: rung.byDefault.count })}
          allowDecimal={false}
          {...form.getInputProps('rungs.0.count')}
        />
      )}
      <Checkbox.Group label={t('ladder.form.channels')} {...form.getInputProps('rungs.0.channels')}>
        <div className="row wrap g16 mt8">
          <Checkbox value="inbox" label={t('channels.inbox')} />
          <Checkbox value="mail" label={t('channels.mail')} />
        </div>
      </Checkbox.Group>
      <Checkbox
        label={t('ladder.form.own')}
        description={t('ladder.form.ownHelp', { names: rung.placeholders.map((name) => `{${name}}`).join(' ') })}
        {...form.getInputProps('rungs.0.own', { type: 'checkbox' })}
      />
      {values.own && (
        <div className={classes.languages}>
          <Textarea {...wordsAt(main)} />
          {values.also && <Textarea {...wordsAt(other)} />}
        </div>
      )}
      {values.own && (
        <Checkbox
          label={t(`ladder.form.also.${other}`)}
          description={t('ladder.form.alsoHelp')}
          {...form.getInputProps('rungs.0.also', { type: 'checkbox' })}
        />
      )}
      <RungPreview cohortId={cohortId} rung={settingFrom(rung, values, main)} />
      {asksWhatIf ? (
        <section aria-label={t('whatIf.rules')} tabIndex={-1} ref={takeFocus}>
          <WhatIf
            cohortId={cohortId}
            change={{ change: 'rules', rungs: withRung(ladder, settingFrom(rung, values, main)) }}
          />
        </section>
      ) : (
        <div>
          <Button variant="default" size="sm" onClick={() => setAsks(true)}>
            {t('whatIf.rules')}
          </Button>
        </div>
      )}
      <ProblemAlert error={problem} ns="reminders" />
      <div className="row wrap">
        <Button type="submit" variant="filled" loading={busy}>
          {t('ladder.form.save')}
        </Button>
        <Button variant="subtle" onClick={close}>
          {t('common:cancel')}
        </Button>
        {rung.isChanged && (
          <Button variant="subtle" className="right" onClick={() => form.setValues({ rungs: [usualOf(rung)] })}>
            {t('ladder.form.usual')}
          </Button>
        )}
      </div>
    </form>
  );
}

interface Values {
  on: boolean;
  count: number | string;
  channels: RungSetting['channels'];
  own: boolean;
  /** The other language has a sentence of its own; else that of the cohort’s language is sent to all. */
  also: boolean;
  text: Record<Locale, string>;
}

const valuesOf = ({ on, count, channels, text }: LadderRung): Values => ({
  ...{ on, count, channels },
  own: text !== null,
  also: text !== null && text.en !== text.fr,
  text: text ?? { en: '', fr: '' },
});

const usualOf = ({ byDefault }: LadderRung): Values => ({
  ...{ ...byDefault, on: true },
  own: false,
  also: false,
  text: { en: '', fr: '' },
});

/** `main`: the language of the cohort, whose sentence stands for the other where that has none. */
const settingFrom = (
  { kind }: LadderRung,
  { on, count, channels, own, also, text }: Values,
  main: Locale,
): RungSetting => ({
  ...{ kind, on, channels },
  count: Number(count),
  text: own ? (also ? text : { en: text[main], fr: text[main] }) : null,
});

/** Back to where the form was opened. */
function giveFocusTo(kind: string): void {
  setTimeout(() => document.querySelector<HTMLElement>(`[data-rung="${kind}"]`)?.focus());
}
