import { Button, CopyButton, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { draftsOf } from '../../../api/drafts';
import { useMe } from '../../../api/session';
import type { ChannelSummary } from '../../../api/types';
import { useNames } from '../../../shell/navigation/names';
import { useUnsent } from '../composer/outbox';

/** What I began in channels that I am out of, or what did not go any more: to be copied, since it cannot be sent there. */
export default function Begun({ channels }: { channels: ChannelSummary[] }) {
  const { t } = useTranslation();
  const me = useMe();
  const names = useNames();
  const unsent = useUnsent(
    channels.map(({ id }) => id),
    me.id,
  );
  const texts = channels.flatMap((channel) => [
    ...unsent
      .filter(({ channelId, body }) => channelId === channel.id && body !== '')
      .map(({ clientId, body }) => ({ key: clientId, channel, text: body })),
    ...draftsOf(me.id, channel.id).map(({ name, text }) => ({ key: name, channel, text })),
  ]);
  if (texts.length === 0) return null;
  return (
    <section className="mt24" aria-labelledby="begun">
      <h2 id="begun">{t('left.begun')}</h2>
      <p className="t2 mt4">{t('left.begunWhat')}</p>
      {texts.map(({ key, channel, text }) => (
        <div key={key} className="mt12">
          <Textarea label={`# ${names.channel(channel)}`} value={text} readOnly autosize minRows={1} maxRows={10} />
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button className="mt8" size="sm" onClick={copy}>
                {t(copied ? 'secret.copied' : 'secret.copy')}
              </Button>
            )}
          </CopyButton>
        </div>
      ))}
    </section>
  );
}
