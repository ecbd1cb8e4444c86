/** Code that is fetched while the line is down comes when it is back; what is gone for good is given up, and says why. */
import { expect, test } from 'vitest'
import { again } from '../../../client/state/lazyPart.ts'

const noWait = () => Promise.resolve()

test('a part comes with the line, however long it was down', async () => {
  let down = 200
  const load = () => (down-- > 0 ? Promise.reject(new Error('no line')) : Promise.resolve('part'))
  expect(await again(load, () => down <= 0, noWait)).toBe('part')
})

test('what fails with a line is tried a few times, and then told', async () => {
  let tries = 0
  const load = () => {
    tries++
    return Promise.reject(new Error('404'))
  }
  await expect(again(load, () => true, noWait)).rejects.toThrow('404')
  expect(tries).toBeGreaterThan(2)
  expect(tries).toBeLessThan(10)
})
