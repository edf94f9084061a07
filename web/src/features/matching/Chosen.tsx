import { Button, NativeSelect } from '@mantine/core';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchingOverview, MatchingRules, Pair } from '../../../../src/contracts/selection/matching';
import { Icon } from '../../ui/Icon';
import { Group } from '../../ui/page/Group';
import { type OnBoard, projectsOf } from './board';
import { Rank } from './Seat';
import classes from './matching.module.css';
import { reveal } from './reveal';
import type { useReasonText } from './words';

/** Reasons that are no good news. */
const AGAINST = new Set([
  ...['not_wished', 'no_wishes', 'wish_full', 'wish_craft', 'wish_forbidden', 'wish_apart', 'wish_no_team'],
  ...['wish_gone', 'no_craft', 'craft_full', 'craft_not_wanted', 'no_team_left', 'kept_out', 'together_unplaced'],
]);

interface ChosenProps {
  person: OnBoard;
  /** Where they are; null without a place. */
  projectId: string | null;
  overview: MatchingOverview;
  rules: MatchingRules;
  mayMove: boolean;
  /** It stands under the list, out of sight. */
  isBelow: boolean;
  busy: boolean;
  reasonText: ReturnType<typeof useReasonText>;
  onLock: (pair: Pair) => void;
  onForbid: (pair: Pair) => void;
  onFree: (pair: Pair) => void;
}

/** Somebody who is chosen: why they are where they are, and what can be done about it. */
export function Chosen(props: ChosenProps) {
  const { person, projectId, overview, rules, mayMove, isBelow, busy, reasonText, onLock, onForbid, onFree } = props;
  const { t } = useTranslation('matching');
  const { applicationId } = person;
  const known = overview.people.find((one) => one.applicationId === applicationId);
  const all = projectsOf(overview);
  const here = all.find(({ id }) => id === projectId);
  const others = overview.projects.filter(
    ({ id, places }) => id !== projectId && places.some(({ craft }) => craft === person.craft),
  );
  const [chosenId, setChosenId] = useState<string | null>(null);
  const toId = others.some(({ id }) => id === chosenId) ? chosenId : (others[0]?.id ?? null);
  const isLocked = rules.locks.some((one) => one.applicationId === applicationId && one.projectId === projectId);
  const kept = rules.forbidden.filter((one) => one.applicationId === applicationId);
  const nameOf = (id: string) => all.find((one) => one.id === id)?.name ?? t('gone');
  const title = here
    ? t('chosen.at', { name: person.name, project: here.name })
    : t('chosen.nowhere', { name: person.name });
  return (
    <div ref={isBelow ? reveal : undefined} tabIndex={-1} className={classes.chosen}>
      <Group className="" title={title} right={here && <Rank rank={person.rank} isWhole />}>
        <p className="t2 mt8">
          {person.craft && t(`common:crafts.${person.craft}`)}
          {known?.town && `, ${known.town}`}
        </p>
        {known && known.skills !== '' && <p className="mt4">{known.skills}</p>}
        <ul className={`${classes.why} mt8`}>
          {person.reasons.map((reason) => (
            <li key={JSON.stringify(reason)}>
              <Icon
                of={AGAINST.has(reason.code) ? IconAlertCircle : IconCheck}
                size={16}
                className={AGAINST.has(reason.code) ? classes.against : classes.for}
              />
              <span>{reasonText(reason)}</span>
            </li>
          ))}
        </ul>
        {known && (
          <p className="t2 mt8">
            {known.wishes.length === 0
              ? t('chosen.noWishes')
              : t('chosen.wishes', { list: known.wishes.map(nameOf).join(', ') })}
          </p>
        )}
        {mayMove && here && here.places.length > 0 && (
          <div className="row wrap mt8">
            {isLocked ? (
              <Button size="sm" loading={busy} onClick={() => onFree({ applicationId, projectId: here.id })}>
                {t('chosen.unlock')}
              </Button>
            ) : (
              <Button
                size="sm"
                variant="filled"
                loading={busy}
                onClick={() => onLock({ applicationId, projectId: here.id })}
              >
                {t('chosen.lock')}
              </Button>
            )}
            <Button size="sm" loading={busy} onClick={() => onForbid({ applicationId, projectId: here.id })}>
              {t('chosen.forbid')}
            </Button>
          </div>
        )}
        {mayMove && toId !== null && (
          <div className={`${classes.moving} mt12`}>
            <NativeSelect
              label={t('chosen.elsewhere')}
              value={toId}
              data={others.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(event) => setChosenId(event.currentTarget.value)}
            />
            <Button size="sm" loading={busy} onClick={() => onLock({ applicationId, projectId: toId })}>
              {t('chosen.try')}
            </Button>
          </div>
        )}
        {kept.map((pair) => (
          <p key={pair.projectId} className="row wrap mt8">
            <span className="t2">{t('chosen.isForbidden', { project: nameOf(pair.projectId) })}</span>
            {mayMove && (
              <Button size="sm" variant="subtle" onClick={() => onFree(pair)}>
                {t('chosen.allow')}
              </Button>
            )}
          </p>
        ))}
      </Group>
    </div>
  );
}
