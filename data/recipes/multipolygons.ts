/** Areas from multipolygon relations: members chained into rings, rings sorted into outer ones and holes. */
import type { LngLat } from '../../twin/geo/projection.ts'
import { isClosed } from './joinPieces.ts'
import type { OsmArea, Tags } from './osm.ts'
import { chainUndirected } from './shore.ts'

export interface RelationMember {
  readonly type: 'node' | 'way' | 'relation'
  readonly id: number
  readonly role: string
}

export interface Relation {
  readonly id: number
  readonly tags: Tags
  readonly members: readonly RelationMember[]
}

/** Rings that do not close (a member lies outside the extract) are left out, and areas without an outer ring with them. */
export function areasFromRelations(
  relations: readonly Relation[],
  courses: ReadonlyMap<number, readonly LngLat[]>,
): OsmArea[] {
  const areas: OsmArea[] = []
  for (const { id, tags, members } of relations) {
    if (tags.type !== 'multipolygon' && tags.type !== 'boundary') continue
    const ringsOf = (isWanted: (role: string) => boolean) =>
      chainUndirected(
        members.flatMap((member) => {
          const course = member.type === 'way' && isWanted(member.role) ? courses.get(member.id) : undefined
          return course === undefined || course.length < 2 ? [] : [course]
        }),
      ).filter(isClosed)
    const outer = ringsOf((role) => role !== 'inner')
    if (outer.length === 0) continue
    const { type: _, ...own } = tags
    areas.push({ id, tags: own, outer, inner: ringsOf((role) => role === 'inner') })
  }
  return areas
}
