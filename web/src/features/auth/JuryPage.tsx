import { useNavigate, useParams } from '@tanstack/react-router';
import { IconArrowsShuffle, IconEyeOff, IconKeyboard } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JuryView } from '../../../../src/contracts/selection/jurors';
import { signedIn, useMaybeMe } from '../../api/session';
import { useStore } from '../../api/store';
import { useLocale } from '../../time/clock';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { AcceptAsKnown } from './AcceptAsKnown';
import { AcceptAsNew } from './AcceptAsNew';
import { AuthFrame } from './AuthFrame';
import classes from './auth.module.css';
import { OpenedLink } from './OpenedLink';
import { Road } from './Road';
import { SomebodyElse } from './SomebodyElse';

/** The link of a juror's mail: of which call they read files, and the few answers it takes. */
export default function JuryPage() {
  const { t } = useTranslation('auth');
  const { token } = useParams({ from: '/jury/$token' });
  const path = `/auth/juries/${encodeURIComponent(token)}`;
  return (
    <OpenedLink<JuryView> path={path} tab={t('jury.tab')} over={<Over />}>
      {(jury) => <Open jury={jury} path={path} />}
    </OpenedLink>
  );
}

function Open({ jury, path }: { jury: JuryView; path: string }) {
  const { t } = useTranslation('auth');
  const navigate = useNavigate();
  const locale = useLocale();
  const state = useStore(signedIn);
  const me = useMaybeMe();
  const [saysKnown, setSaysKnown] = useState(false);
  const somebodyElse = state === 'in' && me !== undefined && me.email !== jury.email;
  const isMe = state === 'in' && me?.email === jury.email;
  const asKnown = isMe || jury.known || saysKnown;
  const other = locale === 'fr' ? 'en' : 'fr';
  const onIn = () => navigate({ to: '/reviews', replace: true });
  const act = t('jury.act');
  return (
    <AuthFrame
      title={t('jury.title')}
      lead={t(asKnown ? 'jury.leadKnown' : 'jury.lead', {
        call: jury.callTitle[locale] || jury.callTitle[other],
        cohort: jury.cohortName,
      })}
      colour={jury.cohortColor}
      aside={<HowOneReads />}
      asideOnPhone
    >
      {somebodyElse ? (
        <SomebodyElse name={me.name} />
      ) : asKnown ? (
        <AcceptAsKnown {...{ email: jury.email, path, act, onIn }} />
      ) : (
        <AcceptAsNew {...{ invited: jury, path, act, onIn }} onKnown={() => setSaysKnown(true)} />
      )}
    </AuthFrame>
  );
}

const WAYS = [
  { name: 'alone', icon: IconArrowsShuffle },
  { name: 'hidden', icon: IconEyeOff },
  { name: 'keys', icon: IconKeyboard },
] as const;

/** What a juror can count on. */
function HowOneReads() {
  const { t } = useTranslation('auth');
  return (
    <>
      <h2>{t('jury.how.title')}</h2>
      <p className="t2 md mt8">{t('jury.how.lead')}</p>
      <ul className={classes.awaits}>
        {WAYS.map(({ name, icon }) => (
          <li key={name}>
            <Icon of={icon} />
            <div className="grow">
              <b>{t(`jury.how.${name}.title`)}</b>
              <div className="t2">{t(`jury.how.${name}.body`)}</div>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Over() {
  const { t } = useTranslation('auth');
  const isIn = useStore(signedIn) === 'in';
  return (
    <AuthFrame title={t('jury.over')} lead={t('jury.overBody')} aside={<Road />}>
      <div className="row mt24">
        <ButtonLink to={isIn ? '/' : '/sign-in'} variant="filled" size="lg">
          {t(isIn ? 'enter' : 'signIn.act')}
        </ButtonLink>
      </div>
    </AuthFrame>
  );
}
