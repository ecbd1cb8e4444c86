/**
 * Brings together what two planners have made of one scenario, three ways: what only one of them touched is as he left it. Where
 * both touched the same in different ways it is a conflict, to be chosen by hand; until then ours stands. Without a conflict it
 * does not matter who is who but for what ours and theirs is called, and nothing that was added is lost.
 */
import { align, isSameEdit, type Added, type Aligned } from './align.ts'
import { canonicalText } from './canonicalText.ts'
import type { Scenario } from './document.ts'
import type { ScenarioEdit } from './edits.ts'
import { thingOf } from './thing.ts'

/** What a scenario says beside its edits, but for what it is. */
export const headFields = ['title', 'question', 'author', 'notes', 'base', 'horizonS'] as const
export type HeadField = (typeof headFields)[number]
export type Side = 'ours' | 'theirs'

/** `key` names it in the choices. */
export type Conflict =
  | { readonly key: string; readonly kind: 'field'; readonly field: HeadField }
  /** Undefined on the side that took the edit out, and in the base when both have put it in. */
  | {
      readonly key: string
      readonly kind: 'edit'
      readonly base: ScenarioEdit | undefined
      readonly ours: ScenarioEdit | undefined
      readonly theirs: ScenarioEdit | undefined
    }
  | { readonly key: string; readonly kind: 'order' }

export type Choices = Readonly<Record<string, Side>>

export interface Merged {
  /** Has no parent: whoever keeps it knows that. */
  readonly scenario: Scenario
  readonly conflicts: readonly Conflict[]
}

export function mergeScenarios(
  base: Scenario,
  ours: Scenario,
  theirs: Scenario,
  choices: Choices = {},
): Merged {
  const conflicts: Conflict[] = []
  const head: Record<string, unknown> = {}
  for (const field of headFields) {
    const [was, our, their] = [base[field], ours[field], theirs[field]]
    const whole = threeWays(was, our, their)
    if (whole === undefined) conflicts.push({ key: `field:${field}`, kind: 'field', field })
    const value = whole === undefined ? (choices[`field:${field}`] === 'theirs' ? their : our) : whole.value
    if (value !== undefined) head[field] = value
  }
  const edits = mergeEdits(base.edits, ours.edits, theirs.edits, choices, conflicts)
  const { citytwin, version } = ours
  // every field of the head is from one of the three, and so of its type
  return { scenario: { citytwin, version, ...head, edits } as unknown as Scenario, conflicts }
}

/** What three ways come to; undefined where both sides have left the base in different ways. */
function threeWays<T>(base: T, ours: T, theirs: T): { readonly value: T } | undefined {
  const [was, our, their] = [base, ours, theirs].map((value) => canonicalText(value))
  if (our === their || their === was) return { value: ours }
  return our === was ? { value: theirs } : undefined
}

/** An edit of the result: of a row of the base, or new, by both or one of them. */
interface Put {
  readonly edit: ScenarioEdit
  readonly by: Side | 'both'
  readonly after: readonly number[]
}

function mergeEdits(
  base: readonly ScenarioEdit[],
  ours: readonly ScenarioEdit[],
  theirs: readonly ScenarioEdit[],
  choices: Choices,
  conflicts: Conflict[],
): readonly ScenarioEdit[] {
  const whole = threeWays(base, ours, theirs)
  if (whole !== undefined) return whole.value
  const [our, their] = [align(base, ours), align(base, theirs)]
  const kept = new Map<number, ScenarioEdit>()
  base.forEach((edit, row) => {
    const of = mergedRow(edit, our.kept.get(row), their.kept.get(row), choices, conflicts)
    if (of !== undefined) kept.set(row, of)
  })
  const order = mergedOrder(base, kept, our, their, choices, conflicts)
  const added = mergedAdded(our.added, their.added, choices, conflicts)
  const at = (anchor: number | undefined) =>
    inEitherOrder(added.filter(({ after }) => after.find((row) => kept.has(row)) === anchor))
  return named([
    ...at(undefined),
    ...order.flatMap((row) => [
      { edit: kept.get(row)!, by: 'both' as const, after: [], isOfBase: true },
      ...at(row),
    ]),
  ])
}

function mergedRow(
  base: ScenarioEdit,
  ours: ScenarioEdit | undefined,
  theirs: ScenarioEdit | undefined,
  choices: Choices,
  conflicts: Conflict[],
): ScenarioEdit | undefined {
  const renamed = (edit: ScenarioEdit | undefined) => edit && { ...edit, id: base.id }
  const [our, their] = [renamed(ours), renamed(theirs)]
  const whole = threeWays<ScenarioEdit | undefined>(base, our, their) ?? byField(base, our, their)
  if (whole !== undefined) return whole.value
  const key = `edit:${base.id}`
  conflicts.push({ key, kind: 'edit', base, ours: our, theirs: their })
  return choices[key] === 'theirs' ? their : our
}

