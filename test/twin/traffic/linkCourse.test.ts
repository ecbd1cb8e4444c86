/** Laws of points along a course. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { onCourse } from '../../../twin/traffic/linkCourse.ts'

const points = fc.array(fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 })), {
  minLength: 2,
  maxLength: 8,
})
/** A network of one link through `course`; its length is not that of what is drawn, as where a street climbs. */
function networkOf(course: readonly (readonly [number, number])[], lengthM: number) {
  return {
    links: {
      lengthM: Float32Array.of(lengthM),
      shapeStart: Uint32Array.of(0),
      shapeCount: Uint16Array.of(course.length),
    },
    shape: { xM: Float32Array.from(course, ([x]) => x), yM: Float32Array.from(course, ([, y]) => y) },
  } as unknown as Parameters<typeof onCourse>[0]
}
const share = fc.double({ min: 0, max: 1, noNaN: true })
const length = fc.double({ min: 1, max: 2000, noNaN: true })

it('a course begins at its first point and ends at its last, also for who goes beyond', () => {
  fc.assert(
    fc.property(points, length, (course, lengthM) => {
      const network = networkOf(course, lengthM)
      const near = (alongM: number, [x, y]: readonly [number, number]) => {
        const { at } = onCourse(network, 0, alongM)
        expect(Math.hypot(at[0] - x, at[1] - y)).toBeLessThan(1e-3)
      }
      near(0, course[0])
      near(-5, course[0])
      near(lengthM * 1.000001, course[course.length - 1])
      near(lengthM * 2, course[course.length - 1])
    }),
  )
})

it('two points of a course are no farther apart than the way between them, and who is beside it is as far as is said', () => {
  fc.assert(
    fc.property(points, share, share, fc.integer({ min: -20, max: 20 }), (course, a, b, rightM) => {
      const drawnM = course
        .slice(1)
        .reduce((sum, [x, y], i) => sum + Math.hypot(x - course[i][0], y - course[i][1]), 0)
      const network = networkOf(course, Math.max(drawnM, 1))
      const [from, to] = [onCourse(network, 0, a * drawnM), onCourse(network, 0, b * drawnM)]
      expect(Math.hypot(from.at[0] - to.at[0], from.at[1] - to.at[1])).toBeLessThanOrEqual(
        Math.abs(a - b) * drawnM + 0.01,
      )
      const beside = onCourse(network, 0, a * drawnM, rightM)
      const isPoint = from.towards[0] === 0 && from.towards[1] === 0
      expect(Math.hypot(...from.towards)).toBeCloseTo(isPoint ? 0 : 1, 6)
      const [eastM, northM] = [beside.at[0] - from.at[0], beside.at[1] - from.at[1]]
      // to the right of where it goes
      expect(eastM * from.towards[1] - northM * from.towards[0]).toBeCloseTo(isPoint ? 0 : rightM, 6)
    }),
  )
})
