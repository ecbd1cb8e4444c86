/** What may be asked of a twin. Hosts validate a command at their door; the twin applies it at its next step. */

export type Command =
  | { readonly kind: 'setLinkClosed'; readonly link: number; readonly isClosed: boolean }
  | { readonly kind: 'setBreakerOpen'; readonly breaker: number; readonly isOpen: boolean }
  | { readonly kind: 'setSubstationInService'; readonly substation: number; readonly isInService: boolean }
  | { readonly kind: 'fileRequest'; readonly service: number; readonly xM: number; readonly yM: number }

/** The edits a planner may make on a fork: every command but the report of a person. */
export type Edit = Exclude<Command, { kind: 'fileRequest' }>
