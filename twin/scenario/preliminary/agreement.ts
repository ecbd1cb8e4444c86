/** How often the first answer and the runs agreed in sign. Written by `npm run prove -- preliminary`; not by hand. */

export interface Agreement {
  /** ISO 8601. */
  readonly date: string
  /** Of the engine, see `document.ts`. */
  readonly model: string
  readonly edits: number
  /** Measures whose difference in the runs is clear, and of them those in which both have the same sign. */
  readonly of: number
  readonly agreed: number
}

export const agreement: Agreement = { date: '', model: '', edits: 0, of: 0, agreed: 0 }
