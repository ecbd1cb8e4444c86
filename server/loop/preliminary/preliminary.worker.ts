/**
 * The thread of first answers: keeps the usual traffic of some hours in equilibrium, and answers one question after the other. It
 * works in short slices, so that a question nobody waits for any more is let go at once.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { parseCity } from '../../../twin/city.ts'
import {
  makePreliminary,
  type Preliminary,
  type PreliminaryAsked,
} from '../../../twin/scenario/preliminary/preliminary.ts'
import { openCity, readDatasets } from '../cityFolder.ts'
import { lowerPriority } from '../lowPriority.ts'
import type { FromPreliminary, PreliminarySetUp, ToPreliminary } from './messages.ts'

const SLICE_MS = 15

type Question = Extract<ToPreliminary, { kind: 'ask' }>

const port = parentPort
if (port === null) throw new Error('preliminary.worker: runs only as a thread')
const { root, cityId, seed } = workerData as PreliminarySetUp
lowerPriority()
const say = (message: FromPreliminary) => port.postMessage(message)
const questions: Question[] = []
let ahead: PreliminaryAsked | undefined
let isWorking = false
let preliminary: Preliminary | undefined

port.on('message', (message: ToPreliminary) => {
  if (message.kind === 'ask') questions.push(message)
  else if (message.kind === 'prepare') ahead = message.asked
  else {
    const at = questions.findIndex(({ id }) => id === message.id)
    if (at >= 0) questions.splice(at, 1)
  }
  if (!isWorking) void work()
})
preliminary = makePreliminary(parseCity(await readDatasets(await openCity(root, cityId))), seed)
void work()

async function work(): Promise<void> {
  // what is said while the city is read is done when it has been read
  if (preliminary === undefined || isWorking) return
  isWorking = true
  while (questions.length > 0 || ahead !== undefined) {
    if (questions.length > 0) await answer(preliminary, questions[0])
    else await prepare(preliminary)
  }
  isWorking = false
}

/** Gives way to a question, and is taken up again after it. */
async function prepare(of: Preliminary): Promise<void> {
  const asked = ahead
  if (asked === undefined) return
  await sliced(of.prepare(asked), () => questions.length === 0)
  if (questions.length === 0 && ahead === asked) ahead = undefined
}

async function answer(of: Preliminary, question: Question): Promise<void> {
  const { id, asked } = question
  const isWanted = () => questions[0] === question
  const cpuBefore = process.threadCpuUsage()
  const startedMs = performance.now()
  try {
    const found = await sliced(of.answer(asked), isWanted)
    if (found === undefined) return
    const { user, system } = process.threadCpuUsage(cpuBefore)
    const seconds = (performance.now() - startedMs) / 1000
    say({ kind: 'answer', id, answer: found, seconds, cpuSeconds: (user + system) / 1e6 })
  } catch (error) {
    say({ kind: 'failed', id, error: (error as Error).message })
  }
  if (isWanted()) questions.shift()
}

/** Goes to the end, hearing messages between slices; undefined when it is not wanted any more. */
async function sliced<T>(run: Generator<undefined, T>, isWanted: () => boolean): Promise<T | undefined> {
  for (let sliceMs = performance.now(); ;) {
    const step = run.next()
    if (step.done === true) return step.value
    if (performance.now() - sliceMs < SLICE_MS) continue
    await new Promise((resolve) => setImmediate(resolve))
    if (!isWanted()) return undefined
    sliceMs = performance.now()
  }
}
