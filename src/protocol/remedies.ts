/** The remedies that lead out of the page: to a command, to settings, or to a page of the web. */
const outsideRemedyKinds = [
  'signIn',
  'setApiKey',
  'addCredits',
  'privacySettings',
  'switchModel',
  'openSettings',
  /** Shows the budget settings. */
  'raiseLimit',
  'serviceStatus',
] as const;

/** The remedies that ask this time another model, which they name. */
const modelRemedyKinds = ['useFreeModel', 'useModel'] as const;

/** The remedies that only a failed answer has: each asks again, in another way. */
const answerRemedyKinds = [
  ...modelRemedyKinds,
  /** Asks for a shorter answer, one that the credit is enough for. */
  'lowerLength',
  /** Continues the answer. */
  'continue',
  /** Leaves out the routing fields that left no provider, this time only. */
  'relaxRouting',
] as const;

/** Every remedy there is: the one list that the message, its check and the buttons are made from. */
export const remedyKinds = [...outsideRemedyKinds, ...answerRemedyKinds, 'tryAgain', 'dismiss'] as const;

export type RemedyKind = (typeof remedyKinds)[number];
export type OutsideRemedyKind = (typeof outsideRemedyKinds)[number];
export type AnswerRemedyKind = (typeof answerRemedyKinds)[number];
export type ModelRemedyKind = (typeof modelRemedyKinds)[number];

/** A button that an error offers; its label is in the user's language. */
export type Remedy =
  | { readonly kind: Exclude<RemedyKind, ModelRemedyKind>; readonly label: string }
  | { readonly kind: ModelRemedyKind; readonly label: string; readonly model: string };

export function isOutsideRemedy(kind: RemedyKind): kind is OutsideRemedyKind {
  return (outsideRemedyKinds as readonly RemedyKind[]).includes(kind);
}

export function isAnswerRemedy(kind: RemedyKind): kind is AnswerRemedyKind {
  return (answerRemedyKinds as readonly RemedyKind[]).includes(kind);
}
