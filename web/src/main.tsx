import './theme/base.css';
import './theme/fonts.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './theme/tokens.css';
import './theme/mantine.css';
import './theme/look.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { keys } from './api/keys';
import { queryClient } from './api/query';
import { resume } from './api/session';
import type { Me } from './api/types';
import { watchForUpdates } from './api/updated';
import { setLocale, startI18n } from './i18n/i18n';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

watchForUpdates();

/** Browsers that know no Temporal yet get it before anything asks what day it is. */
const needTemporal = 'Temporal' in globalThis ? undefined : import('temporal-polyfill/global');

await Promise.all([startI18n(), resume(), needTemporal]);
const me = queryClient.getQueryData<Me>(keys.me);
if (me) await setLocale(me.locale);
createRoot(root).render(<App />);
