import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CheckedIn } from '../../../../../src/contracts/workshops/check-ins';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatAbsolute, formatTime, isSameDay } from '../../../time/format';
import { Icon } from '../../../ui/Icon';
import { onFirstClick } from '../../../ui/page/first-click';
import { State } from '../../../ui/page/State';
import { Avatar } from '../../../ui/people/Avatar';
import classes from './check-in.module.css';
import type { Outcome } from './useCheckIns';

interface ResultProps {
  outcome: Outcome | null;
  onTakeBack: (of: CheckedIn) => void;
}

/** Who came in last, large enough to be read at arm's length, or why nobody did; its room is kept, so that nothing jumps. */
export function Result({ outcome, onTakeBack }: ResultProps) {
  const { t } = useTranslation('workshops');
  const tone = toneOf(outcome);
  const isNew = outcome?.kind === 'here' && outcome.of.was !== 'attended';
  return (
    <div className={classes.result} data-tone={tone}>
      <div className="grow" role="status" aria-atomic="true">
        {outcome === null && <p className="t2">{t('checkIn.nobodyYet')}</p>}
        {outcome?.kind === 'refused' && (
          <p className={classes.words}>
            <State tone="alert">{outcome.words}</State>
          </p>
        )}
        {outcome && outcome.kind !== 'refused' && <Who outcome={outcome} />}
      </div>
      {isNew && (
        <Button
          leftSection={<Icon of={IconArrowBackUp} />}
          aria-label={t('checkIn.undoOf', { name: outcome.of.person.name })}
          onClick={onFirstClick(() => onTakeBack(outcome.of))}
        >
          {t('common:undo')}
        </Button>
      )}
    </div>
  );
}

function Who({ outcome: { kind, of } }: { outcome: Extract<Outcome, { of: CheckedIn }> }) {
  const { t } = useTranslation('workshops');
  const { person, guest, was } = of;
  const again = useSince(of);
  const isAlready = kind === 'here' && was === 'attended';
  return (
    <div className="row g16">
      <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={64} />
      <div className="grow">
        <p className={classes.name}>{guest === 'along' ? t('who.along', { name: person.name }) : person.name}</p>
        {guest === 'guest' && <p className="t2">{t('who.guest')}</p>}
        <p className="md">
          {kind === 'undone' ? (
            <State>{t('checkIn.undone')}</State>
          ) : (
            <State tone={isAlready ? 'wait' : 'ok'}>{isAlready ? again : t('checkIn.here')}</State>
          )}
        </p>
      </div>
    </div>
  );
}

/** The hour alone for who came today. */
function useSince({ since }: CheckedIn): string {
  const { t } = useTranslation('workshops');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  if (since === null) return t('checkIn.already');
  const at = isSameDay(since, zone, now) ? formatTime(since, zone, locale) : formatAbsolute(since, zone, locale);
  return t('checkIn.alreadySince', { at });
}

function toneOf(outcome: Outcome | null): 'ok' | 'wait' | 'alert' | undefined {
  if (outcome?.kind === 'refused') return 'alert';
  if (outcome?.kind !== 'here') return undefined;
  return outcome.of.was === 'attended' ? 'wait' : 'ok';
}
