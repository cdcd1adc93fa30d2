import { askMixed } from './mixedRequests.ts';
import { openMoneyWindow } from './moneyWindow.ts';

/** Another window that asks questions of all sorts; it says what its chats and its commands cost. */
const [folder = '', baseUrl = '', questions = '0'] = process.argv.slice(2);
const window = await openMoneyWindow({ folder, baseUrl });
const shown = await askMixed(window, Number(questions));
await window.settled();
window.dispose();
process.stdout.write(JSON.stringify({ shown }));
