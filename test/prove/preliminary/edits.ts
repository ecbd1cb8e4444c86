/** Edits of Montevideo of many kinds, on which the first answer is tried against the runs. */
import type { City } from '../../../twin/city.ts'
import type { FlowChange } from '../../../twin/scenario/preliminary/answer.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'

export interface TriedEdit {
  readonly name: string
  readonly edit: ScenarioEdit
}

/** The stadium, and an area of some blocks about it. */
const STADIUM = [-56.1528, -34.8945] as [number, number]
const around = ([lng, lat]: [number, number], degrees: number): [number, number][] => [
  [lng - degrees, lat - degrees],
  [lng + degrees, lat - degrees],
  [lng + degrees, lat + degrees],
  [lng - degrees, lat + degrees],
]

/** `flows`: vehicles an hour without edits, most first. */
export function triedEdits({ network, grid }: City, flows: FlowChange): TriedEdit[] {
  const { links, names } = network
  const isOf = (street: RegExp) => (link: number) => street.test(names.text[links.name[link]])
  /** The busiest links of a street. */
  const busiest = (street: RegExp, count: number, isMeant = (_link: number) => true) =>
    flows.link.filter(isOf(street)).filter(isMeant).slice(0, count)
  const bothWays = (rows: readonly number[]) => [
    ...new Set(rows.flatMap((row) => [row, links.reverseLink[row]]).filter((row) => row >= 0)),
  ]
  const isWide = (link: number) => links.lanes[link] > 1
  const signals = new Map<number, number>()
  if (grid !== undefined)
    for (const transformer of grid.signals.transformer) {
      if (transformer === 0xffffffff) continue
      const feeder = grid.buses.feeder[grid.transformers.bus[transformer]]
      signals.set(feeder, (signals.get(feeder) ?? 0) + 1)
    }
  const byFeeder = [...signals].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const bySubstation = new Map<number, number>()
  for (const [feeder, count] of byFeeder) {
    const substation = grid!.feeders.substation[feeder]
    bySubstation.set(substation, (bySubstation.get(substation) ?? 0) + count)
  }
  const substations = [...bySubstation].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const rambla = /^Rambla/
  const edits: [string, object][] = [
    ['close the busiest link of the Rambla', { kind: 'closeStreet', links: busiest(rambla, 1) }],
    ['close the busiest street of all', { kind: 'closeStreet', links: bothWays(flows.link.slice(0, 1)) }],
    ['close Avenida Italia', { kind: 'closeStreet', links: bothWays(busiest(/^Avenida Italia/, 3)) }],
    ['close 18 de Julio to cars', { kind: 'closeToCars', links: bothWays(busiest(/18 de Julio/, 6)) }],
    ['30 km/h on the Rambla', { kind: 'speedLimit', links: busiest(rambla, 400), speedKmh: 30 }],
    [
      '30 km/h on Avenida Italia',
      { kind: 'speedLimit', links: busiest(/^Avenida Italia/, 200), speedKmh: 30 },
    ],
    ['a lane less on the Rambla', { kind: 'closeLanes', links: busiest(rambla, 20, isWide), lanes: 1 }],
    ['works on Bulevar Artigas', { kind: 'roadWorks', links: busiest(/Artigas/, 6), speedKmh: 30 }],
    ['a bus lane on Avenida Italia', { kind: 'busLane', links: busiest(/^Avenida Italia/, 20, isWide) }],
    ['a lane more on the Rambla', { kind: 'addLanes', links: busiest(rambla, 20), lanes: 1 }],
    ['a low-traffic area', { kind: 'lowTrafficArea', area: around([-56.17, -34.905], 0.006) }],
    ['a tenth more trips', { kind: 'changeDemand', factor: 1.1 }],
    ['a fifth fewer trips', { kind: 'changeDemand', factor: 0.8 }],
    ['30,000 at the stadium', { kind: 'event', at: STADIUM, attendance: 30_000, carShare: 0.5, fromS: 3600 }],
    ['20,000 residents more', { kind: 'homesAndJobs', area: around(STADIUM, 0.008), residentsAdded: 20_000 }],
    ['the substation of most signals out', { kind: 'substationOut', substation: substations[0]?.[0] ?? 0 }],
    ['another substation out', { kind: 'substationOut', substation: substations[1]?.[0] ?? 1 }],
    ['the feeder of most signals out', { kind: 'feederOut', feeder: byFeeder[0]?.[0] ?? 0 }],
    ['a heatwave', { kind: 'heatwave', addedC: 8 }],
    ['half of all cars electric', { kind: 'evShare', share: 0.5 }],
    ['100 MW of cells', { kind: 'rooftopPv', addedW: 100e6 }],
    ['a fifth of the load done without', { kind: 'demandResponse', share: 0.2 }],
  ]
  return edits.map(([name, edit], i) => ({ name, edit: { id: `e${i}`, ...edit } as ScenarioEdit }))
}
