import { Button, VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../api/store';
import { useLocale, useZone } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { PageHeader } from '../../../ui/page/PageHeader';
import { Notice } from '../../../ui/page/State';
import { CallFrame, type PagePart, PageParts } from '../CallFrame';
import classes from '../apply.module.css';
import { said } from '../call/timing';
import { AskedNotice, AskedUntil } from '../asks/Asked';
import { Closing } from './Closing';
import { MissingPanel } from './MissingPanel';
import { FailingLine, SaveLine, SaveTold } from './SaveLine';
import { SectionFields } from './SectionFields';
import { Stamp } from './Stamp';
import { eraseWords } from './Submitted';
import { Withdraw } from './Withdraw';
import { answersOf, isUnsaved } from '../../../api/autosave/draft';
import { type ShownSection, openSections } from './sections';
import type { Saver } from './saver';
import { STANDING } from './standing';
import { useHandIn } from './useHandIn';

/** A file that is filled in: not handed in yet, or changed since. */
export function Editing({ saver, onDone }: { saver: Saver; onDone: () => void }) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  const shown = useStore(saver.shown);
  const { draft } = shown;
  const application = draft.server;
  const { state, call, submitted, asked, abilities, eraseAt } = application;
  const zone = useZone();
  const answers = useMemo(() => answersOf(draft), [draft]);
  const sections = useMemo(() => openSections(application, answers), [application, answers]);
  const [wasTried, setTried] = useState(false);
  const handIn = useHandIn(saver, sections, { onTried: () => setTried(true), onDone });
  const parts = useMemo(() => sections.map((one, at) => partOf(one, at, t, locale)), [sections, t, locale]);
  const isChanged = state === 'submitted' && (submitted?.isChanged === true || isUnsaved(draft));
  const stamp = <Stamp state={state} />;
  const isIn = state === 'submitted';
  const panel = (
    <MissingPanel
      sections={sections}
      draft={draft}
      handIn={handIn}
      isAgain={isIn}
      isChanged={isChanged || !isIn}
      onBack={state === 'draft' ? undefined : onDone}
    />
  );
  const missing = sections.reduce((sum, section) => sum + section.missing.length, 0);
  return (
    <CallFrame
      colour={call.cohort.color}
      aside={<PageParts title={t('file.sections', { count: parts.length })} parts={parts} />}
      barTone={isChanged || !isIn ? 'wait' : undefined}
      bar={
        <>
          <span className="grow">
            <b>{t(isChanged ? 'stamp.changed' : `stamp.${state}`)}</b>
            <small className="xs">
              <span>{t('file.missing', { count: missing })}</span>
              <SaveLine shown={shown} />
            </small>
          </span>
          <Button size="lg" onClick={() => document.getElementById('missing')?.focus()}>
            {t('file.see')}
          </Button>
        </>
      }
    >
      <FailingLine shown={shown} />
      <SaveTold shown={shown} />
      <div className="page">
        <PageHeader
          title={t('file.title')}
          tab={t('file.tab', { call: said(call.title, locale) })}
          crumbs={[
            { label: t('crumb'), link: { to: '/calls' } },
            {
              label: t(`kind.${call.kind}`, { cohort: call.cohort.name }),
              link: { to: '/calls/$slug', params: { slug: call.slug } },
            },
          ]}
          lead={
            <div id={STANDING} tabIndex={-1} className={`${classes.standing} mt8`}>
              {stamp}
              {call.isOpen || !asked ? <Closing call={call} /> : <AskedUntil until={asked.until} />}
            </div>
          }
        >
          <span className="only-wide">
            <SaveLine shown={shown} />
          </span>
        </PageHeader>
        {asked && <AskedNotice application={application} />}
        {isChanged && !asked && (
          <div className="mt16">
            <Notice>{t('file.changed')}</Notice>
          </div>
        )}
        {state === 'withdrawn' && (
          <div className="mt16">
            <Notice>{t('file.withdrawn', { day: eraseWords({ eraseAt }, zone, locale) })}</Notice>
          </div>
        )}
        <div className="two narrow">
          <div className={classes.fields}>
            {sections.map((section, at) => (
              <SectionFields
                key={section.id}
                section={section}
                number={at + 1}
                saver={saver}
                draft={draft}
                answers={answers}
                showMissing={wasTried}
              />
            ))}
            <div className={`${classes.foot} only-wide`}>
              {stamp}
              <Button variant="filled" loading={handIn.busy} onClick={handIn.act}>
                {t(isIn ? 'file.handInAgain' : 'file.handIn')}
              </Button>
            </div>
            <ProblemAlert error={handIn.problem} ns="apply" />
          </div>
          <aside className="side">
            {panel}
            {state === 'draft' && abilities.withdraw && (
              <div className={classes.aside}>
                <p className="t2">{t('withdraw.draft')}</p>
                <Withdraw saver={saver} />
              </div>
            )}
          </aside>
        </div>
      </div>
    </CallFrame>
  );
}

type Translate = ReturnType<typeof useTranslation<'apply'>>['t'];

function partOf({ id, section, missing }: ShownSection, at: number, t: Translate, locale: 'en' | 'fr'): PagePart {
  const title = section ? said(section.label, locale) : t('form.first');
  return {
    id,
    label: t('form.section', { number: at + 1, title }),
    note:
      missing.length === 0 ? (
        <span className={classes.done}>
          <Icon of={IconCheck} size={16} />
          <VisuallyHidden>{t('file.complete')}</VisuallyHidden>
        </span>
      ) : (
        <span className={classes.lacks}>
          <span aria-hidden="true">{missing.length}</span>
          <VisuallyHidden>{t('file.missing', { count: missing.length })}</VisuallyHidden>
        </span>
      ),
  };
}
