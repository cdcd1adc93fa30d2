/** Pages of OpenRouter's website that a user may be led to. They are opened by a click, never by us. */
export const links = {
  site: 'https://openrouter.ai',
  keys: 'https://openrouter.ai/settings/keys',
  credits: 'https://openrouter.ai/settings/credits',
  /** With the hash of a key: what was asked with it. */
  logs: 'https://openrouter.ai/logs',
  activity: 'https://openrouter.ai/activity',
  privacy: 'https://openrouter.ai/settings/privacy',
} as const;
