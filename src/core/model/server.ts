/** Whether a server is OpenRouter (or stands in front of it), or another that speaks OpenAI's protocol. */
export type ServerKind = 'openrouter' | 'other';
