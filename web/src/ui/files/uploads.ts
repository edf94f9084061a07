import { useEffect } from 'react';
import type { Attachment, UploadedFile } from '../../../../src/contracts/files';
import { COMMONS_PLACE, MAX_ATTACHMENTS, MAX_FILE_BYTES } from '../../../../src/contracts/limits';
import { keepDraft, readDraft } from '../../api/drafts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Problem } from '../../api/problem';
import { queryClient } from '../../api/query';
import { signedIn } from '../../api/session';
import { connection } from '../../api/socket';
import { createStore, useStore } from '../../api/store';
import type { Me } from '../../api/types';
import { uploadFile } from '../../api/files/upload';

/** Where files are gathered for what is being written there, and for which cohort they are uploaded; for a conversation between people, for none. */
export interface UploadPlace {
  name: string;
  cohortId: string | null;
}

/** A file that goes with what is being written at `place` (by name). `waiting`: goes on when the line is back. */
export interface Upload {
  key: string;
  place: string;
  cohortId: string | null;
  name: string;
  size: number;
  alt: string;
  state: 'queued' | 'sending' | 'waiting' | 'done' | 'refused';
  /** The share that is on its way, from 0 to 1. */
  share: number;
  /** The picture while it is only here. */
  local: string | null;
  uploaded: UploadedFile | null;
  /** It hangs already on what is being changed. */
  isHeld: boolean;
  /** Why it was refused. */
  problem: Problem | null;
}

const STORED = 'files';
/** The server keeps what was not sent for a day; what is a little younger is offered again. */
const KEPT_MS = 23 * 3_600_000;
const AT_ONCE = 2;
/** A cut line is often back before the socket knows that it was gone. */
const AGAIN_MS = 3_000;

interface Kept {
  place: string;
  /** Absent in what an older version left in this browser. */
  cohortId?: string | null;
  at: number;
  alt: string;
  uploaded: UploadedFile;
}

const uploads = createStore<readonly Upload[]>([]);
const files = new Map<string, { file: File; aborted: AbortController }>();
/** What is being thrown away on the server: until it is, it takes room there. */
const leaving = new Set<Promise<unknown>>();

/** What goes with what is being written there, in the order in which it was added. */
export function useUploads(place: string): Upload[] {
  useEffect(recall, []);
  return useStore(uploads).filter((one) => one.place === place);
}

function change(key: string, next: Partial<Upload>): void {
  uploads.set(uploads.get().map((one) => (one.key === key ? { ...one, ...next } : one)));
}

/** Adds files and uploads them, two at a time. Returns how many are too many for one message and were left out. */
export function addFiles(place: UploadPlace, added: readonly File[]): number {
  const room = MAX_ATTACHMENTS - uploads.get().filter((one) => one.place === place.name).length;
  const taken = added.slice(0, Math.max(0, room));
  uploads.set([...uploads.get(), ...taken.map((file) => begun(place, file))]);
  pump();
  return added.length - taken.length;
}

function begun({ name: place, cohortId }: UploadPlace, file: File): Upload {
  const key = crypto.randomUUID();
  const code = file.size === 0 ? 'empty' : file.size > MAX_FILE_BYTES ? 'too_large' : null;
  if (!code) files.set(key, { file, aborted: new AbortController() });
  const local = !code && /^image\/(png|jpeg|gif|webp|avif)$/.test(file.type) ? URL.createObjectURL(file) : null;
  return {
    ...{ key, place, cohortId, name: file.name, size: file.size, alt: '', share: 0, local, uploaded: null },
    isHeld: false,
    ...{ state: code ? 'refused' : 'queued', problem: code ? new Problem(422, code) : null },
  };
}

/** Starts what is next in turn. */
function pump(): void {
  const sending = uploads.get().filter((one) => one.state === 'sending').length;
  const next = uploads.get().filter((one) => one.state === 'queued');
  for (const { key } of next.slice(0, Math.max(0, AT_ONCE - sending))) void bring(key);
}

async function bring(key: string): Promise<void> {
  const held = files.get(key);
  if (!held) return;
  change(key, { state: 'sending', share: 0, problem: null });
  const { file, aborted } = held;
  await Promise.all(leaving);
  // It was taken out meanwhile.
  if (!files.has(key)) return;
  try {
    const onProgress = (share: number) => change(key, { share });
    const uploaded = await uploadFile<UploadedFile>(pathOf(key), file, { onProgress, signal: aborted.signal });
    change(key, { state: 'done', share: 1, uploaded });
    files.delete(key);
    keep();
  } catch (error) {
    if (aborted.signal.aborted) return;
    const problem = error instanceof Problem ? error : new Problem(0, 'offline');
    change(key, { state: problem.temporary ? 'waiting' : 'refused', share: 0, problem });
    if (problem.temporary) setTimeout(goOn, AGAIN_MS);
  } finally {
    pump();
  }
}

function pathOf(key: string): string {
  const cohortId = uploads.get().find((one) => one.key === key)?.cohortId;
  if (cohortId === COMMONS_PLACE) return '/commons/handbook/files';
  return cohortId ? `/cohorts/${cohortId}/files` : '/files';
}

