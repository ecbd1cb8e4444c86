/**
 * How often the first answer and the runs agree in sign: some twenty edits of Montevideo at 18:00, each answered at once and lived
 * by pairs of runs. Counted are the measures that the answer has and whose difference in the runs is clear. What comes of it is
 * written where the page reads it.
 */
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { format } from 'prettier'
import { citiesFolder, openCity, readDatasets } from '../../server/loop/cityFolder.ts'
import { RunThread } from '../../server/loop/ensemble/runThread.ts'
import { parseCity } from '../../twin/city.ts'
import { memberDraw } from '../../twin/forecast/member.ts'
import { MODEL_VERSION } from '../../twin/scenario/document.ts'
import type { ScenarioEdit } from '../../twin/scenario/edits.ts'
import { pairedDifference } from '../../twin/scenario/interval.ts'
import { grainOf, type OutcomeValues } from '../../twin/scenario/outcome.ts'
import type { Agreement } from '../../twin/scenario/preliminary/agreement.ts'
import type { PreliminaryAnswer } from '../../twin/scenario/preliminary/answer.ts'
import { makePreliminary } from '../../twin/scenario/preliminary/preliminary.ts'
import { triedEdits } from './preliminary/edits.ts'

const CITY = 'montevideo'
// 18:00 on Wednesday 13 March 2024, UTC−3: the sun is still up.
const WHEN = { startMs: Date.UTC(2024, 2, 13, 21), utcOffsetS: -3 * 3600, horizonS: 3600 }
const PAIRS = 3
/** Below this the page should not show the first answer at all. */
const LEAST_SHARE = 0.75
const AGREEMENT = join(import.meta.dirname, '../../twin/scenario/preliminary/agreement.ts')

export async function prove(log: (line: string) => void): Promise<{ passed: number; failed: number }> {
  const city = parseCity(await readDatasets(await openCity(citiesFolder, CITY)))
  const { seed } = city.info
  const preliminary = makePreliminary(city)
  const answer = (edits: readonly ScenarioEdit[]): PreliminaryAnswer => {
    const run = preliminary.answer({ ...WHEN, edits })
    for (;;) {
      const step = run.next()
      if (step.done === true) return step.value
    }
  }
  const { flowChange } = answer([{ kind: 'changeDemand', id: 'none', factor: 0 }])
  const tried = triedEdits(city, flowChange)
  const answers = tried.map(({ edit }) => answer([edit]))
  const facts = { seed, startMs: WHEN.startMs, utcOffsetS: WHEN.utcOffsetS }
  const setUp = { root: citiesFolder, cityId: CITY, facts, isHour: true, isLowPriority: true }
  const lived = await livedBy(
    Array.from({ length: availableParallelism() }, () => new RunThread(setUp)),
    [[], ...tried.map(({ edit }) => [edit])],
    seed,
  )
  const found = { of: 0, agreed: 0 }
  tried.forEach(({ name }, i) => {
    const [base, edited] = [lived[0], lived[i + 1]]
    for (const { id, difference, isClear } of answers[i].measures) {
      const values = (runs: readonly OutcomeValues[]) => runs.map((run) => run[id])
      const truth = pairedDifference(values(base), values(edited), grainOf(id))
      if (!truth.isClear) continue
      const isAgreed = isClear && difference > 0 === truth.difference > 0
      found.of++
      if (isAgreed) found.agreed++
      log(
        `${isAgreed ? '✓' : '✗'} ${name}: ${id} ${signed(difference)} at once, ${signed(truth.difference)} in ${PAIRS} pairs of runs`,
      )
    }
  })
  log(`The first answer agreed in ${found.agreed} of ${found.of} measures of ${tried.length} edits.`)
  await writeAgreement({
    date: new Date().toISOString().slice(0, 10),
    model: MODEL_VERSION,
    edits: tried.length,
    ...found,
  })
  const isGood = found.agreed >= LEAST_SHARE * found.of
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 }
}

/** By list of edits, what each member's run came to. */
async function livedBy(
  threads: readonly RunThread[],
  lists: readonly (readonly ScenarioEdit[])[],
  seed: number,
): Promise<OutcomeValues[][]> {
  const tasks = lists.flatMap((edits, list) =>
    Array.from({ length: PAIRS }, (_, member) => ({ edits, list, member })),
  )
  const outcomes: OutcomeValues[][] = lists.map(() => [])
  let next = 0
  const work = async (thread: RunThread) => {
    await thread.begin(undefined)
    while (next < tasks.length) {
      const { edits, list, member } = tasks[next++]
      const draw = member === 0 ? undefined : memberDraw(seed, member - 1)
      const task = { edits, horizonS: WHEN.horizonS, draw, wantsTables: false, wantsTrips: false }
      outcomes[list][member] = (await thread.run(task, () => {})).outcome
    }
    await thread.close()
  }
  await Promise.all(threads.map(work))
  return outcomes
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${value.toPrecision(3)}`
}

async function writeAgreement(agreement: Agreement): Promise<void> {
  const text = `/** How often the first answer and the runs agreed in sign. Written by \`npm run prove -- preliminary\`; not by hand. */

export interface Agreement {
  /** ISO 8601. */
  readonly date: string
  /** Of the engine, see \`document.ts\`. */
  readonly model: string
  readonly edits: number
  /** Measures whose difference in the runs is clear, and of them those in which both have the same sign. */
  readonly of: number
  readonly agreed: number
}

export const agreement: Agreement = ${JSON.stringify(agreement)}
`
  writeFileSync(
    AGREEMENT,
    await format(text, { parser: 'typescript', semi: false, singleQuote: true, printWidth: 110 }),
  )
}
