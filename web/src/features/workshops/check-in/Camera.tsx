import { Button } from '@mantine/core';
import { IconCamera, IconCameraOff } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../ui/Icon';
import { Notice } from '../../../ui/page/State';
import classes from './check-in.module.css';
import { mayUseCamera, watchCamera } from './watch-camera';

/** What the camera sees, square; on at once where it was allowed before, else at a press. Without one the field beside it does the same. */
export default function Camera({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation('workshops');
  const video = useRef<HTMLVideoElement>(null);
  const [isOn, setOn] = useState(false);
  const [isLost, setLost] = useState(false);
  const tell = useEffectEvent(onText);
  useEffect(() => {
    let isOver = false;
    void mayUseCamera().then((may) => {
      if (may && !isOver) setOn(true);
    });
    return () => {
      isOver = true;
    };
  }, []);
  useEffect(() => {
    if (!isOn || !video.current) return undefined;
    return watchCamera(video.current, {
      onText: (text) => tell(text),
      onLost: () => {
        setOn(false);
        setLost(true);
      },
    });
  }, [isOn]);
  return (
    <div className={classes.eye}>
      {/* What it shows is for the eyes of who holds the phone; what is read of it is said in words. */}
      <video ref={video} className={classes.picture} hidden={!isOn} muted playsInline aria-hidden="true" />
      {isLost && !isOn && <Notice>{t('checkIn.camera.none')}</Notice>}
      <div className="row between wrap mt8">
        {isOn && <p className="t2">{t('checkIn.camera.hold')}</p>}
        <Button
          leftSection={<Icon of={isOn ? IconCameraOff : IconCamera} />}
          onClick={() => {
            setLost(false);
            setOn(!isOn);
          }}
        >
          {t(isOn ? 'checkIn.camera.off' : 'checkIn.camera.on')}
        </Button>
      </div>
    </div>
  );
}
