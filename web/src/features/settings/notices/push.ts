import type { PushSubscription as Kept } from '../../../../../src/contracts/notifications/push';
import { api } from '../../../api/http';

const PATH = '/me/push-subscription';

/** Whether this device takes notices of mine while no window is open. */
export type PushState = 'unsupported' | 'denied' | 'on' | 'off';

const isKnown = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

const subscriptionHere = async () =>
  (await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription()) ?? null;

/** What the browser holds and what the server knows: it is on when both say the same. */
export async function readPush(): Promise<PushState> {
  if (!isKnown()) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const [here, kept] = await Promise.all([subscriptionHere(), api.get<Kept>(PATH)]);
  return here !== null && here.endpoint === kept.endpoint ? 'on' : 'off';
}

/** Asks the person if nobody has yet, then the browser. Called by a press only. */
export async function switchPushOn(): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted')
    return Notification.permission === 'denied' ? 'denied' : 'off';
  const [{ pushManager }, { publicKey }] = await Promise.all([navigator.serviceWorker.ready, api.get<Kept>(PATH)]);
  // One that was made for other keys of ours, or for whoever was here before, is of no use.
  await (await pushManager.getSubscription())?.unsubscribe();
  const { endpoint, keys } = (
    await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
  ).toJSON();
  await api.put<Kept>(PATH, { endpoint, keys });
  return 'on';
}

export async function switchPushOff(): Promise<PushState> {
  await api.delete(PATH);
  await (await subscriptionHere())?.unsubscribe();
  return 'off';
}
