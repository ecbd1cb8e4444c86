/** The colour science the palettes are judged by: OKLCH (Ottosson 2020), CIEDE2000 (Sharma 2005), WCAG contrast, and Machado et al. 2009 at full severity. */

type Triple = readonly [number, number, number]
export const deficiencies = ['protan', 'deutan', 'tritan'] as const
export type Deficiency = (typeof deficiencies)[number]

// Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB, row by row.
const MACHADO: Record<Deficiency, readonly number[]> = {
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}

export function linearFromHex(hex: string): Triple {
  const channel = (at: number): number => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** As someone with the deficiency sees it, still linear RGB. */
export function simulate(linear: Triple, deficiency: Deficiency): Triple {
  const m = MACHADO[deficiency]
  const row = (i: number): number =>
    Math.min(1, Math.max(0, m[i] * linear[0] + m[i + 1] * linear[1] + m[i + 2] * linear[2]))
  return [row(0), row(3), row(6)]
}

/** WCAG contrast ratio, 1 to 21. */
export function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [r, g, bl] = linearFromHex(hex)
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl
  }
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

export function oklchFromHex(hex: string): { l: number; c: number; hDeg: number } {
  const [r, g, b] = linearFromHex(hex)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    hDeg: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360,
  }
}

/** CIELAB under D65. */
function labFromLinear([r, g, b]: Triple): Triple {
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

export function deltaE(a: Triple, b: Triple): number {
  return ciede2000(labFromLinear(a), labFromLinear(b))
}

/** CIEDE2000 after Sharma, Wu and Dalal 2005. */
export function ciede2000([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const rad = Math.PI / 180
  const c7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7
  const g = 0.5 * (1 - Math.sqrt(c7 / (c7 + 25 ** 7)))
  const p1 = polar(a1 * (1 + g), b1)
  const p2 = polar(a2 * (1 + g), b2)
  const dL = l2 - l1
  const dC = p2.c - p1.c
  let dh = p1.c * p2.c === 0 ? 0 : p2.h - p1.h
  if (dh > 180) dh -= 360
  if (dh < -180) dh += 360
  const dH = 2 * Math.sqrt(p1.c * p2.c) * Math.sin((dh / 2) * rad)
  const lMean = (l1 + l2) / 2
  const cMean = (p1.c + p2.c) / 2
  let hMean = p1.h + p2.h
  if (p1.c * p2.c !== 0) {
    if (Math.abs(p1.h - p2.h) > 180) hMean += hMean < 360 ? 360 : -360
    hMean /= 2
  }
  const t =
    1 -
    0.17 * Math.cos((hMean - 30) * rad) +
    0.24 * Math.cos(2 * hMean * rad) +
    0.32 * Math.cos((3 * hMean + 6) * rad) -
    0.2 * Math.cos((4 * hMean - 63) * rad)
  const l50 = (lMean - 50) ** 2
  const sL = 1 + (0.015 * l50) / Math.sqrt(20 + l50)
  const sC = 1 + 0.045 * cMean
  const sH = 1 + 0.015 * cMean * t
  const cm7 = cMean ** 7
  const rT =
    -Math.sin(60 * Math.exp(-(((hMean - 275) / 25) ** 2)) * rad) * 2 * Math.sqrt(cm7 / (cm7 + 25 ** 7))
  const [L, C, H] = [dL / sL, dC / sC, dH / sH]
  return Math.sqrt(L * L + C * C + H * H + rT * C * H)
}

function polar(a: number, b: number): { c: number; h: number } {
  return { c: Math.hypot(a, b), h: ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360 }
}
