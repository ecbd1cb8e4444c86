/**
 * The city that a scenario is lived in, when its edits have streets built otherwise. Whoever hosts a scenario that begins in a
 * typical hour makes its twin of this city, and its life of that hour anew, and then runs the edits that are left; at a live
 * moment the streets are those that are driven, and such edits are refused.
 */
import type { City } from '../city.ts'
import { checkEdits, EditRefusedError, kindOf, type Refused, type ScenarioEdit } from './edits.ts'
import { refused } from './refusals.ts'

export interface Built {
  /** The same object when no edit builds. Rows of all its tables are those of the city it comes from. */
  readonly city: City
  /** Those that are not built. */
  readonly edits: readonly ScenarioEdit[]
  readonly refused: readonly Refused[]
}

export function buildCity(edits: readonly ScenarioEdit[], city: City): Built {
  const left: ScenarioEdit[] = []
  const without: Refused[] = []
  let built = city
  for (const edit of edits) {
    const { build } = kindOf(edit)
    if (build === undefined || edit.isOff === true) {
      left.push(edit)
      continue
    }
    const result =
      edit.fromS === undefined && edit.untilS === undefined
        ? build(edit as never, built)
        : refused('builtForGood')
    if ('refused' in result) without.push({ edit, refused: result.refused })
    else built = result.city
  }
  return { city: built, edits: left, refused: without }
}

/** As `checkEdits`, of a scenario that begins in a typical hour, so that streets may be built for it. */
export function checkBuilt(edits: readonly ScenarioEdit[], city: City): void {
  const built = buildCity(edits, city)
  const [first] = built.refused
  if (first !== undefined) throw new EditRefusedError(first)
  checkEdits(built.edits, built.city)
}
