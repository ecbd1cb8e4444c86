/** The rows of a table of scenarios: a measure each, with the untouched city's value and what every scenario makes of it. */

export interface CellOfTable {
  readonly edited: number
  /** Undefined where there is nothing to differ from. */
  readonly difference: number | undefined
  readonly interval?: readonly [low: number, high: number]
  readonly isClear?: boolean
}

export interface Measured {
  readonly id: string
  readonly base: number
  readonly edited: number
  /** From the untouched city where it is left out. */
  readonly difference?: number | undefined
  readonly interval?: readonly [low: number, high: number]
  readonly isClear?: boolean
}

export interface RowOfTable<Id extends string> {
  readonly id: Id
  /** Of the first scenario that has one. */
  readonly base: number | undefined
  /** In the order of the scenarios; undefined where one has no such measure. */
  readonly cells: readonly (CellOfTable | undefined)[]
}

/** A row for every one of `ids` that some scenario has. */
export function rowsOf<Id extends string>(
  ids: readonly Id[],
  scenarios: readonly (readonly Measured[])[],
): RowOfTable<Id>[] {
  return ids
    .map((id) => {
      const found = scenarios.map((measured) => measured.find((one) => one.id === id))
      return {
        id,
        base: found.find((one) => one !== undefined)?.base,
        cells: found.map((one) => one && { difference: one.edited - one.base, ...one }),
      }
    })
    .filter(({ base }) => base !== undefined)
}
