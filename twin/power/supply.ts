/** Which buses have voltage: below an open breaker or a line that is down, and below a substation out of service, all is dark
 * that no tie reaches. */
import type { PowerGrid } from './grid.ts'
import type { Ties } from './ties.ts'

export interface Supply {
  /** By bus and by transformer, 0 or 1. */
  readonly bus: Uint8Array
  readonly transformer: Uint8Array
  /** Customers without voltage, by feeder. */
  readonly customersOut: Uint32Array
  /** Finds all of these anew from the switches' states, and by bus whether the line to it is down. */
  update(isOpen: Uint8Array, isInService: Uint8Array, isDown: Uint8Array): void
}

/** Throws when the grid's feeders and buses do not fit together. */
export function createSupply(grid: PowerGrid, ties: Ties): Supply {
  const { feeders, buses, transformers, breakers } = grid
  checkGrid(grid)
  const bus = new Uint8Array(buses.feeder.length)
  const transformer = new Uint8Array(transformers.bus.length)
  const customersOut = new Uint32Array(feeders.firstBus.length)
  const isCut = new Uint8Array(bus.length)
  return {
    bus,
    transformer,
    customersOut,
    update(isOpen, isInService, isDown) {
      isCut.set(isDown)
      for (let row = 0; row < breakers.bus.length; row++) if (isOpen[row] === 1) isCut[breakers.bus[row]] = 1
      for (let row = 0; row < bus.length; row++) {
        const parent = buses.parentBus[row]
        const above = parent < 0 ? isInService[feeders.substation[buses.feeder[row]]] : bus[parent]
        bus[row] = isCut[row] === 1 ? 0 : above
      }
      ties.update(bus, isCut)
      customersOut.fill(0)
      for (let row = 0; row < transformer.length; row++) {
        const at = transformers.bus[row]
        transformer[row] = bus[at]
        if (bus[at] === 0) customersOut[buses.feeder[at]] += transformers.customers[row]
      }
    },
  }
}

function checkGrid({ substations, feeders, buses, transformers, breakers, signals }: PowerGrid): void {
  for (let bus = 0; bus < buses.parentBus.length; bus++) {
    const feeder = buses.feeder[bus]
    const first = feeders.firstBus[feeder]
    const parent = buses.parentBus[bus]
    const isHead = bus === first && parent === -1
    const isBelow = parent >= first && parent < bus && bus < first + feeders.busCount[feeder]
    if (!isHead && !isBelow)
      throw new Error(`grid: bus ${bus} does not follow its parent ${parent} in feeder ${feeder}`)
  }
  const isWithin = (rows: ArrayLike<number>, count: number) =>
    Array.prototype.every.call(rows, (row) => row < count)
  if (!isWithin(feeders.substation, substations.xM.length))
    throw new Error('grid: a feeder has no substation')
  if (!isWithin(transformers.bus, buses.feeder.length)) throw new Error('grid: a transformer has no bus')
  if (!isWithin(breakers.bus, buses.feeder.length)) throw new Error('grid: a breaker has no bus')
  const isUnknown = signals.transformer.some((row) => row >= transformers.bus.length && row !== 0xffffffff)
  if (isUnknown) throw new Error('grid: a signal has no transformer')
}
