import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceByLink } from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { useLocale } from '../../../time/clock';
import { formatAbsolute, formatLongDay, formatRange } from '../../../time/format';
import { ButtonLink } from '../../../ui/ButtonLink';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { State } from '../../../ui/page/State';
import { AuthFrame } from '../../auth/AuthFrame';
import { LinkBoundary } from '../../auth/LinkBoundary';
import { Road } from '../../auth/Road';

const MyPass = lazyPart(() => import('../check-in/MyPass'));

/** My place in a workshop by the link of a mail, without a login. Buttons act, opening the link does not: mail programs open links. */
export default function PlacePage() {
  const { t } = useTranslation('workshops');
  const { token } = useParams({ from: '/place/$token' });
  const query = useQuery({
    queryKey: ['place', token],
    queryFn: () => api.get<PlaceByLink>(`/places/${encodeURIComponent(token)}`),
  });
  return (
    <LinkBoundary
      query={query}
      ns="workshops"
      title={t('link.title')}
      dead={{ title: t('link.dead'), body: t('link.deadBody') }}
    >
      {(place) => <Place token={token} place={place} />}
    </LinkBoundary>
  );
}

function Place({ token, place }: { token: string; place: PlaceByLink }) {
  const { t } = useTranslation('workshops');
  const locale = useLocale();
  const client = useQueryClient();
  const [busy, setBusy] = useState<'accept' | 'leave' | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { title, startsAt, endsAt, timeZone, mine, abilities, cohortId, workshopId } = place;

  const act = async (what: 'accept' | 'leave') => {
    setBusy(what);
    setProblem(null);
    try {
      client.setQueryData(
        ['place', token],
        await api.post<PlaceByLink>(`/places/${encodeURIComponent(token)}/${what}`),
      );
    } catch (error) {
      setProblem(error);
      void client.invalidateQueries({ queryKey: ['place', token] });
    } finally {
      setBusy(null);
    }
  };
  const day = formatLongDay(startsAt, timeZone, locale);
  return (
    <AuthFrame title={title} lead={`${day}, ${formatRange(startsAt, endsAt, timeZone, locale)}`} aside={<Road />}>
      <div className="stackv g16 mt24" aria-live="polite">
        <Standing mine={mine} />
        {mine?.pass && (
          <Part>
            <MyPass pass={mine.pass} open words={{ title: t('pass.title'), help: t('pass.help'), qr: t('pass.qr') }} />
          </Part>
        )}
        {mine?.until && <p>{t('offer.until', { at: formatAbsolute(mine.until, timeZone, locale) })}</p>}
        <ProblemAlert error={problem} ns="workshops" />
        {abilities.accept && (
          <Button variant="filled" size="lg" fullWidth loading={busy === 'accept'} onClick={() => void act('accept')}>
            {t('offer.accept')}
          </Button>
        )}
        {abilities.leave && (
          <Button size="lg" fullWidth loading={busy === 'leave'} onClick={() => void act('leave')}>
            {t(leaveWords(mine))}
          </Button>
        )}
        <ButtonLink
          variant="subtle"
          to="/c/$cohortId/workshops/$workshopId"
          params={{ cohortId, workshopId }}
          size="lg"
          fullWidth
        >
          {t('link.open')}
        </ButtonLink>
      </div>
    </AuthFrame>
  );
}

function leaveWords(mine: PlaceByLink['mine']) {
  if (mine?.status === 'offered') return 'offer.decline';
  return mine?.status === 'waitlisted' ? 'leave.line' : 'link.leave';
}

function Standing({ mine }: Pick<PlaceByLink, 'mine'>) {
  const { t } = useTranslation('workshops');
  if (!mine) return <State>{t('link.none')}</State>;
  if (mine.status === 'waitlisted')
    return <State tone="wait">{t('state.waitlisted', { position: mine.position ?? 1 })}</State>;
  return <State tone={mine.status === 'offered' ? 'wait' : 'ok'}>{t(`state.${mine.status}`)}</State>;
}
