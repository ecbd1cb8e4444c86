/** What of a report is chosen and written so far: it outlives the form, which a resident may leave to look at the map. */
export interface Draft {
  /** Code of the service. */
  readonly code: string | undefined
  readonly text: string
}

export const noDraft: Draft = { code: undefined, text: '' }
