import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shownFields } from '../../../../../src/contracts/calls/answers';
import type { Application } from '../../../../../src/contracts/calls/applications';
import { useStore } from '../../../api/store';
import { bringWords } from '../../../i18n/i18n';
import { useLocale, useZone } from '../../../time/clock';
import { capital, formatFullDate } from '../../../time/format';
import { Part } from '../../../ui/forms/Part';
import { Group } from '../../../ui/page/Group';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Panel } from '../../../ui/page/Panel';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { Notice } from '../../../ui/page/State';
import { AnswerList } from '../../call-forms/AnswerList';
import classes from '../apply.module.css';
import { Timeline, ZoneNote } from '../call/Timeline';
import { momentIn, spanTo } from '../call/timing';
import { useTick } from '../call/useTick';
import { FileFrame } from './FileFrame';
import { AskedNotice } from '../asks/Asked';
import { MyMessages } from './MyMessages';
import { MyPlace } from '../asks/MyPlace';
import { answersOf, isSame, isUnsaved } from '../../../api/autosave/draft';
import { shownSections } from './sections';
import type { Saver } from './saver';
import { Withdraw } from './Withdraw';
import { focusStanding } from './standing';
import { useHandIn } from './useHandIn';

// Its words come along.
const OwnInterview = lazyPart(async () => {
  const [part] = await Promise.all([import('../../interviews/OwnInterview'), bringWords('interviews')]);
  return part;
});
// Only who is accepted needs it.
const MyWishes = lazyPart(() => import('./MyWishes'));

/** A file that was handed in: its receipt, where it stands, what is in it, and what one can still do. */
export function Submitted({ saver, onChange }: { saver: Saver; onChange: () => void }) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const { draft } = useStore(saver.shown);
  const application = draft.server;
  const { call, form, number, submitted, abilities, decision } = application;
  if (!submitted) return null;
  const at = momentIn(submitted.at, zone, locale);
  const before = {
    ...{ key: 'handed-in', time: at, dateTime: submitted.at, title: t('stamp.submitted') },
    ...{ text: t('dates.times', { times: submitted.times }), until: Date.parse(submitted.at) },
  };
  const isOpen = abilities.edit && call.isOpen;
  const isChanged = submitted.isChanged || isUnsaved(draft);
  return (
    <FileFrame
      application={application}
      stamp={decision?.kind ?? 'submitted'}
      bar={isOpen && !isChanged && <ChangeBar call={call} onChange={onChange} />}
      beside={t('file.receipt', { at: capital(at), number: number ?? '' })}
    >
      {decision && decision.kind !== 'lapsed' && (
        <div className="mt16">
          <Notice>
            <p className="bold">{t(`decision.${decision.kind}`)}</p>
            <p className={classes.decision}>{decision.words}</p>
          </Notice>
        </div>
      )}
      {!call.isOpen && decision?.kind !== 'declined' && decision?.kind !== 'lapsed' && (
        <Part fallback={null}>
          <OwnInterview saver={saver} />
        </Part>
      )}
      {decision?.place && <MyPlace saver={saver} place={decision.place} />}
      {application.asked && <AskedNotice application={application} onAnswer={onChange} />}
      {isChanged && !application.asked && <Changed saver={saver} at={at} onChange={onChange} />}
      <div className="two">
        <div>
          {decision?.kind === 'accepted' && call.kind === 'fellows' && (
            <Part fallback={<RowSkeleton rows={3} />}>
              <MyWishes saver={saver} />
            </Part>
          )}
          <Group title={t('file.stands')} right={<ZoneNote />} className="">
            <div className="mt16">
              <Timeline call={call} before={[before]} isOwn />
            </div>
          </Group>
          <MyMessages saver={saver} />
          <Group title={t('file.handedIn')} className="mt32">
            <div className="mt16">
              <AnswerList fields={form.fields} answers={submitted.answers} locale={locale} />
            </div>
          </Group>
        </div>
        <aside className="side" aria-label={t('file.acts')}>
          {isOpen && !isChanged && <Change call={call} onChange={onChange} />}
          <Group title={t('call.data')} className={isOpen && !isChanged ? 'mt32' : ''}>
            <p className="mt12">{t('data.sentTo', { email: application.email })}</p>
            <p className="mt8">
              {t(decision?.kind === 'accepted' ? 'data.taken' : 'data.until', {
                day: eraseWords(application, zone, locale),
              })}
            </p>
          </Group>
          {abilities.withdraw && (
            <Group title={t('withdraw.title')} className="mt32">
              <p className="t2 mt12">{t('withdraw.what')}</p>
              <Withdraw saver={saver} />
            </Group>
          )}
        </aside>
      </div>
    </FileFrame>
  );
}

/** The day on which all of it is erased. */
export const eraseWords = ({ eraseAt }: Pick<Application, 'eraseAt'>, zone: string, locale: 'en' | 'fr') =>
  formatFullDate(Temporal.Instant.from(eraseAt).toZonedDateTimeISO(zone).toPlainDate().toString(), locale);

/** What was typed since is with nobody until it is handed in again. */
function Changed({ saver, at, onChange }: { saver: Saver; at: string; onChange: () => void }) {
  const { t } = useTranslation('apply');
  const { draft } = useStore(saver.shown);
  const locale = useLocale();
  const { abilities, form, submitted } = draft.server;
  const answers = answersOf(draft);
  const sections = shownSections(form.fields, answers);
  // Once nothing can be handed in any more, what was typed can be read here alone.
  const changed = shownFields(form.fields, answers)
    .filter(({ key }) => answers[key] !== undefined && !isSame(answers[key], submitted?.answers[key]))
    .map((field) => ({ ...field, shownIf: [] }));
  // What is missing is shown where it can be answered.
  const handIn = useHandIn(saver, sections, { onTried: onChange, onDone: focusStanding });
  return (
    <div className="mt16">
      <Notice>
        <p className="bold">{t('changed.title')}</p>
        <p>{t(abilities.submit ? 'changed.what' : 'changed.over', { at })}</p>
        {abilities.submit && (
          <div className="row wrap mt8">
            <Button size="sm" variant="filled" loading={handIn.busy} onClick={handIn.act}>
              {t('file.handInAgain')}
            </Button>
            <Button size="sm" onClick={onChange}>
              {t('changed.see')}
            </Button>
          </div>
        )}
        <ProblemAlert error={handIn.problem} ns="apply" />
        {!abilities.submit && (
          <div className="mt8">
            <AnswerList fields={changed} answers={answers} locale={locale} />
          </div>
        )}
      </Notice>
    </div>
  );
}

interface ChangeProps {
  call: Application['call'];
  onChange: () => void;
}

/** At the foot of a phone: the page is long. */
function ChangeBar({ call, onChange }: ChangeProps) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  return (
    <>
      <span className="grow">
        <b>{t('stamp.submitted')}</b>
        <small className="xs t2">{t('change.bar', { at: momentIn(call.closesAt, zone, locale) })}</small>
      </span>
      <Button size="lg" onClick={onChange}>
        {t('change.act')}
      </Button>
    </>
  );
}

function Change({ call, onChange }: ChangeProps) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const span = spanTo(call.closesAt, useTick(call.closesAt), locale);
  return (
    <Panel className={classes.card}>
      <p className="t2">{t('change.until')}</p>
      <p className={classes.countdown}>{capital(momentIn(call.closesAt, zone, locale))}</p>
      <p>{t('change.what', { span })}</p>
      <Button className="mt12" size="lg" fullWidth onClick={onChange}>
        {t('change.act')}
      </Button>
    </Panel>
  );
}
