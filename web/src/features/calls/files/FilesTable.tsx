import { Link } from '@tanstack/react-router';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ApplicationSummary } from '../../../../../src/contracts/calls/applications';
import type { Call } from '../../../../../src/contracts/calls/calls';
import { useLocale } from '../../../time/clock';
import { formatShortDay } from '../../../time/format';
import { State } from '../../../ui/page/State';
import classes from '../calls.module.css';
import type { FilesAsked } from '../queries';

interface FilesTableProps {
  call: Call;
  files: readonly ApplicationSummary[];
  openId: string | undefined;
  asked: FilesAsked;
}

/** One line for each file: of agencies with what they propose, of people with their town and craft. */
export function FilesTable({ call, files, openId, asked }: FilesTableProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
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
                <FileState state={file.state} />
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

export function FileState({ state }: Pick<ApplicationSummary, 'state'>) {
  const { t } = useTranslation('calls');
  return state === 'withdrawn' ? (
    <State icon={IconX}>{t('files.states.withdrawn')}</State>
  ) : (
    <State tone="ok" icon={IconCheck}>
      {t('files.states.submitted')}
    </State>
  );
}
