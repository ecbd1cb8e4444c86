/**
 * Ties between buses, and the trees that they leave: a tie carries only what would be dark without it, so that no loop ever forms.
 * What hangs dark below an open switch is taken over as a whole, hung up by the tie's end: its lines carry the other way round.
 *
 * Rows of the solver are runs, one a feeder: its own buses in their order, then what it took over, parents before children.
 * Without ties a row is a bus.
 */
import type { PowerGrid } from './grid.ts'

/** Of a tie's cable, Ω a km: aluminium of 240 mm² (as the made grid has them, see `data/recipes/gridLines.ts`), laid 1.3 times as long as the straight way. Assumed. */
const R_OHM_PER_KM = 0.148
const X_OHM_PER_KM = 0.106
const WAY_OVER_STRAIGHT = 1.3

export interface Ties {
  /** By row: its bus, the row above it (−1 at a head), the bus whose line leads to it (−1 for a tie), and what that line has. */
  readonly busAt: Int32Array
  readonly parent: Int32Array
  readonly lineOf: Int32Array
  readonly rOhm: Float64Array
  readonly xOhm: Float64Array
  /** By bus: its row, and the feeder in whose run it is. */
  readonly rowOf: Int32Array
  readonly fedBy: Uint16Array
  /** By feeder: its run. */
  readonly first: Int32Array
  readonly end: Int32Array
  /** Whether a tie was turned since the last update. */
  isStale(): boolean
  /** Given by bus who has voltage without ties and whether the line to it is cut, gives voltage to what ties reach, and sets the runs. */
  update(isLive: Uint8Array, isCut: Uint8Array): void
}

/** `tieTo`: by bus, the row of the bus at the other end of its tie plus one; 0 where it has none. */
export function createTies(grid: PowerGrid, tieTo: Float64Array): Ties {
  const { buses, feeders } = grid
  const count = buses.feeder.length
  const used = new Float64Array(count)
  const children: number[][] = Array.from({ length: count }, () => [])
  buses.parentBus.forEach((parent, bus) => {
    if (parent >= 0) children[parent].push(bus)
  })
  const ties: Ties = {
    busAt: new Int32Array(count),
    parent: new Int32Array(count),
    lineOf: new Int32Array(count),
    rOhm: new Float64Array(count),
    xOhm: new Float64Array(count),
    rowOf: new Int32Array(count),
    fedBy: new Uint16Array(count),
    first: new Int32Array(feeders.firstBus.length),
    end: new Int32Array(feeders.firstBus.length),
    isStale: () => tieTo.some((to, bus) => to !== used[bus]),
    update(isLive, isCut) {
      used.set(tieTo)
      const taken = takeOver(isLive, isCut)
      if (taken.length > 0 || !isPlain) setRuns(taken)
      isPlain = taken.length === 0
    },
  }
  let isPlain = true

  /** A bus, what is above it now, and the bus whose line leads to it. */
  type Taken = readonly [bus: number, above: number, line: number]

  function takeOver(isLive: Uint8Array, isCut: Uint8Array): Taken[] {
    ties.fedBy.set(buses.feeder)
    const taken: Taken[] = []
    for (let isMore = true; isMore;) {
      isMore = false
      for (let bus = 0; bus < count; bus++) {
        const other = used[bus] - 1
        if (other < 0 || other >= count || isLive[bus] === isLive[other]) continue
        const [live, dark] = isLive[bus] === 1 ? [bus, other] : [other, bus]
        hangUp(dark, live, isLive, isCut, taken)
        isMore = true
      }
    }
    return taken
  }

  function hangUp(dark: number, live: number, isLive: Uint8Array, isCut: Uint8Array, taken: Taken[]): void {
    const open: Taken[] = [[dark, live, -1]]
    isLive[dark] = 1
    for (let at = 0; at < open.length; at++) {
      const [bus] = open[at]
      ties.fedBy[bus] = ties.fedBy[live]
      const above = buses.parentBus[bus]
      if (above >= 0 && isCut[bus] === 0 && isLive[above] === 0) {
        isLive[above] = 1
        open.push([above, bus, bus])
      }
      for (const child of children[bus]) {
        if (isCut[child] === 1 || isLive[child] === 1) continue
        isLive[child] = 1
        open.push([child, bus, child])
      }
    }
    taken.push(...open)
  }

  function setRuns(taken: readonly Taken[]): void {
    const isTaken = new Uint8Array(count)
    for (const [bus] of taken) isTaken[bus] = 1
    let row = 0
    const put = (bus: number, above: number, line: number) => {
      ties.busAt[row] = bus
      ties.rowOf[bus] = row
      ties.parent[row] = above < 0 ? -1 : ties.rowOf[above]
      ties.lineOf[row] = line
      const km = line < 0 && above >= 0 ? (WAY_OVER_STRAIGHT * metresBetween(grid, bus, above)) / 1000 : 0
      ties.rOhm[row] = line < 0 ? km * R_OHM_PER_KM : buses.rOhm[line]
      ties.xOhm[row] = line < 0 ? km * X_OHM_PER_KM : buses.xOhm[line]
      row++
    }
    for (let feeder = 0; feeder < ties.first.length; feeder++) {
      ties.first[feeder] = row
      const begin = feeders.firstBus[feeder]
      for (let bus = begin; bus < begin + feeders.busCount[feeder]; bus++)
        if (isTaken[bus] === 0) put(bus, isTaken[buses.parentBus[bus]] === 1 ? -1 : buses.parentBus[bus], bus)
      for (const [bus, above, line] of taken) if (ties.fedBy[bus] === feeder) put(bus, above, line)
      ties.end[feeder] = row
    }
  }

  ties.fedBy.set(buses.feeder)
  setRuns([])
  return ties
}

/** The straight way between two buses. */
export function metresBetween({ buses }: PowerGrid, a: number, b: number): number {
  const dx = buses.xM[a] - buses.xM[b]
  const dy = buses.yM[a] - buses.yM[b]
  return Math.sqrt(dx * dx + dy * dy)
}
