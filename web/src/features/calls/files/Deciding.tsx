import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { DecisionKind } from '../../../../../src/contracts/calls/decisions';
import classes from '../calls.module.css';
import { DecideDialog } from './DecideDialog';

const KINDS = ['accepted', 'waiting', 'declined'] as const satisfies DecisionKind[];

/** A file that is decided. */
export interface Decided {
  id: string;
  number: string;
  name: string;
  email?: string;
}

interface DecidingProps {
  cohortId: string;
  call: Call;
  /** Those that are chosen, as far as they are on the page. */
  chosen: readonly Decided[];
  onDone: () => void;
  /** What else can be done with them. */
  children?: ReactNode;
}

/** What is done with the files that are chosen: each of the three decisions, with the words of its letter. */
export function Deciding({ cohortId, call, chosen, onDone, children }: DecidingProps) {
  const { t } = useTranslation('calls');
  const [kind, setKind] = useState<DecisionKind | null>(null);
  return (
    <div className={classes.deciding} role="group" aria-label={t('decide.label')}>
      <b role="status">{t('decide.chosen', { count: chosen.length })}</b>
      {(call.abilities.decide ? KINDS : []).map((one) => (
        <Button key={one} size="sm" variant={one === 'accepted' ? 'filled' : 'default'} onClick={() => setKind(one)}>
          {t(`decide.acts.${one}`)}
        </Button>
      ))}
      {children}
      <Button size="sm" variant="subtle" onClick={onDone}>
        {t('decide.none')}
      </Button>
      {kind && (
        <DecideDialog
          {...{ cohortId, call, chosen, kind }}
          onClose={() => setKind(null)}
          onDecided={() => {
            setKind(null);
            onDone();
          }}
        />
      )}
    </div>
  );
}
