/**
 * Whether the 80 % interval of a scenario's outcome holds the truth 72 to 88 times of 100: a hundred edits of a small town, each
 * told by ten pairs of runs, against the mean of two hundred others.
 */
import { memberDraw } from '../../twin/forecast/member.ts'
import type { SavedState } from '../../twin/kernel/domain.ts'
import { randomBits, randomUnit } from '../../twin/kernel/random.ts'
import type { ScenarioEdit } from '../../twin/scenario/edits.ts'
import { pairedDifference } from '../../twin/scenario/interval.ts'
import { meterOutcome, type OutcomeId } from '../../twin/scenario/outcome.ts'
import { runScenario } from '../../twin/scenario/run.ts'
import { createTwin } from '../../twin/twin.ts'
import { smallCity } from '../fixtures/smallCity.ts'

const CASES = 100
const PAIRS = 10
const TRUTH_PAIRS = 200
const RUN_S = 300
const SEED = 11
/** What chance moves in a small town in five minutes. */
const JUDGED: readonly OutcomeId[] = ['vehicleHours', 'tripsEnded', 'queuedVehicles', 'suppliedWh']

export async function prove(log: (line: string) => void): Promise<{ passed: number; failed: number }> {
  const city = smallCity()
  const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: -3 * 3600, solveEveryS: 60 }
  const twin = createTwin(city, facts)
  twin.advance(900)
  const begun = twin.save()
  const links = city.network.links.fromNode.length

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
    const edits = editsOf(one, links)
    const pairsOf = (members: readonly number[]) => ({
      base: members.map(baseOf),
      edited: members.map((member) => lived(begun, member, edits)),
    })
    const truth = pairsOf(Array.from({ length: TRUTH_PAIRS }, (_, i) => i))
    const told = pairsOf(Array.from({ length: PAIRS }, (_, i) => TRUTH_PAIRS + one * PAIRS + i))
    for (const id of JUDGED) {
      const values = (runs: typeof truth.base) => runs.map((run) => run[id])
      const { difference } = pairedDifference(values(truth.base), values(truth.edited))
      const [low, high] = pairedDifference(values(told.base), values(told.edited)).interval!
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

/** A closed street, or more or less demand, or both. */
function editsOf(one: number, links: number): ScenarioEdit[] {
  const close: ScenarioEdit = { kind: 'closeStreet', id: 'shut', links: [randomBits(SEED, one, 1) % links] }
  const demand: ScenarioEdit = {
    kind: 'changeDemand',
    id: 'more',
    factor: 0.7 + 0.6 * randomUnit(SEED, one, 2),
  }
  return one % 3 === 0 ? [close] : one % 3 === 1 ? [demand] : [close, demand]
}
