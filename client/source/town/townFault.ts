/** Why no town could be made of what was given: a kind that the page has words for in every language, and what they are filled with. */

export const townFaultKinds = [
  /** None of the files is a map. */
  'noMap',
  'twoMaps',
  'empty',
  'notMap',
  'broken',
  'noStreets',
  'tooLarge',
  'tooManyNodes',
  'tooManyStreets',
  'tooWide',
  'feedBroken',
  'feedTooLarge',
  'feedElsewhere',
  /** The browser does not keep it. */
  'noRoom',
  'failed',
] as const
export type TownFaultKind = (typeof townFaultKinds)[number]

export interface TownFaultFacts {
  readonly kind: TownFaultKind
  readonly values: Readonly<Record<string, string | number>>
  /** A command that cuts a part out of the file that is small enough. */
  readonly command?: string
}

export class TownFault extends Error {
  readonly facts: TownFaultFacts

  constructor(kind: TownFaultKind, values: TownFaultFacts['values'] = {}, command?: string) {
    super(`town: ${kind} ${JSON.stringify(values)}`)
    this.facts = { kind, values, ...(command !== undefined && { command }) }
  }
}

/** The facts of whatever went wrong; of what is no fault of a town's, its own words. */
export function factsOfFault(error: unknown): TownFaultFacts {
  if (error instanceof TownFault) return error.facts
  return { kind: 'failed', values: { why: error instanceof Error ? error.message : String(error) } }
}
