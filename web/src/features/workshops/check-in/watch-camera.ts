import decodeQR from 'qr/decode.js';

/** Often enough for a hand that holds a phone, and seldom enough for the battery. */
const EVERY_MS = 150;
/** In pixels: more tells no more of a code that fills a part of the picture, and costs. */
const LOOKED_AT = 640;
/** The camera that looks away from who holds the phone, where there are two. */
const WANTED: MediaStreamConstraints = { audio: false, video: { facingMode: 'environment', width: { ideal: 1280 } } };

interface Watching {
  /** A code is there; told again for as long as it is. */
  onText: (text: string) => void;
  /** There is no camera, it may not be used, or it went away. */
  onLost: () => void;
}

/** Shows what the camera sees and reads the codes in it. Pictures are looked at here and go nowhere. Call what it returns to turn it off. */
export function watchCamera(video: HTMLVideoElement, { onText, onLost }: Watching): () => void {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  let isOver = false;
  let stream: MediaStream | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    isOver = true;
    clearTimeout(timer);
    stream?.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
  const lose = () => {
    if (isOver) return;
    stop();
    onLost();
  };
  const look = () => {
    if (isOver || !context) return;
    const text = read(video, context);
    if (text !== null) onText(text);
    timer = setTimeout(look, EVERY_MS);
  };
  const start = async () => {
    stream = await navigator.mediaDevices.getUserMedia(WANTED);
    if (isOver) {
      stop();
      return;
    }
    stream.getVideoTracks()[0]?.addEventListener('ended', lose);
    video.srcObject = stream;
    await video.play();
    look();
  };
  // Without TLS browsers have no cameras at all, and then this throws, too.
  start().catch(lose);
  return stop;
}

/** Whether it may be used without asking: then it is on at once. Some browsers do not say. */
export async function mayUseCamera(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'camera' })).state === 'granted';
  } catch {
    return false;
  }
}

/** The middle of the picture, where one holds a code. */
function read(video: HTMLVideoElement, context: CanvasRenderingContext2D): string | null {
  const side = Math.min(video.videoWidth, video.videoHeight);
  if (side === 0) return null;
  const size = Math.min(side, LOOKED_AT);
  const { canvas } = context;
  if (canvas.width !== size) [canvas.width, canvas.height] = [size, size];
  const [left, top] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
  context.drawImage(video, left, top, side, side, 0, 0, size, size);
  try {
    return decodeQR(context.getImageData(0, 0, size, size));
  } catch {
    return null;
  }
}
