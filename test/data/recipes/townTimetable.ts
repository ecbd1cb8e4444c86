/** A timetable for a town of `smallCity`: two tagged lines that cross. */
import type { OsmNode } from '../../../data/recipes/osm.ts'
import { makeTimetable } from '../../../data/recipes/transit.ts'
import { lngLatFromLocal, type Projection } from '../../../twin/geo/projection.ts'
import type { RoadNetwork } from '../../../twin/traffic/network.ts'
import type { Timetable } from '../../../twin/transit/timetable.ts'

const SPACING_M = 250
const KERB_M = 6

export function townTimetable(network: RoadNetwork, projection: Projection, side: number): Timetable {
  const nodes: OsmNode[] = []
  const put = (xM: number, yM: number, line: string, variant: string, ordinal: number) =>
    nodes.push({
      id: nodes.length,
      at: lngLatFromLocal(projection, [xM, yM]),
      tags: {
        public_transport: 'platform',
        'source:pkey': `${1000 + nodes.length}`,
        'mvdgis:desc_linea': line,
        'mvdgis:cod_varian': variant,
        'mvdgis:ordinal': `${ordinal}`,
      },
    })
  for (let i = 1; i < side; i++) {
    const along = SPACING_M * i - SPACING_M / 2
    put(along, 3 * SPACING_M - KERB_M, '64', '1', i)
    put(SPACING_M * (side - 1) - along, 3 * SPACING_M + KERB_M, '64', '2', i)
    put(3 * SPACING_M + KERB_M, along, 'D, "Centro"', '3', i)
    put(3 * SPACING_M - KERB_M, SPACING_M * (side - 1) - along, 'D, "Centro"', '4', i)
  }
  const extract = { nodes, ways: [], areas: [], bounds: [-57, -35, -56, -34] as const, date: '2017-12-04' }
  return makeTimetable(extract, network, projection)!
}
