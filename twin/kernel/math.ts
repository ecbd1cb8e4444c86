/**
 * exp, log, sin, cos, atan2 and powers that give the same bits on every JavaScript engine: built from + − × ÷ and sqrt alone,
 * which IEEE 754 fixes, while the engines' own functions may differ in the last bit.
 * Relative error below 1e-14 in the ranges a city needs (|x| < 700 for exp, |x| < 1e5 for sin and cos).
 */

const LN2_HI = 0.6931471803691238
const LN2_LO = 1.9082149292705877e-10
const HALF_PI_HI = 1.5707963267341256
const HALF_PI_LO = 6.077100506506192e-11
export const PI = 3.141592653589793

/** e to the power x. */
export function exp(x: number): number {
  if (x > 709) return Infinity
  if (x < -745) return 0
  const k = Math.round(x / (LN2_HI + LN2_LO))
  const r = x - k * LN2_HI - k * LN2_LO
  let term = 1
  let sum = 1
  for (let i = 1; i < 18; i++) {
    term *= r / i
    sum += term
  }
  return scaleByPowerOfTwo(sum, k)
}

/** The natural logarithm; NaN below zero, −∞ at zero. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return Infinity
  let k = 0
  let m = x
  while (m >= 1.4142135623730951) {
    m *= 0.5
    k++
  }
  while (m < 0.7071067811865476) {
    m *= 2
    k--
  }
  // ln m = 2 artanh s with s = (m − 1) / (m + 1), |s| < 0.172
  const s = (m - 1) / (m + 1)
  const s2 = s * s
  let sum = 0
  for (let i = 23; i >= 1; i -= 2) sum = sum * s2 + 1 / i
  return k * LN2_HI + (2 * s * sum + k * LN2_LO)
}

/** x to the power y, for x ≥ 0. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (x === 0) return y > 0 ? 0 : Infinity
  return exp(y * log(x))
}

/** The sine of an angle in radians. */
export function sin(x: number): number {
  const quarter = Math.round(x / (PI / 2))
  const r = x - quarter * HALF_PI_HI - quarter * HALF_PI_LO
  const q = ((quarter % 4) + 4) % 4
  const value = q % 2 === 0 ? sinCore(r) : cosCore(r)
  return q < 2 ? value : -value
}

/** The cosine of an angle in radians. */
export function cos(x: number): number {
  return sin(x + PI / 2)
}

/** The angle of the point (x, y) from the x axis, radians, −π … π. */
export function atan2(y: number, x: number): number {
  if (x === 0 && y === 0) return 0
  const ax = Math.abs(x)
  const ay = Math.abs(y)
  let angle = ay > ax ? PI / 2 - atanCore(ax / ay) : atanCore(ay / ax)
  if (x < 0) angle = PI - angle
  return y < 0 ? -angle : angle
}

/** The length of the vector (x, y). */
export function hypot(x: number, y: number): number {
  return Math.sqrt(x * x + y * y)
}

function sinCore(r: number): number {
  const r2 = r * r
  let sum = 0
  for (let i = 17; i >= 3; i -= 2) sum = (sum + 1) * (-r2 / (i * (i - 1)))
  return r * (1 + sum)
}

function cosCore(r: number): number {
  const r2 = r * r
  let sum = 0
  for (let i = 18; i >= 2; i -= 2) sum = (sum + 1) * (-r2 / (i * (i - 1)))
  return 1 + sum
}

/** atan of 0 ≤ t ≤ 1, halving the angle twice by atan t = 2 atan(t / (1 + √(1 + t²))) before the series. */
function atanCore(t: number): number {
  const half = t / (1 + Math.sqrt(1 + t * t))
  const quarter = half / (1 + Math.sqrt(1 + half * half))
  const q2 = quarter * quarter
  let sum = 0
  for (let i = 25; i >= 1; i -= 2) sum = 1 / i - sum * q2
  return 4 * quarter * sum
}

function scaleByPowerOfTwo(x: number, k: number): number {
  let scaled = x
  let left = k
  while (left > 1000) {
    scaled *= 1.0715086071862673e301 // 2^1000
    left -= 1000
  }
  while (left < -1000) {
    scaled *= 9.332636185032189e-302 // 2^-1000
    left += 1000
  }
  const step = left < 0 ? 0.5 : 2
  for (let i = Math.abs(left); i > 0; i--) scaled *= step
  return scaled
}
