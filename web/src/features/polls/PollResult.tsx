import { VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Poll } from '../../../../src/contracts/forum/polls';
import { useLocale } from '../../time/clock';
import { Icon } from '../../ui/Icon';
import classes from './polls.module.css';

/** What was chosen: a chart that is its own table. Where the numbers are hidden it says why, and what I chose. */
export function PollResult({ poll }: { poll: Poll }) {
  const { t } = useTranslation('polls');
  const locale = useLocale();
  const most = Math.max(1, ...poll.options.map(({ votes }) => votes ?? 0));
  const shareOf = (votes: number) =>
    (poll.voters === 0 ? 0 : votes / poll.voters).toLocaleString(locale, { style: 'percent' });
  return (
    <>
      <table className={classes.result}>
        <VisuallyHidden component="thead">
          <tr>
            <th scope="col">{t('choice')}</th>
            <th scope="col">{t('votes')}</th>
          </tr>
        </VisuallyHidden>
        <tbody>
          {poll.options.map(({ text, votes }, at) => (
            <tr key={at} data-mine={poll.mine.includes(at)}>
              <th scope="row">
                <span className={classes.option}>
                  {text}
                  {poll.mine.includes(at) && (
                    <span className={classes.mine}>
                      <Icon of={IconCheck} size={16} />
                      <VisuallyHidden>{t('mine')}</VisuallyHidden>
                    </span>
                  )}
                </span>
                {votes !== null && (
                  <span className={classes.bar} aria-hidden="true">
                    <i style={{ width: `${(votes / most) * 100}%` }} />
                  </span>
                )}
              </th>
              <td className="num">
                {votes !== null && t('share', { votes: votes.toLocaleString(locale), share: shareOf(votes) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {poll.result !== 'shown' && <p className="t3 xs mt8">{t(poll.result)}</p>}
    </>
  );
}
