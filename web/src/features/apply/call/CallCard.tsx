import { Button, CopyButton, VisuallyHidden } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconCheck, IconLink } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublicCall } from '../../../../../src/contracts/calls/calls';
import { useLocale, useZone } from '../../../time/clock';
import { capital, formatLongDay, formatTime, zoneWords } from '../../../time/format';
import { Icon } from '../../../ui/Icon';
import { Panel } from '../../../ui/page/Panel';
import { State } from '../../../ui/page/State';
import classes from '../apply.module.css';
import { StartForm } from './StartForm';
import { useThere } from './Timeline';
import { momentIn, spanTo, standingOf } from './timing';
import { useTick } from './useTick';

/** How long there is, and the way in. */
export function CallCard({ call }: { call: PublicCall }) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const there = useThere();
  const [asks, setAsks] = useState<'start' | 'again' | null>(null);
  const { standing, at, words } = useStanding(call);
  const other = there(at, call.timeZone);
  return (
    <Panel className={classes.card}>
      <h2 className={classes.countdown}>{words}</h2>
      <p className="md">
        <time dateTime={at}>{`${capital(formatLongDay(at, zone, locale))}, ${formatTime(at, zone, locale)}`}</time>
      </p>
      <p className="t2">
        {t('zone.yours', { zone: zoneWords(zone) })}
        {other && `. ${capital(other)}`}
      </p>
      {standing === 'open' && asks === null && (
        <>
          <Button id="start" className="mt16" variant="filled" size="lg" fullWidth onClick={() => setAsks('start')}>
            {t('start.act')}
          </Button>
          <p className="t2 mt8">{t('start.what')}</p>
        </>
      )}
      {standing === 'soon' && <p className="t2 mt12">{t('start.soon')}</p>}
      {asks !== null && <StartForm key={asks} slug={call.slug} asks={asks} />}
      {standing !== 'soon' && asks !== 'again' && (
        <p className={classes.again}>
          {t(standing === 'open' ? 'start.begun' : 'start.begunOver')}{' '}
          <button type="button" className="link" onClick={() => setAsks('again')}>
            {t('start.sendAgain')}
          </button>
        </p>
      )}
      <div className={classes.again}>
        <CopyLink />
      </div>
    </Panel>
  );
}

/** Passing it on. */
function CopyLink() {
  const { t } = useTranslation('apply');
  return (
    <CopyButton value={window.location.origin + window.location.pathname} timeout={3_000}>
      {({ copied, copy }) => (
        <>
          <Button size="sm" leftSection={<Icon of={copied ? IconCheck : IconLink} size={16} />} onClick={copy}>
            {t(copied ? 'start.copied' : 'start.copy')}
          </Button>
          <VisuallyHidden role="status">{copied ? t('start.copied') : ''}</VisuallyHidden>
        </>
      )}
    </CopyButton>
  );
}

/** At the foot of a phone, as long as one can apply: how long there is, and the way to the button. */
export function PhoneBar({ call }: { call: PublicCall }) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const { standing, at, words } = useStanding(call);
  const go = () => {
    const button = ['start', 'start-email', 'start-sent'].map((id) => document.getElementById(id)).find(Boolean);
    button?.scrollIntoView({ block: 'center' });
    button?.focus({ preventScroll: true });
  };
  return (
    <>
      <span className="grow">
        <b>{words}</b>
        <small className="xs t2">{capital(momentIn(at, zone, locale))}</small>
      </span>
      {standing === 'open' && (
        <Button variant="filled" size="lg" onClick={go}>
          {t('start.short')}
        </Button>
      )}
      {standing === 'over' && <State>{t('when.over')}</State>}
    </>
  );
}

function useStanding(call: PublicCall) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  const client = useQueryClient();
  const now = useTick(call.opensAt, call.closesAt);
  const standing = standingOf(call);
  const at = standing === 'soon' ? call.opensAt : call.closesAt;
  const isDue = standing !== 'over' && Date.parse(at) <= now;
  // What the clock says has happened: the server says whether it has.
  useEffect(() => {
    if (isDue) void client.invalidateQueries({ queryKey: ['public-call', call.slug] });
  }, [isDue, client, call.slug]);
  const span = spanTo(at, now, locale);
  const words =
    standing === 'over' ? t('when.closed') : t(standing === 'soon' ? 'when.opensIn' : 'when.closesIn', { span });
  return { standing, at, words };
}
