/** `npm run -s powerflow -- --case FILE.m`: the AC power flow of a MATPOWER case, as one JSON object on the last line. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseMatpower, type MatpowerCase } from '../../data/recipes/matpower.ts'
import { solvePowerFlow, type PowerFlow } from '../../twin/power/powerNetwork.ts'

/** What the command prints; numbers are null when there is no solution to take them from. */
export interface PowerFlowSummary {
  readonly converged: boolean
  readonly lossesKw: number | null
  readonly lossesKvar: number | null
  readonly minVoltagePu: number | null
  readonly minVoltageBus: number | null
  readonly buses: number
  readonly iterations: number
  readonly mismatchPu: number | null
  readonly milliseconds: number
}

/** The summary of a solved case, with bus numbers as in its file. */
export function summarise(parsed: MatpowerCase, flow: PowerFlow, milliseconds: number): PowerFlowSummary {
  let lowest = -1
  let square = Infinity
  for (let bus = 0; bus < flow.vRe.length; bus++) {
    if (flow.isEnergized[bus] === 0) continue
    const here = flow.vRe[bus] * flow.vRe[bus] + flow.vIm[bus] * flow.vIm[bus]
    if (here < square) {
      square = here
      lowest = bus
    }
  }
  const solved = (value: number) => (flow.isConverged ? value : null)
  return {
    converged: flow.isConverged,
    lossesKw: solved(flow.lossPPu * parsed.baseMva * 1000),
    lossesKvar: solved(flow.lossQPu * parsed.baseMva * 1000),
    minVoltagePu: solved(Math.sqrt(square)),
    minVoltageBus: solved(parsed.busNumbers[lowest]),
    buses: parsed.busNumbers.length,
    iterations: flow.iterations,
    mismatchPu: Number.isFinite(flow.mismatchPu) ? flow.mismatchPu : null,
    milliseconds,
  }
}

/** The first few numbers, and how many more. */
function listed(numbers: readonly number[]): string {
  const more = numbers.length - 10
  return numbers.slice(0, 10).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function main(): number {
  let file: string | undefined
  try {
    const { values, positionals } = parseArgs({
      options: { case: { type: 'string' } },
      allowPositionals: true,
    })
    file = values.case ?? positionals[0]
  } catch (error) {
    console.error(`powerflow: ${(error as Error).message}`)
    return 1
  }
  if (file === undefined) {
    console.error('powerflow: which case? npm run -s powerflow -- --case FILE.m')
    return 1
  }
  try {
    const parsed = parseMatpower(readFileSync(file, 'utf8'))
    const began = performance.now()
    const flow = solvePowerFlow(parsed.network)
    const milliseconds = Math.round((performance.now() - began) * 1000) / 1000
    const unfed = parsed.busNumbers.filter(
      (_, bus) => flow.isEnergized[bus] === 0 && parsed.network.isOut[bus] === 0,
    )
    if (unfed.length > 0)
      console.error(`powerflow: ${file}: no source reaches buses ${listed(unfed)}; they are left out`)
    if (!flow.isConverged) console.error(`powerflow: ${file}: no solution was found`)
    console.log(JSON.stringify(summarise(parsed, flow, milliseconds)))
    return flow.isConverged ? 0 : 1
  } catch (error) {
    console.error(`powerflow: ${file}: ${(error as Error).message}`)
    return 1
  }
}

if (import.meta.main) process.exitCode = main()
