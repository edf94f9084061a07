import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Wish, WishSide } from '../../../../src/contracts/workshops/wishes';
import { AvatarRow } from '../../ui/people/AvatarRow';
import { onFirstClick } from '../../ui/page/first-click';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { When } from '../../ui/times/When';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { useSay } from './queries';

const PlanDialog = lazyPart(() => import('./PlanDialog'));
const ActDialog = lazyPart(() => import('./ActDialog'));

type Opened = 'plan' | 'edit' | 'close' | 'merge' | 'drop' | 'reopen' | null;

/** A subject: who wants it, who knows it, what I can do about it. */
export function WishRow({ wish }: { wish: Wish }) {
  const { t } = useTranslation('wishes');
  const [opened, setOpened] = useState<Opened>(null);
  const say = useSay(wish);
  const { cohortId, subject, text, wants, gives, people, mine, workshop, preparing, state, abilities } = wish;
  const side = (which: WishSide) => (
    <Button
      variant={mine.includes(which) ? 'light' : 'default'}
      aria-pressed={mine.includes(which)}
      disabled={say.isPending}
      onClick={onFirstClick(() => say.mutate(which))}
    >
      {t(`say.${which}`)}
    </Button>
  );
  const acts = (['edit', 'merge', 'close', 'reopen', 'drop'] as const).filter((act) => abilities[act]);
  return (
    <li>
      <div className="grow stackv g4">
        <h2 className="title">{subject}</h2>
        {text && <p className="t2">{text}</p>}
        <div className="row wrap">
          <span className="num">{t('counts', { wants, gives })}</span>
          {people.want.length > 0 && <AvatarRow people={people.want} />}
          {people.give.length > 0 && (
            <span className="row g4 t2">
              {t('known')} <AvatarRow people={people.give} />
            </span>
          )}
        </div>
        {workshop && (
          <p className="t2">
            {t(workshop.published ? 'planned' : 'draft')}{' '}
            <Link to="/c/$cohortId/workshops/$workshopId" params={{ cohortId, workshopId: workshop.id }}>
              {workshop.title}
            </Link>
            {', '}
            <When at={workshop.startsAt} />
          </p>
        )}
        {preparing && !workshop && <p className="t2">{t('preparing')}</p>}
        {state === 'closed' && <p className="t2">{t('closed', { reason: wish.reason })}</p>}
        <ProblemAlert error={say.error} ns="wishes" />
        <div className="row wrap">
          {abilities.want && side('want')}
          {abilities.give && side('give')}
          {abilities.plan && <Button onClick={() => setOpened('plan')}>{t('plan.act')}</Button>}
          {acts.map((act) => (
            <Button key={act} variant="subtle" onClick={() => setOpened(act)}>
              {t(`${act}.act`)}
            </Button>
          ))}
        </div>
      </div>
      <Part lost="over">
        {opened === 'plan' && <PlanDialog wish={wish} onClose={() => setOpened(null)} />}
        {opened && opened !== 'plan' && <ActDialog wish={wish} act={opened} onClose={() => setOpened(null)} />}
      </Part>
    </li>
  );
}
