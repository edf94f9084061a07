import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationFile } from '../../../../../src/contracts/calls/applications';
import type { Place } from '../../../../../src/contracts/calls/places';
import { useLocale, useZone } from '../../../time/clock';
import { formatAbsolute, formatTime } from '../../../time/format';
import { Icon } from '../../../ui/Icon';
import { onEscapeOutsideFields } from '../../../ui/page/focus';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { toast, toastProblem } from '../../../ui/toast';
import { When } from '../../../ui/times/When';
import { AnswerList } from '../../call-forms/AnswerList';
import { Messages } from '../../call-forms/Messages';
import { type FieldFiles, FieldFilesContext } from '../../call-forms/field-files';
import classes from '../calls.module.css';
import { useAnswering, useDeciding, useFile, useMessages } from '../queries';
import { Acts } from './Acts';
import { Added } from './Added';
import { AskedPiece } from './AskedPiece';
import { DuplicateList, Notes, Tags } from './Desk';
import { FileState } from './FilesTable';

interface FileViewProps {
  cohortId: string;
  callId: string;
  fileId: string;
  /** Where it stands in what was found; null where it is not in it. */
  place: { at: number; of: number } | null;
  /** All tags of the call. */
  known: readonly string[];
  /** Notes that are half written, by their file: they outlive a look at the next one. */
  halfWritten: Map<string, string>;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
}

/** One file: who handed it in and when, and what was answered, in the order of the form in which it was. */
export function FileView({ cohortId, callId, fileId, place, known, halfWritten, onStep, onClose }: FileViewProps) {
  const { t } = useTranslation('calls');
  const query = useFile(cohortId, callId, fileId);
  const messages = useMessages(cohortId, callId, fileId);
  const answer = useAnswering(cohortId, callId, fileId);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const step = (by: 1 | -1, icon: typeof IconChevronUp, label: string, isThere: boolean) => (
    <ActionIcon aria-label={label} aria-disabled={!isThere} onClick={() => isThere && onStep(by)}>
      <Icon of={icon} />
    </ActionIcon>
  );
  return (
    <div onKeyDown={onEscapeOutsideFields(onClose)} role="region" aria-label={t('files.file')}>
      <div className={classes.fileHead}>
        <h2 ref={heading} tabIndex={-1} data-autofocus>
          {query.data?.number ?? '\u00a0'} {place && <span className="num">{t('files.place', place)}</span>}
        </h2>
        {step(-1, IconChevronUp, t('files.before'), place !== null && place.at > 1)}
        {step(1, IconChevronDown, t('files.next'), place !== null && place.at < place.of)}
        <ActionIcon aria-label={t('common:close')} onClick={onClose}>
          <Icon of={IconX} />
        </ActionIcon>
      </div>
      <QueryBoundary
        query={query}
        ns="calls"
        missing={<p className="t2 mt16">{t('files.missing')}</p>}
        loading={<Skeleton height={320} mt="md" />}
      >
        {(file) => (
          <>
            <File file={file} />
            <Added {...{ cohortId, callId, file }} onRemoved={onClose} />
            {file.decision && !file.decision.isSent && (
              <Held cohortId={cohortId} callId={callId} fileId={file.id} sendAt={file.decision.sendAt} />
            )}
            <DuplicateList {...{ cohortId, callId, file }} />
            <Tags {...{ cohortId, callId, file, known }} />
            <AskedPiece {...{ cohortId, callId, file }} />
            <Notes {...{ cohortId, callId, file, halfWritten }} />
            <Acts acts={file.acts} />
            <Messages query={messages} mine="team" {...answer} />
          </>
        )}
      </QueryBoundary>
    </div>
  );
}

/** A decision of which nobody has heard yet. */
function Held({ cohortId, callId, fileId, sendAt }: Record<'cohortId' | 'callId' | 'fileId' | 'sendAt', string>) {
  const { t } = useTranslation('calls');
  const [locale, zone] = [useLocale(), useZone()];
  const { undo } = useDeciding(cohortId, callId);
  const act = useMutation({
    mutationFn: () => undo([fileId]),
    onSuccess: ({ undone }) => toast(t(undone > 0 ? 'decide.undone' : 'decide.tooLate')),
    onError: () => toastProblem(t('decide.tooLate')),
  });
  return (
    <p className="row wrap mt16">
      <span className="t2">{t('decide.sends', { at: formatTime(sendAt, zone, locale) })}</span>
      <Button size="sm" loading={act.isPending} onClick={() => act.mutate()}>
        {t('decide.undo')}
      </Button>
    </p>
  );
}

/** How the place stands, and from whom it came and to whom it went. */
function PlaceLines({ place: { state, confirmBy, at, insteadOf, passedTo } }: { place: Place }) {
  const { t } = useTranslation('calls');
  const [locale, zone] = [useLocale(), useZone()];
  const facts = { by: formatAbsolute(confirmBy, zone, locale), at: at ? formatAbsolute(at, zone, locale) : '' };
  return (
    <div className="t2 mt8">
      <p>{t(`decide.placeLines.${state}`, facts)}</p>
      {insteadOf !== null && <p>{t('decide.insteadOf', { number: insteadOf })}</p>}
      {passedTo !== null && <p>{t('decide.passedTo', { number: passedTo })}</p>}
    </div>
  );
}

/** Staff read what was handed in by the cookie of files. */
const STAFF: FieldFiles = { addressOf: ({ fileId }) => `/files/uploads/${fileId}` };

function File({ file }: { file: ApplicationFile }) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const zone = useZone();
  const { name, email, agency, town, craft, state, submittedAt, times, withdrawnAt, eraseAt, asked, decision } = file;
  return (
    <>
      <p className="md bold mt16">{name}</p>
      <p className="t2">{[agency, town, craft?.[locale]].filter(Boolean).join(', ')}</p>
      <p>
        <a className="link" href={`mailto:${encodeURI(email)}`}>
          {email}
        </a>
      </p>
      <div className="row wrap mt8">
        <FileState state={state} waits={false} asked={asked} decision={decision} />
        <span className="t2 xs">
          <When at={withdrawnAt ?? submittedAt} />
          {times > 1 && `, ${t('files.times', { count: times })}`}
        </span>
      </div>
      {file.undelivered && <p className="mt8 bold">{t(`files.undelivered.${file.undelivered}`, { email })}</p>}
      {decision?.place && <PlaceLines place={decision.place} />}
      <div className="mt16">
        {withdrawnAt ? (
          <p className="t2">{t('files.takenBack')}</p>
        ) : (
          <FieldFilesContext value={STAFF}>
            <AnswerList fields={file.form.fields} answers={file.answers} locale={locale} />
          </FieldFilesContext>
        )}
      </div>
      <p className="t3 xs mt24">
        {t('files.version', { version: file.form.version, language: t(`common:languages.${file.locale}`) })}{' '}
        {t('files.eraseAt', { at: formatAbsolute(eraseAt, zone, locale) })}
      </p>
    </>
  );
}
