/** OpenRouter pages a user may open with a click; we never open them ourselves. */
export const links = {
  site: 'https://openrouter.ai',
  keys: 'https://openrouter.ai/settings/keys',
  credits: 'https://openrouter.ai/settings/credits',
  /** With a key's hash: its requests. */
  logs: 'https://openrouter.ai/logs',
  activity: 'https://openrouter.ai/activity',
  status: 'https://status.openrouter.ai',
  privacy: 'https://openrouter.ai/settings/privacy',
} as const;
