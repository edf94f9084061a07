/** What the service worker tells a window: a notice was tapped and leads there, or was tapped before the window was open. */
export type FromWorker = { what: 'open'; id: string; link: string } | { what: 'tapped'; ids: string[] };

/** What a window asks the service worker. */
export interface ToWorker {
  what: 'tapped?';
}