/** An edit of which each side has changed other fields. */
function byField(
  base: ScenarioEdit,
  ours: ScenarioEdit | undefined,
  theirs: ScenarioEdit | undefined,
): { readonly value: ScenarioEdit } | undefined {
  if (ours === undefined || theirs === undefined) return undefined
  const [was, our, their] = [base, ours, theirs] as unknown as Record<string, unknown>[]
  const value: Record<string, unknown> = {}
  for (const field of new Set([base, ours, theirs].flatMap((edit) => Object.keys(edit)))) {
    const one = threeWays(was[field], our[field], their[field])
    if (one === undefined) return undefined
    if (one.value !== undefined) value[field] = one.value
  }
  return { value: value as unknown as ScenarioEdit }
}

function mergedOrder(
  base: readonly ScenarioEdit[],
  kept: ReadonlyMap<number, ScenarioEdit>,
  ours: Aligned,
  theirs: Aligned,
  choices: Choices,
  conflicts: Conflict[],
): readonly number[] {
  const ofBoth = new Set(ours.order.filter((row) => kept.has(row) && theirs.kept.has(row)))
  const within = (order: Iterable<number>) => [...order].filter((row) => ofBoth.has(row)).join()
  const [was, our, their] = [within(base.keys()), within(ours.order), within(theirs.order)]
  const isConflict = our !== their && our !== was && their !== was
  if (isConflict) conflicts.push({ key: 'order', kind: 'order' })
  const isTheirs = isConflict ? choices['order'] === 'theirs' : our === was
  const [leading, other] = isTheirs ? [theirs.order, ours.order] : [ours.order, theirs.order]
  const order = leading.filter((row) => kept.has(row))
  // what the leading side has taken out, and the other kept by choice
  other.forEach((row, i) => {
    if (!kept.has(row) || order.includes(row)) return
    const before = other
      .slice(0, i)
      .reverse()
      .find((earlier) => order.includes(earlier))
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, row)
  })
  return order
}

/** What is new on either side; the same thing on both is one edit. */
function mergedAdded(
  ours: readonly Added[],
  theirs: readonly Added[],
  choices: Choices,
  conflicts: Conflict[],
): Put[] {
  const rest = new Set(theirs)
  const put = ours.map(({ edit, after }): Put => {
    const thing = thingOf(edit)
    const twin = [...rest].find((one) => thingOf(one.edit) === thing)
    if (twin === undefined) return { edit, by: 'ours', after }
    rest.delete(twin)
    const id = edit.id < twin.edit.id ? edit.id : twin.edit.id
    const earlier = sooner(after, twin.after)
    if (isSameEdit(edit, twin.edit)) return { edit: { ...edit, id }, by: 'both', after: earlier }
    const key = `new:${thing}`
    conflicts.push({ key, kind: 'edit', base: undefined, ours: edit, theirs: twin.edit })
    return { edit: choices[key] === 'theirs' ? twin.edit : edit, by: 'both', after: earlier }
  })
  return [...put, ...[...rest].map(({ edit, after }): Put => ({ edit, by: 'theirs', after }))]
}

/** Of two places the one nearer to the beginning; of two as near, one of them whoever is called ours. */
function sooner(one: readonly number[], other: readonly number[]): readonly number[] {
  if (one.length !== other.length) return one.length < other.length ? one : other
  return one.join() < other.join() ? one : other
}

/** One order of what stands at one place, whichever side is called ours. */
function inEitherOrder(puts: readonly Put[]): Put[] {
  const of = (by: Put['by']) => puts.filter((put) => put.by === by)
  const textOf = (list: readonly Put[]) => canonicalText(list.map(({ edit }) => edit))
  const both = of('both').sort((a, b) => (canonicalText(a.edit) < canonicalText(b.edit) ? -1 : 1))
  const sides = [of('ours'), of('theirs')].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1))
  return [...both, ...sides.flat()]
}

/** With an id of its own for each: an edit of the base keeps its, and of two new ones that share one the first in the alphabet. */
function named(puts: readonly (Put & { readonly isOfBase?: boolean })[]): ScenarioEdit[] {
  const taken = new Set(puts.filter(({ isOfBase }) => isOfBase).map(({ edit }) => edit.id))
  const all = new Set(puts.map(({ edit }) => edit.id))
  const ids = new Map<Put, string>()
  const added = puts.filter(({ isOfBase }) => isOfBase !== true)
  let next = 1
  for (const put of [...added].sort((a, b) => (canonicalText(a.edit) < canonicalText(b.edit) ? -1 : 1))) {
    let { id } = put.edit
    if (taken.has(id)) {
      while (all.has(`e${next}`) || taken.has(`e${next}`)) next++
      id = `e${next}`
    }
    taken.add(id)
    ids.set(put, id)
  }
  return puts.map((put) => ({ ...put.edit, id: ids.get(put) ?? put.edit.id }))
}
