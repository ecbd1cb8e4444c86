/**
 * Whether the 80 % interval of a scenario's outcome holds the truth 72 to 88 times of 100: a hundred pairs of edits of a small
 * town's evening peak, one of its streets or its demand and one of its electric cars, each told by ten pairs of runs, against the
 * mean of two hundred others. Streets are those that are used: where nothing differs in any run there is no truth to hold.
 */
import { memberDraw } from '../../twin/forecast/member.ts'
import type { SavedState } from '../../twin/kernel/domain.ts'
import { randomBits, randomUnit } from '../../twin/kernel/random.ts'
import type { ScenarioEdit } from '../../twin/scenario/edits.ts'
import { pairedDifference } from '../../twin/scenario/interval.ts'
import { grainOf, meterOutcome, type OutcomeId } from '../../twin/scenario/outcome.ts'
import { runScenario } from '../../twin/scenario/run.ts'
import { createTwin, type Twin } from '../../twin/twin.ts'
import { smallCity } from '../fixtures/smallCity.ts'

const CASES = 100
const PAIRS = 10
const TRUTH_PAIRS = 200
const RUN_S = 600
const SEED = 11
const RESIDENTS = 12_000
/** Streets with so much traffic, vehicle-seconds in ten minutes of the base, are used. */
const USED_VEHICLE_S = 200
/** What the edits move. */
const JUDGED: readonly OutcomeId[] = ['vehicleHours', 'tripsEnded', 'queuedVehicles', 'suppliedWh']

export async function prove(log: (line: string) => void): Promise<{ passed: number; failed: number }> {
  const city = smallCity({ residents: RESIDENTS })
  const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: -3 * 3600, solveEveryS: 60 }
  const twin = createTwin(city, facts)
  twin.advance(900)
  const begun = twin.save()
  const streets = usedStreets(twin)

  const lived = (state: SavedState, member: number, edits: readonly ScenarioEdit[]) => {
    twin.load(state)
    twin.vary(memberDraw(SEED, member))
    const run = runScenario(twin, edits)
    const meter = meterOutcome(twin)
    while (run.doneS() < RUN_S) {
      run.step()
      meter.look()
    }
    return meter.values()
  }
  // members are of all cases alike: their base is run once
  const base = Array.from(
    { length: TRUTH_PAIRS + PAIRS * CASES },
    () => undefined as ReturnType<typeof lived> | undefined,
  )
  const baseOf = (member: number) => (base[member] ??= lived(begun, member, []))

  const held = new Map(JUDGED.map((id) => [id, 0]))
  for (let one = 0; one < CASES; one++) {
    const edits = editsOf(one, streets)
    const pairsOf = (members: readonly number[]) => ({
      base: members.map(baseOf),
      edited: members.map((member) => lived(begun, member, edits)),
    })
    const truth = pairsOf(Array.from({ length: TRUTH_PAIRS }, (_, i) => i))
    const told = pairsOf(Array.from({ length: PAIRS }, (_, i) => TRUTH_PAIRS + one * PAIRS + i))
    for (const id of JUDGED) {
      const values = (runs: typeof truth.base) => runs.map((run) => run[id])
      const { difference } = pairedDifference(values(truth.base), values(truth.edited), 0)
      const [low, high] = pairedDifference(values(told.base), values(told.edited), grainOf(id)).interval!
      if (low <= difference && difference <= high) held.set(id, held.get(id)! + 1)
    }
  }
  const count = { passed: 0, failed: 0 }
  for (const [id, times] of held) {
    const isHeld = times >= 72 && times <= 88
    if (isHeld) count.passed++
    else count.failed++
    log(
      `${isHeld ? '✓' : '✗'} ${id}: the interval of ${PAIRS} pairs holds the mean of ${TRUTH_PAIRS} in ${times} of ${CASES} cases`,
    )
  }
  return count
}

/** One edit of a used street or of demand, and one of electric cars. */
function editsOf(one: number, streets: readonly number[]): ScenarioEdit[] {
  const links = [streets[randomBits(SEED, one, 1) % streets.length]]
  const id = 'streets'
  const ofStreets: readonly ScenarioEdit[] = [
    { kind: 'closeStreet', id, links },
    { kind: 'changeDemand', id, factor: 0.7 + 0.6 * randomUnit(SEED, one, 2) },
    { kind: 'speedLimit', id, links, speedKmh: 15 + 15 * randomUnit(SEED, one, 3) },
  ]
  return [
    ofStreets[one % ofStreets.length],
    { kind: 'evShare', id: 'cars', share: 0.5 * randomUnit(SEED, one, 4) },
  ]
}

/** Lives the base once from where it stands, and gives the streets that vehicles were on. */
function usedStreets(twin: Twin): number[] {
  const { vehicles } = twin.traffic.links.columns
  const vehicleS = new Float64Array(vehicles.length)
  for (let second = 0; second < RUN_S; second++) {
    twin.step()
    vehicles.forEach((count, link) => (vehicleS[link] += count))
  }
  return [...vehicleS.keys()].filter((link) => vehicleS[link] >= USED_VEHICLE_S)
}
