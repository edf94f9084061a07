import { useTranslation } from 'react-i18next';
import type { ChannelSummary } from '../../../api/types';
import { useNames } from '../../../shell/navigation/names';
import { ButtonLink } from '../../../ui/ButtonLink';
import { usePageTitle } from '../../../ui/page/title';
import Begun from './Begun';

/** In the place of a channel that I was taken out of while I looked at it. */
export default function LeftChannel({ channel }: { channel: ChannelSummary }) {
  const { t } = useTranslation();
  const name = useNames().channel(channel);
  const { cohortId } = channel;
  usePageTitle(t('left.channel', { name }));
  return (
    <div className="page">
      <div className="measure" role="status">
        <h1 tabIndex={-1}>{t('left.channel', { name })}</h1>
        <p className="t2 md mt8">{t('left.channelWhat')}</p>
        <Begun channels={[channel]} />
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
