/** An exercise fails one thing of a real twin and brings it back in time, by itself or by hand, through a thread that dies. */
import { expect, test } from 'vitest'
import { Exercise } from '../../../server/loop/exercise.ts'
import { substationTable } from '../../../twin/power/tables.ts'
import { createTwin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const failure = { kind: 'setSubstationInService', substation: 1, isInService: false } as const

function begin() {
  const twin = createTwin(smallCity(), { startMs: 1_714_575_600_000, utcOffsetS: 0, solveEveryS: 60 })
  const host = { isDead: false }
  const exercise = new Exercise({
    timeMs: () => twin.clock.startMs + twin.clock.tick * 20,
    async command(command) {
      if (host.isDead) throw new Error('the twin is being restarted')
      twin.command(command)
      twin.step()
      return -1
    },
  })
  const isIn = () => {
    const { columns } = twin.tables.find(({ spec }) => spec.name === substationTable.name)!
    return columns.isInService[1] === 1
  }
  /** A second of the city, then the frame of it. */
  const pass = async (seconds: number) => {
    for (let s = 0; s < seconds; s++) {
      twin.step()
      exercise.look()
      await Promise.resolve()
    }
  }
  return { exercise, host, isIn, pass, save: twin.save, goBackTo: twin.load }
}

test('what failed comes back when its time is over, and not before', async () => {
  const { exercise, isIn, pass } = begin()
  await exercise.start(failure, 60)
  expect(isIn()).toBe(false)
  await pass(58)
  expect(isIn()).toBe(false)
  await pass(3)
  expect(isIn()).toBe(true)
})

test('it can be ended by hand, and one exercise does not begin within another', async () => {
  const { exercise, isIn } = begin()
  await exercise.start(failure, 600)
  await expect(exercise.start(failure, 600)).rejects.toThrow('an exercise is under way')
  await exercise.end()
  expect(isIn()).toBe(true)
  await exercise.start(failure, 600)
  expect(isIn()).toBe(false)
})

test('a thread that dies meanwhile does not leave the city dark', async () => {
  const { exercise, host, isIn, pass } = begin()
  await exercise.start(failure, 60)
  host.isDead = true
  await pass(70)
  expect(isIn()).toBe(false)
  host.isDead = false
  await pass(3)
  expect(isIn()).toBe(true)
})

test('a failure that is not taken leaves no exercise behind', async () => {
  const { exercise, host } = begin()
  host.isDead = true
  await expect(exercise.start(failure, 60)).rejects.toThrow('restarted')
  host.isDead = false
  await exercise.start(failure, 60)
})

test('what came back stays back in a run that goes on from a state in which it was out', async () => {
  const { exercise, isIn, pass, goBackTo, save } = begin()
  await exercise.start(failure, 600)
  const out = save()
  const savedAtMs = Date.now()
  await exercise.end()
  goBackTo(out)
  expect(isIn()).toBe(false)
  exercise.running(savedAtMs)
  await pass(2)
  expect(isIn()).toBe(true)
})

test('one that is ended while the thread is dead comes back when it lives', async () => {
  const { exercise, host, isIn, pass } = begin()
  await exercise.start(failure, 600)
  host.isDead = true
  await expect(exercise.end()).rejects.toThrow('restarted')
  host.isDead = false
  await pass(2)
  expect(isIn()).toBe(true)
})
