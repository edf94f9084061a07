import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconCheck, IconClock, IconMessage, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ApplicationSummary } from '../../../../../src/contracts/calls/applications';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { Place } from '../../../../../src/contracts/calls/places';
import { useLocale, useZone } from '../../../time/clock';
import { formatShortDay } from '../../../time/format';
import { State } from '../../../ui/page/State';
import classes from '../calls.module.css';
import type { FilesAsked } from '../queries';

interface FilesTableProps {
  call: Call;
  files: readonly ApplicationSummary[];
  openId: string | undefined;
  asked: FilesAsked;
  /** Those that are chosen, to be decided; null where nothing is to be. */
  chosen: ReadonlySet<string> | null;
  onChoose: (ids: readonly string[], isChosen: boolean) => void;
}

/** One line for each file: of agencies with what they propose, of people with their town and craft. */
export function FilesTable({ call, files, openId, asked, chosen, onChoose }: FilesTableProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const ids = files.filter(mayChoose).map(({ id }) => id);
  const has = {
    agency: files.some(({ agency }) => agency !== null),
    title: files.some(({ title }) => title !== null),
    town: files.some(({ town }) => town !== null),
    craft: files.some(({ craft }) => craft !== null),
  };
  return (
    <div className={classes.scroll} role="group" aria-label={t('tabs.applications')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {chosen && (
              <th scope="col" className={classes.choice}>
                <Checkbox
                  aria-label={t('decide.all')}
                  checked={ids.length > 0 && ids.every((id) => chosen.has(id))}
                  indeterminate={ids.some((id) => chosen.has(id)) && !ids.every((id) => chosen.has(id))}
                  onChange={(event) => onChoose(ids, event.currentTarget.checked)}
                />
              </th>
            )}
            <th scope="col">{t('files.number')}</th>
            <th scope="col">{t('files.name')}</th>
            {has.agency && (
              <th scope="col" className={classes.less}>
                {t('files.agency')}
              </th>
            )}
            {has.title && (
              <th scope="col" className={classes.less}>
                {t('files.title')}
              </th>
            )}
            {has.town && (
              <th scope="col" className={classes.less}>
                {t('files.town')}
              </th>
            )}
            {has.craft && (
              <th scope="col" className={classes.less}>
                {t('files.craft')}
              </th>
            )}
            <th scope="col">{t('files.state')}</th>
            <th scope="col" className={classes.less}>
              {t('files.submittedAt')}
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.id} data-open={file.id === openId}>
              {chosen && (
                <td className={classes.choice}>
                  {mayChoose(file) && (
                    <Checkbox
                      aria-label={t('decide.choose', { name: file.name || file.email })}
                      checked={chosen.has(file.id)}
                      onChange={(event) => onChoose([file.id], event.currentTarget.checked)}
                    />
                  )}
                </td>
              )}
              <td className={`t2 ${classes.narrow}`}>{file.number}</td>
              <th scope="row">
                <Link
                  id={`file-${file.id}`}
                  className={classes.to}
                  to="."
                  search={{ tab: 'applications', ...asked, file: file.id } as never}
                  replace
                  resetScroll={false}
                  aria-current={file.id === openId || undefined}
                >
                  {file.name || file.email}
                </Link>
              </th>
              {has.agency && <td className={classes.less}>{file.agency}</td>}
              {has.title && <td className={classes.less}>{file.title}</td>}
              {has.town && <td className={classes.less}>{file.town}</td>}
              {has.craft && <td className={classes.less}>{file.craft?.[locale]}</td>}
              <td className={classes.narrow}>
                <FileState state={file.state} waits={file.waits} asked={file.asked} decision={file.decision} />
                {file.undelivered && <p className="xs bold">{t('files.notDelivered')}</p>}
              </td>
              <td className={`${classes.narrow} ${classes.less}`}>
                <time dateTime={file.submittedAt}>{formatShortDay(file.submittedAt, call.timeZone, locale)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Of who is on the waiting list, and knows it, one decides once more; who lost their place may be accepted again. */
export const mayChoose = ({ state, decision }: Pick<ApplicationSummary, 'state' | 'decision'>) =>
  state === 'submitted' &&
  (decision === null || decision.kind === 'lapsed' || (decision.kind === 'waiting' && decision.isSent));

const DECIDED = {
  accepted: { tone: 'ok', icon: IconCheck },
  waiting: { tone: 'wait', icon: IconClock },
  declined: { tone: undefined, icon: IconX },
  lapsed: { tone: 'alert', icon: IconX },
} as const;

/** How the place stands, in a word. */
function PlaceWords({ place: { state, confirmBy } }: { place: Place }) {
  const { t } = useTranslation('calls');
  const by = formatShortDay(confirmBy, useZone(), useLocale());
  return <span className="t3 xs"> {t(`decide.place.${state}`, { by })}</span>;
}

type Standing = Pick<ApplicationSummary, 'state' | 'waits' | 'asked' | 'decision'>;

const ASKED = { waits: 'asked', came: 'came', over: 'over', ended: 'submitted' } as const;

export function FileState({ state, waits, asked, decision }: Standing) {
  const { t } = useTranslation('calls');
  const [locale, zone] = [useLocale(), useZone()];
  if (waits)
    return (
      <State tone="wait" icon={IconMessage}>
        {t('files.states.waiting')}
      </State>
    );
  if (decision)
    return (
      <State {...DECIDED[decision.kind]}>
        <span>
          {t(`decide.states.${decision.kind}`)}
          {!decision.isSent && <span className="t3 xs"> {t('decide.held')}</span>}
          {decision.isSent && decision.place && <PlaceWords place={decision.place} />}
        </span>
      </State>
    );
  if (asked)
    return (
      <State tone={asked.state === 'came' || asked.state === 'ended' ? 'ok' : 'wait'}>
        {t(`files.states.${ASKED[asked.state]}`, { until: formatShortDay(asked.until, zone, locale) })}
      </State>
    );
  return state === 'withdrawn' ? (
    <State icon={IconX}>{t('files.states.withdrawn')}</State>
  ) : (
    <State tone="ok" icon={IconCheck}>
      {t('files.states.submitted')}
    </State>
  );
}
