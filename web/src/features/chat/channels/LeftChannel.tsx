import { useTranslation } from 'react-i18next';
import type { ChannelSummary } from '../../../api/types';
import { useNames } from '../../../shell/navigation/names';
import { ButtonLink } from '../../../ui/ButtonLink';
import Begun from '../../../ui/page/Begun';
import { usePageTitle } from '../../../ui/page/title';
import { useBegun } from './useBegun';

/** In the place of a channel that I was taken out of while I looked at it. */
export default function LeftChannel({ channel }: { channel: ChannelSummary }) {
  const { t } = useTranslation();
  const name = useNames().channel(channel);
  const { cohortId } = channel;
  const texts = useBegun([channel]);
  usePageTitle(t('left.channel', { name }));
  return (
    <div className="page">
      <div className="measure" role="status">
        <h1 tabIndex={-1}>{t('left.channel', { name })}</h1>
        <p className="t2 md mt8">{t('left.channelWhat')}</p>
        <Begun texts={texts} />
        <div className="row mt24">
          {cohortId && (
            <ButtonLink to="/c/$cohortId/channels" params={{ cohortId }} variant="filled">
              {t('left.toChannels')}
            </ButtonLink>
          )}
          <ButtonLink to="/">{t('notFound.act')}</ButtonLink>
        </div>
      </div>
    </div>
  );
}
