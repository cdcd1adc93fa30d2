/** The reasoning effort; `default` leaves it to the model. */
export const reasoningEfforts = ['default', 'none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const;

export type ReasoningEffort = (typeof reasoningEfforts)[number];

/** The smallest length limit that every provider accepts, in tokens. */
export const minMaxTokens = 16;
