/** Drivable ways cut at their junctions into streets, and streets joined again where nothing changes between two of them. */
import type { Road } from './roadTags.ts'

/** One piece of road between two nodes; positions are rows of the vertex list. */
export interface Street {
  readonly wayId: number
  readonly road: Road
  /** From the start node to the end node, both included. */
  readonly vertices: readonly number[]
  /** Index into linkControls, met by those who arrive at the end (driving forward) and at the start (driving backward). */
  readonly controlAtEnd: number
  readonly controlAtStart: number
}

export interface RoadWay {
  readonly id: number
  readonly road: Road
  readonly vertices: readonly number[]
}

export function startOf(street: Street): number {
  return street.vertices[0]
}

export function endOf(street: Street): number {
  return street.vertices[street.vertices.length - 1]
}

/** Streets between junctions: positions that two ways share, or one way passes twice, and the ends of ways. */
export function streetsFromWays(ways: readonly RoadWay[], vertexCount: number): Street[] {
  const uses = new Uint8Array(vertexCount)
  for (const { vertices } of ways) {
    vertices.forEach((vertex, i) => {
      const isEnd = i === 0 || i === vertices.length - 1
      uses[vertex] = Math.min(2, uses[vertex] + (isEnd ? 2 : 1))
    })
  }
  return ways.flatMap((way) =>
    cutAt(
      { wayId: way.id, road: way.road, vertices: way.vertices, controlAtEnd: 0, controlAtStart: 0 },
      (vertex) => uses[vertex] > 1,
    ),
  )
}

/** The street cut at each inner vertex that is a node; controls stay at the outer ends. */
export function cutAt(street: Street, isNode: (vertex: number) => boolean): Street[] {
  const pieces: Street[] = []
  let from = 0
  const last = street.vertices.length - 1
  for (let i = 1; i <= last; i++) {
    if (i < last && !isNode(street.vertices[i])) continue
    pieces.push({
      ...street,
      vertices: street.vertices.slice(from, i + 1),
      controlAtStart: from === 0 ? street.controlAtStart : 0,
      controlAtEnd: i === last ? street.controlAtEnd : 0,
    })
    from = i
  }
  return pieces
}

/** A street that comes back to its own start is cut in the middle, so that every link joins two nodes. */
export function openLoops(streets: readonly Street[]): Street[] {
  return streets.flatMap((street) => {
    if (startOf(street) !== endOf(street)) return [street]
    if (street.vertices.length < 3) return []
    const middle = street.vertices[street.vertices.length >> 1]
    return cutAt(street, (vertex) => vertex === middle)
  })
}

/** Joins streets at nodes where exactly two of them meet, are alike, and nothing controls the traffic. */
export function joinAlike(streets: readonly Street[], isFixed: (vertex: number) => boolean): Street[] {
  const all: (Street | undefined)[] = [...streets]
  const at = new Map<number, number[]>()
  streets.forEach((street, i) => {
    for (const node of [startOf(street), endOf(street)]) {
      const here = at.get(node)
      if (here === undefined) at.set(node, [i])
      else here.push(i)
    }
  })
  for (const [node, here] of at) {
    if (here.length !== 2 || here[0] === here[1] || isFixed(node)) continue
    const joined = joinedAt(node, all[here[0]]!, all[here[1]]!)
    if (joined === undefined) continue
    const [kept, gone] = here
    all[kept] = joined
    all[gone] = undefined
    for (const end of [startOf(joined), endOf(joined)]) {
      at.set(
        end,
        at.get(end)!.map((i) => (i === gone ? kept : i)),
      )
    }
  }
  return all.filter((street) => street !== undefined)
}

function joinedAt(node: number, one: Street, other: Street): Street | undefined {
  const first = endOf(one) === node ? one : reversed(one)
  const second = startOf(other) === node ? other : reversed(other)
  if (startOf(first) === endOf(second) || first.controlAtEnd !== 0 || second.controlAtStart !== 0)
    return undefined
  if (!areAlike(first.road, second.road)) return undefined
  const joined: Street = {
    ...first,
    vertices: [...first.vertices, ...second.vertices.slice(1)],
    controlAtEnd: second.controlAtEnd,
  }
  // A street that began forward stays so: ids and direction follow the first way where they can.
  return first === one ? joined : reversed(joined)
}

function areAlike(a: Road, b: Road): boolean {
  return (
    a.roadClass === b.roadClass &&
    a.name === b.name &&
    a.forwardLanes === b.forwardLanes &&
    a.backwardLanes === b.backwardLanes &&
    a.speedMps === b.speedMps &&
    a.tagged === b.tagged
  )
}

function reversed(street: Street): Street {
  const { road } = street
  return {
    ...street,
    road: { ...road, forwardLanes: road.backwardLanes, backwardLanes: road.forwardLanes },
    vertices: [...street.vertices].reverse(),
    controlAtEnd: street.controlAtStart,
    controlAtStart: street.controlAtEnd,
  }
}
