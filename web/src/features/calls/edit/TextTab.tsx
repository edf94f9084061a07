import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import { useNow } from '../../../time/clock';
import { ZoneSelect } from '../../../ui/forms/ZoneSelect';
import { MarkdownEditor } from '../../../ui/markdown/MarkdownEditor';
import { Group } from '../../../ui/page/Group';
import classes from '../calls.module.css';
import { DatesField } from './DatesField';
import { InLanguages, useLanguages } from './InLanguages';
import { inZone } from './moments';
import type { Lack } from './lacks';
import { useErrorAt } from './useErrorAt';
import { MomentField } from '../../../ui/times/MomentField';
import type { CallDraft } from './useCallDraft';

const MAX = { title: 120, lead: 300, text: 20_000, outcome: 300 } as const;

interface TextTabProps {
  call: Call;
  writing: CallDraft;
  lacks: readonly Lack[];
}

/** What the page of a call says, in both languages, and when what happens. */
export default function TextTab({ call, writing, lacks }: TextTabProps) {
  const { t } = useTranslation('calls');
  const languages = useLanguages();
  const now = useNow();
  const { draft, write } = writing;
  const { opensAt, closesAt, timeZone } = draft;
  const isPublic = call.state !== 'draft';
  const errorAt = useErrorAt(lacks);
  return (
    <>
      {call.abilities.tellOutcome && (
        <Group title={t('parts.outcome')} className="mt24">
          <p className="t2 mt8">{t('text.outcomeHelp')}</p>
          <div className={`${classes.fields} mt16`}>
            <InLanguages
              id="call-outcome"
              label={t('parts.outcome')}
              max={MAX.outcome}
              value={draft.outcome}
              onChange={(outcome) => write({ outcome })}
              errorIn={(language) => errorAt(`call-outcome-${language}`)}
            />
          </div>
        </Group>
      )}
      <fieldset className={`${classes.fields} mt24`} disabled={!call.abilities.edit}>
        <InLanguages
          id="call-title"
          label={t('parts.title')}
          max={MAX.title}
          value={draft.title}
          onChange={(title) => write({ title })}
          errorIn={(language) => errorAt(`call-title-${language}`)}
        />
        <InLanguages
          id="call-lead"
          label={t('parts.lead')}
          max={MAX.lead}
          value={draft.lead}
          onChange={(lead) => write({ lead })}
          errorIn={(language) => errorAt(`call-lead-${language}`)}
        />
        <div className={classes.pair}>
          {languages.map((language) => (
            <div key={language} lang={language}>
              <MarkdownEditor
                id={`call-text-${language}`}
                label={t(`in.${language}`, { what: t('parts.text') })}
                minRows={12}
                maxLength={MAX.text}
                value={draft.text[language]}
                error={errorAt(`call-text-${language}`)}
                onChange={(words) => write(({ text }) => ({ text: { ...text, [language]: words } }))}
              />
            </div>
          ))}
        </div>
        <p className="xs t3">{t('text.headings')}</p>
        <Group title={t('text.when')} className="mt16">
          <div className={`${classes.times} mt16`}>
            <MomentField
              id="call-opensAt"
              label={t('parts.opensAt')}
              timeLabel={t('text.opensTime')}
              usual="09:00"
              zone={timeZone}
              value={opensAt}
              error={errorAt('call-opensAt')}
              // Once it is over it is what it was.
              disabled={isPublic && call.opensAt !== null && Date.parse(call.opensAt) <= now}
              onChange={(at) => write({ opensAt: at })}
            />
            <MomentField
              id="call-closesAt"
              label={t('parts.closesAt')}
              timeLabel={t('text.closesTime')}
              usual="12:00"
              zone={timeZone}
              value={closesAt}
              error={errorAt('call-closesAt')}
              disabled={isPublic}
              description={isPublic && call.abilities.extend ? t('text.toExtend') : undefined}
              onChange={(at) => write({ closesAt: at })}
            />
            <div className={classes.zone}>
              <ZoneSelect
                label={t('parts.timeZone')}
                value={timeZone}
                onChange={(zone) => zone !== null && write((so) => inZone(so, zone, isPublic))}
              />
            </div>
          </div>
        </Group>
        <DatesField dates={draft.dates} errorAt={errorAt} onChange={(dates) => write({ dates })} />
        <Group title={t('text.keeping')} className="mt16">
          <NumberInput
            className="mt16"
            id="call-keepRefusedMonths"
            label={t('parts.keepRefusedMonths')}
            description={t('text.keepHelp')}
            maw={400}
            min={1}
            max={24}
            allowDecimal={false}
            clampBehavior="blur"
            value={draft.keepRefusedMonths}
            onChange={(months) =>
              typeof months === 'number' && months >= 1 && months <= 24 && write({ keepRefusedMonths: months })
            }
          />
        </Group>
      </fieldset>
    </>
  );
}
