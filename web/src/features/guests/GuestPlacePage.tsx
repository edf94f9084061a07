import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuestPlace } from '../../../../src/contracts/workshops/guests';
import { api } from '../../api/http';
import { useLocale } from '../../time/clock';
import { formatAbsolute, formatLongDay, formatRange, zoneWords } from '../../time/format';
import { ButtonLink } from '../../ui/ButtonLink';
import { Part } from '../../ui/forms/Part';
import { lazyPart } from '../../ui/page/lazy-part';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { State } from '../../ui/page/State';
import { AuthFrame } from '../auth/AuthFrame';
import { NothingPublic, PublicFrame } from './PublicFrame';

const MyPass = lazyPart(() => import('../workshops/check-in/MyPass'));

type Act = 'confirm' | 'accept' | 'leave';

/** My place as a guest by the link of a mail, without a login. Buttons act, opening the link does not: mail programs open links. */
export default function GuestPlacePage() {
  const { t } = useTranslation('guests');
  const { token } = useParams({ from: '/guest/$token' });
  const query = useQuery({
    queryKey: ['guest', token],
    queryFn: ({ signal }) => api.get<GuestPlace>(`/guests/${encodeURIComponent(token)}`, { signal }),
  });
  if (query.data) return <Place token={token} place={query.data} />;
  return (
    <PublicFrame>
      <QueryBoundary
        query={query}
        ns="guests"
        missing={<NothingPublic title={t('place.dead')} body={t('place.deadBody')} />}
      >
        {() => null}
      </QueryBoundary>
    </PublicFrame>
  );
}

function Place({ token, place }: { token: string; place: GuestPlace }) {
  const { t } = useTranslation('guests');
  const locale = useLocale();
  const { act, busy, problem } = useActs(token);
  const { title, startsAt, endsAt, timeZone, mine, abilities, link, status } = place;
  const day = formatLongDay(startsAt, timeZone, locale);
  const when = `${day.charAt(0).toLocaleUpperCase()}${day.slice(1)}, ${formatRange(startsAt, endsAt, timeZone, locale)}`;
  return (
    <AuthFrame title={title} lead={`${when}, ${zoneWords(timeZone)}`} aside={<Kept />} asideOnPhone>
      <div className="stackv g16 mt24" aria-live="polite">
        {place.place && <p>{place.place}</p>}
        {status === 'cancelled' ? <State tone="alert">{t('page.cancelled')}</State> : <Standing place={place} />}
        {mine?.until && <p>{t('place.until', { at: formatAbsolute(mine.until, timeZone, locale) })}</p>}
        <Passes place={place} />
        <ProblemAlert error={problem} ns="guests" />
        {abilities.confirm && (
          <>
            <p className="t2">{t('place.confirmWhat', { name: place.name, plusOne: place.plusOne ? 'yes' : 'no' })}</p>
            <Button variant="filled" size="lg" fullWidth loading={busy === 'confirm'} onClick={() => act('confirm')}>
              {t('place.confirm')}
            </Button>
          </>
        )}
        {place.again && (
          <ButtonLink to="/w/$slug" params={{ slug: place.again }} variant="filled" size="lg" fullWidth>
            {t('place.again')}
          </ButtonLink>
        )}
        {abilities.accept && (
          <Button variant="filled" size="lg" fullWidth loading={busy === 'accept'} onClick={() => act('accept')}>
            {t('place.accept')}
          </Button>
        )}
        {link && (
          <Button component="a" href={link} target="_blank" rel="noreferrer noopener" size="lg" fullWidth>
            {t('place.room')}
          </Button>
        )}
        {abilities.leave && (
          <Button size="lg" fullWidth loading={busy === 'leave'} onClick={() => act('leave')}>
            {t(mine?.status === 'waitlisted' ? 'place.leaveLine' : 'place.leave')}
          </Button>
        )}
      </div>
    </AuthFrame>
  );
}

function useActs(token: string) {
  const client = useQueryClient();
  const [busy, setBusy] = useState<Act | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const act = (what: Act): void => {
    setBusy(what);
    setProblem(null);
    api
      .post<GuestPlace>(`/guests/${encodeURIComponent(token)}/${what}`)
      .then((place) => client.setQueryData(['guest', token], place))
      .catch((error: unknown) => {
        setProblem(error);
        void client.invalidateQueries({ queryKey: ['guest', token] });
      })
      .finally(() => setBusy(null));
  };
  return { act, busy, problem };
}

/** Where I stand, and who comes along. */
function Standing({ place: { mine, companion, leftAt, because, abilities } }: { place: GuestPlace }) {
  const { t } = useTranslation('guests');
  if (!mine && leftAt) return <State>{t('place.left')}</State>;
  if (because === 'guests_full' || because === 'no_plus_one') return <State>{t(`because.${because}`)}</State>;
  if (!mine) return abilities.confirm ? null : <State>{t('place.none')}</State>;
  const words = (status: NonNullable<GuestPlace['companion']>) =>
    status === 'waitlisted' ? t('place.is.waitlisted', { position: mine.position ?? 1 }) : t(`place.is.${status}`);
  const tone = mine.status === 'waitlisted' || mine.status === 'offered' ? 'wait' : 'ok';
  return (
    <>
      <State tone={tone}>{words(mine.status)}</State>
      {companion && <p className="t2">{t(companion === mine.status ? 'place.both' : `place.along.${companion}`)}</p>}
    </>
  );
}

/** What I show at the door, and what whom I bring along shows. */
function Passes({ place: { mine, companionPass } }: { place: GuestPlace }) {
  const { t } = useTranslation('guests');
  const own = { title: t('place.pass.title'), help: t('place.pass.help'), qr: t('place.pass.qr') };
  const along = { title: t('place.pass.along'), help: t('place.pass.alongHelp'), qr: t('place.pass.alongQr') };
  return (
    <Part>
      {mine?.pass && <MyPass pass={mine.pass} open words={own} />}
      {companionPass && <MyPass pass={companionPass} open={false} words={along} />}
    </Part>
  );
}

/** What becomes of what they gave. */
function Kept() {
  const { t } = useTranslation('guests');
  return (
    <>
      <h2>{t('keptTitle')}</h2>
      <p className="t2 md mt8">{t('keptWhat')}</p>
    </>
  );
}
