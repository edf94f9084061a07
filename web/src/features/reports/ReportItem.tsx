import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloseReport, Report } from '../../../../src/contracts/chat/reports';
import { useNames } from '../../shell/navigation/names';
import { Avatar } from '../../ui/people/Avatar';
import { PersonName } from '../../ui/people/PersonName';
import { State } from '../../ui/page/State';
import { When } from '../../ui/times/When';
import { Decision } from './Decision';
import { EditsDialog } from './EditsDialog';
import classes from './reports.module.css';

/** One report: what was handed over, why and by whom, and what was or is to be decided. */
export function ReportItem({ report, cohortId }: { report: Report; cohortId: string }) {
  const { t } = useTranslation('reports');
  const [asking, setAsking] = useState<CloseReport['act'] | null>(null);
  const [looking, setLooking] = useState(false);
  const { author, reporter, abilities, attachments, alts } = report;
  return (
    <li className={classes.report}>
      <div className="row wrap">
        <Avatar id={author?.id ?? ''} name={author?.name ?? ''} url={author?.avatarUrl} size={32} />
        <b>{author ? <PersonName person={author} cohortId={cohortId} /> : t('outside')}</b>
        <span className="t2">
          <Place report={report} cohortId={cohortId} />
        </span>
        <span className="t3 xs">
          <When at={report.sentAt} />
        </span>
      </div>
      <blockquote className={classes.quote}>
        <p className="t3 xs">{t('asReported')}</p>
        <p className={`mt4 ${classes.text}`}>{report.text || t('noText')}</p>
        {attachments.length > 0 && <p className="t2 xs mt4">{t('files', { names: attachments.join(', ') })}</p>}
        {alts.length > 0 && <p className="t2 xs mt4">{t('shows', { words: alts.join(' · ') })}</p>}
      </blockquote>
      <p>
        <b>{t(`reasons.${report.reason}`)}</b>
        {report.note && <span className={classes.text}> {report.note}</span>}
      </p>
      <p className="t3 xs mt4">
        {t('by')} <PersonName person={reporter} cohortId={cohortId} />, <When at={report.createdAt} />
      </p>
      {report.outcome && <Decided report={report} cohortId={cohortId} />}
      <div className="row wrap mt12">
        {abilities.dismiss && (
          <Button size="sm" onClick={() => setAsking('dismiss')}>
            {t('dismiss.open')}
          </Button>
        )}
        {abilities.remove && (
          <Button size="sm" onClick={() => setAsking('remove')}>
            {t('remove.open')}
          </Button>
        )}
        {report.outcome !== 'removed' && (
          <Button size="sm" variant="subtle" onClick={() => setLooking(true)}>
            {t('edits.open')}
          </Button>
        )}
      </div>
      <Decision report={report} cohortId={cohortId} act={asking} onClose={() => setAsking(null)} />
      {looking && (
        <EditsDialog channelId={report.channel.id} messageId={report.messageId} onClose={() => setLooking(false)} />
      )}
    </li>
  );
}

/** Where it was written; a link for who may read it there. */
function Place({ report: { channel, messageId, readable }, cohortId }: { report: Report; cohortId: string }) {
  const { t } = useTranslation('reports');
  const names = useNames();
  if (channel.kind === 'direct') return t('inConversation');
  const name = `#${names.channel({ ...channel, people: [] })}`;
  if (!readable) return t('inChannel', { name });
  return (
    <Link
      className="link"
      to="/c/$cohortId/chat/$channelId"
      params={{ cohortId, channelId: channel.id }}
      search={{ message: messageId } as never}
    >
      {t('inChannel', { name })}
    </Link>
  );
}

function Decided({ report, cohortId }: { report: Report; cohortId: string }) {
  const { t } = useTranslation('reports');
  return (
    <div className="mt8">
      <State tone="ok">{t(`outcomes.${report.outcome ?? 'dismissed'}`)}</State>
      <span className="t3 xs">
        {' '}
        {report.closedElsewhere ? t('elsewhere') : <PersonName person={report.closedBy} cohortId={cohortId} />}
        {report.closedAt && (
          <>
            , <When at={report.closedAt} />
          </>
        )}
      </span>
      {report.answer && <p className={`t2 mt4 ${classes.text}`}>{report.answer}</p>}
    </div>
  );
}
