/** Who leaves takes their notices along: what this device shows of them, and that it is pushed any more. */
export async function forgetDevice(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration) return;
  (await registration.getNotifications()).forEach((notice) => notice.close());
  await (await registration.pushManager.getSubscription())?.unsubscribe();
}
