/** Versions of a scenario as a tree: where two of them part, and where each is drawn. Pure. */
import type { VersionFacts } from '../../../source/keptScenarios.ts'

/** The last version that both come from; undefined when they have none in common. */
export function commonAncestor(
  versions: readonly VersionFacts[],
  a: string,
  b: string,
): VersionFacts | undefined {
  const ofA = ancestors(versions, a)
  const ofB = ancestors(versions, b)
  return versions.findLast(({ id }) => ofA.has(id) && ofB.has(id))
}

/** A version and all that it comes from. */
function ancestors(versions: readonly VersionFacts[], id: string): Set<string> {
  const byId = new Map(versions.map((version) => [version.id, version]))
  const found = new Set<string>()
  const look = [id]
  for (let next = look.pop(); next !== undefined; next = look.pop()) {
    const version = byId.get(next)
    if (version === undefined || found.has(next)) continue
    found.add(next)
    for (const parent of [version.parent, version.other]) if (parent !== undefined) look.push(parent)
  }
  return found
}

export interface PlacedVersion {
  readonly version: VersionFacts
  /** Of its branch, from the left. */
  readonly column: number
  /** Rows of its parents, further down. */
  readonly parents: readonly number[]
}

/** A row each, the newest first; a column a branch, in the order in which they began. */
export function placeVersions(versions: readonly VersionFacts[]): PlacedVersion[] {
  const branches = [...new Set(versions.map(({ branch }) => branch))]
  const rows = versions.toReversed()
  const rowOf = new Map(rows.map(({ id }, row) => [id, row]))
  return rows.map((version) => ({
    version,
    column: branches.indexOf(version.branch),
    parents: [version.parent, version.other].flatMap((id) => {
      const row = id === undefined ? undefined : rowOf.get(id)
      return row === undefined ? [] : [row]
    }),
  }))
}