export function tryAgain(key: string): void {
  change(key, { state: 'queued', problem: null });
  pump();
}

/** What the line cut goes on, if there is a line. */
function goOn(): void {
  if (connection.get() !== 'live') return;
  for (const { key, state } of uploads.get()) if (state === 'waiting') tryAgain(key);
}
connection.subscribe(goOn);

export function describe(key: string, alt: string): void {
  change(key, { alt });
  keep();
}

/** Takes a file out again: its upload is called off, and what is on the server already is thrown away. */
export function removeUpload({ key, local, uploaded, isHeld }: Upload): void {
  files.get(key)?.aborted.abort();
  forget(key, local);
  // If this fails, the server throws it away within a day.
  if (uploaded && !isHeld) {
    const going = api.delete(`/files/${uploaded.id}`).catch(() => undefined);
    leaving.add(going);
    void going.then(() => leaving.delete(going));
  }
  pump();
}

/** What is uploaded there and can go. */
export const doneAt = ({ name }: UploadPlace): Attachment[] =>
  uploads.get().flatMap(({ place, uploaded, alt }) => (place === name && uploaded ? [{ ...uploaded, alt }] : []));

/** All that is uploaded there goes with a message, and is no longer offered. Refused files stay to be seen. */
export function takeDone(place: string): Attachment[] {
  const done = uploads.get().filter((one) => one.place === place && one.state === 'done');
  for (const { key, local } of done) forget(key, local);
  return done.flatMap(({ uploaded, alt }) => (uploaded ? { ...uploaded, alt } : []));
}

/** What is changed there begins with the files that it has; `goesOn`: beside what was uploaded for it before. */
export function startWith(place: UploadPlace, attachments: readonly Attachment[], goesOn = false): void {
  leave(place, goesOn);
  const ids = new Set(attachments.map(({ id }) => id));
  // What was uploaded here and sent elsewhere hangs on it by now.
  uploads.set(uploads.get().filter((one) => one.place !== place.name || !one.uploaded || !ids.has(one.uploaded.id)));
  const held = attachments.map(({ alt, ...uploaded }) => ({ ...asDone(place, alt, uploaded), isHeld: true }));
  uploads.set([...held, ...uploads.get()]);
}

/** What was uploaded for it elsewhere, in the place of what is uploaded here; what is on its way stays. */
export function offer(place: UploadPlace, attachments: readonly Attachment[]): void {
  const here = uploads.get().filter((one) => one.place === place.name && one.state === 'done');
  const known = new Map(here.map((one) => [one.uploaded?.id, one]));
  const offered = attachments.map(({ alt, ...uploaded }): Upload => {
    const before = known.get(uploaded.id);
    return before ? { ...before, alt } : asDone(place, alt, uploaded);
  });
  if (here.length === 0 && offered.length === 0) return;
  uploads.set([...uploads.get().filter((one) => !here.includes(one)), ...offered]);
  keep();
}

/** Nothing is written there any more: what was uploaded for it is thrown away. */
export function leave({ name }: UploadPlace, onlyHeld = false): void {
  for (const one of uploads.get()) if (one.place === name && (one.isHeld || !onlyHeld)) removeUpload(one);
}

function forget(key: string, local: string | null): void {
  files.delete(key);
  uploads.set(uploads.get().filter((one) => one.key !== key));
  if (local) URL.revokeObjectURL(local);
  keep();
}

const whoAmI = () => queryClient.getQueryData<Me>(keys.me)?.id ?? '';

/** What is uploaded and not sent is there again after the page was closed, like what was typed. */
function keep(): void {
  const at = Date.now();
  const done = uploads.get().flatMap(({ place, cohortId, uploaded, alt, isHeld }): Kept[] => {
    return uploaded && !isHeld ? [{ place, cohortId, at, alt, uploaded }] : [];
  });
  keepDraft(whoAmI(), STORED, done.length > 0 ? JSON.stringify(done) : '');
}

let isRecalled = false;

function recall(): void {
  if (isRecalled) return;
  isRecalled = true;
  try {
    const kept = JSON.parse(readDraft(whoAmI(), STORED) || '[]') as Kept[];
    const mine = kept.filter((one) => Date.now() - one.at < KEPT_MS);
    uploads.set([
      ...mine.map(({ place: name, cohortId = null, alt, uploaded }) => asDone({ name, cohortId }, alt, uploaded)),
      ...uploads.get(),
    ]);
  } catch {
    // Nothing that could be read: nothing to offer.
  }
}

function asDone({ name: place, cohortId }: UploadPlace, alt: string, uploaded: UploadedFile): Upload {
  const { name, size } = uploaded;
  const common = { key: crypto.randomUUID(), local: null, share: 1, problem: null, isHeld: false } as const;
  return { ...common, place, cohortId, name, size, alt, uploaded, state: 'done' };
}

// Who signs out takes their files with them.
signedIn.subscribe(() => {
  if (signedIn.get() !== 'out') return;
  for (const { aborted } of files.values()) aborted.abort();
  files.clear();
  uploads.set([]);
  isRecalled = false;
});
