/** Ends what global-setup.mjs started, and only that. */
export default async function globalTeardown() {
  await globalThis.servicesOfTheTests?.stop();
}
