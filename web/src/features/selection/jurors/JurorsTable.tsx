import { ActionIcon, Checkbox, Menu, Progress } from '@mantine/core';
import {
  IconBell,
  IconCheck,
  IconDots,
  IconDoorExit,
  IconMail,
  IconPencil,
  IconUserPlus,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { Juror } from '../../../../../src/contracts/selection/jurors';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { State } from '../../../ui/page/State';
import { Avatar } from '../../../ui/people/Avatar';
import { When } from '../../../ui/times/When';
import { said } from '../../apply/call/timing';
import classes from '../selection.module.css';
import { leftOf } from './behind';
import { craftsOf } from './crafts';

interface JurorsTableProps {
  call: Call;
  jurors: readonly Juror[];
  picked: ReadonlySet<string>;
  onPick: (ids: readonly string[], isPicked: boolean) => void;
  onRemind: (juror: Juror) => void;
  onAsk: (what: 'change' | 'leave' | 'again', juror: Juror) => void;
}

const STATES = {
  invited: { icon: IconMail, tone: 'wait' },
  joined: { icon: IconCheck, tone: 'ok' },
  left: { icon: IconX, tone: undefined },
} as const;

/** One line for each juror, with how much of theirs is in. */
export function JurorsTable({ call, jurors, picked, onPick, onRemind, onAsk }: JurorsTableProps) {
  const { t } = useTranslation('selection');
  const locale = useLocale();
  const crafts = craftsOf(call);
  const ids = jurors.filter(({ state }) => state !== 'left').map(({ id }) => id);
  const has = {
    craft: jurors.some(({ craft }) => craft !== null),
    organisation: jurors.some(({ organisation }) => organisation !== ''),
  };
  const craftOf = (key: string | null) => {
    const option = crafts.find((one) => one.key === key);
    return option ? said(option.label, locale) : '';
  };
  return (
    <div className={classes.scroll} role="group" aria-label={t('parts.jurors')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col" className={classes.choice}>
              <Checkbox
                aria-label={t('jurors.all')}
                checked={ids.length > 0 && ids.every((id) => picked.has(id))}
                indeterminate={ids.some((id) => picked.has(id)) && !ids.every((id) => picked.has(id))}
                onChange={(event) => onPick(ids, event.currentTarget.checked)}
              />
            </th>
            <th scope="col">{t('jurors.juror')}</th>
            {has.craft && (
              <th scope="col" className={classes.less}>
                {t('jurors.craft')}
              </th>
            )}
            {has.organisation && (
              <th scope="col" className={classes.less}>
                {t('jurors.organisation')}
              </th>
            )}
            <th scope="col" className={classes.less}>
              {t('jurors.state')}
            </th>
            <th scope="col">{t('jurors.load')}</th>
            <th scope="col" className={classes.less}>
              {t('jurors.last')}
            </th>
            <th scope="col">
              <span className={classes.unseen}>{t('jurors.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {jurors.map((juror) => {
            const { id, name, email, craft, organisation, state, load, lastReviewAt, refusedAt } = juror;
            return (
              <tr key={id} data-gone={state === 'left'}>
                <td className={classes.choice}>
                  {state !== 'left' && (
                    <Checkbox
                      aria-label={t('jurors.choose', { name })}
                      checked={picked.has(id)}
                      onChange={(event) => onPick([id], event.currentTarget.checked)}
                    />
                  )}
                </td>
                <th scope="row">
                  <span className="row">
                    <Avatar id={id} name={name} size={24} />
                    <span className={classes.who}>
                      <b>{name}</b>
                      <small className="t3 xs">{email}</small>
                      {refusedAt && state !== 'left' && <small className="xs bold">{t('jurors.refused')}</small>}
                    </span>
                  </span>
                </th>
                {has.craft && <td className={classes.less}>{craftOf(craft)}</td>}
                {has.organisation && <td className={classes.less}>{organisation}</td>}
                <td className={classes.less}>
                  <State {...STATES[state]}>{t(`jurors.states.${state}`)}</State>
                </td>
                <td className={classes.load}>
                  <span className="row wrap xs">
                    <span>{t('progress', { done: load.submitted, of: load.asked })}</span>
                    {load.conflicts + load.abstained > 0 && (
                      <span className="t3">
                        {t('jurors.kept', { conflicts: load.conflicts, abstained: load.abstained })}
                      </span>
                    )}
                  </span>
                  <Progress
                    size={4}
                    mt={4}
                    value={load.asked === 0 ? 0 : (load.submitted / load.asked) * 100}
                    aria-label={t('jurors.progress', { name })}
                  />
                </td>
                <td className={classes.less}>
                  {lastReviewAt ? <When at={lastReviewAt} /> : <span className="t3">–</span>}
                </td>
                <td className={classes.acts}>
                  <Menu position="bottom-end">
                    <Menu.Target>
                      <ActionIcon aria-label={t('jurors.more', { name })}>
                        <Icon of={IconDots} />
                      </ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      {state !== 'left' && (
                        <Menu.Item
                          leftSection={<Icon of={state === 'invited' ? IconMail : IconBell} size={16} />}
                          disabled={state === 'joined' && leftOf(juror) === 0}
                          onClick={() => onRemind(juror)}
                        >
                          {t(state === 'invited' ? 'jurors.inviteAgain' : 'jurors.remindOne')}
                        </Menu.Item>
                      )}
                      {state === 'left' && (
                        <Menu.Item
                          leftSection={<Icon of={IconUserPlus} size={16} />}
                          onClick={() => onAsk('again', juror)}
                        >
                          {t('jurors.inviteAgain')}
                        </Menu.Item>
                      )}
                      <Menu.Item
                        leftSection={<Icon of={IconPencil} size={16} />}
                        onClick={() => onAsk('change', juror)}
                      >
                        {t('jurors.change')}
                      </Menu.Item>
                      {state !== 'left' && (
                        <Menu.Item
                          color="corde"
                          leftSection={<Icon of={IconDoorExit} size={16} />}
                          onClick={() => onAsk('leave', juror)}
                        >
                          {t('jurors.leave')}
                        </Menu.Item>
                      )}
                    </Menu.Dropdown>
                  </Menu>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
