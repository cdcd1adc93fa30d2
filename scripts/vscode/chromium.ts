import { findProgram, installSystemPackages, isExecutable } from './systemPackages.ts';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const otherPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Flags for a quiet browser that no test has to share, and that draws at full speed though nobody sees it. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** The path of a Chromium or Chrome; on Debian, as root, it is installed when there is none. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) {
    return found;
  }
  if (await installSystemPackages('chromium')) {
    const installed = findChromium();
    if (installed !== undefined) {
      return installed;
    }
  }
  throw new Error(
    'Chromium is missing. Install it ("apt-get install chromium" on Debian), or set CHROME_PATH to a Chrome.',
  );
}

/** The path of a Chromium or Chrome, if one is installed. */
export function findChromium(): string | undefined {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    return isExecutable(named) ? named : undefined;
  }
  return programs.map(findProgram).find((each) => each !== undefined) ?? otherPlaces.find(isExecutable);
}
