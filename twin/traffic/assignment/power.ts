/**
 * x to a power, for volume-delay functions: the same bits on every engine, from + − × ÷ alone, like `kernel/math.ts`, and
 * several times as quick, since every shift of flow asks for some dozen. Relative error below 1e-14 where the answer is
 * between 1e-30 and 1e30.
 */

const LN2_HI = 0.6931471803691238
const LN2_LO = 1.9082149292705877e-10
const PER_LN2 = 1.4426950408889634

/** x to a whole power from 0 on, by squaring. */
export function wholePower(x: number, power: number): number {
  let result = 1
  let square = x
  for (let left = power; left > 0; left >>= 1) {
    if ((left & 1) === 1) result *= square
    square *= square
  }
  return result
}

const bytes = new DataView(new ArrayBuffer(8))

/** x to any power, for x ≥ 0; 1 for the power 0. */
export function anyPower(x: number, power: number): number {
  if (power === 0) return 1
  if (!(x > 1e-300)) return 0
  // x = m × 2^k with m between √½ and √2, taken from the bits of the number.
  bytes.setFloat64(0, x)
  const high = bytes.getUint32(0)
  let k = (high >>> 20) - 1023
  bytes.setUint32(0, (high & 0xfffff) | 0x3ff00000)
  let m = bytes.getFloat64(0)
  if (m > 1.4142135623730951) {
    m *= 0.5
    k++
  }
  // ln m = 2 artanh s with s = (m − 1) / (m + 1), |s| < 0.172
  const s = (m - 1) / (m + 1)
  const q = s * s
  const series =
    ((((((((q / 21 + 1 / 19) * q + 1 / 17) * q + 1 / 15) * q + 1 / 13) * q + 1 / 11) * q + 1 / 9) * q +
      1 / 7) *
      q +
      1 / 5) *
      q +
    1 / 3
  const ln = k * LN2_HI + (k * LN2_LO + 2 * (s + s * q * series))
  return expOf(power * ln)
}

/** e to the power y by Taylor's series of what is left beside whole powers of two. */
function expOf(y: number): number {
  if (y > 700) return Infinity
  if (y < -700) return 0
  const k = Math.round(y * PER_LN2)
  const r = y - k * LN2_HI - k * LN2_LO
  const sum =
    1 +
    r *
      (1 +
        r *
          (1 / 2 +
            r *
              (1 / 6 +
                r *
                  (1 / 24 +
                    r *
                      (1 / 120 +
                        r *
                          (1 / 720 +
                            r *
                              (1 / 5040 +
                                r *
                                  (1 / 40320 +
                                    r *
                                      (1 / 362880 +
                                        r *
                                          (1 / 3628800 +
                                            r *
                                              (1 / 39916800 + r * (1 / 479001600 + r / 6227020800))))))))))))
  bytes.setUint32(0, (k + 1023) << 20)
  bytes.setUint32(4, 0)
  return sum * bytes.getFloat64(0)
}
